use crate::arguments::PackageArguments;
use crate::failure::Failure;
use crate::project::Project;
use std::path::Path;
use tablature::migrations::{self, Migration, Runner, without_histories};
use tablature::rusqlite::OpenFlags;
use tablature::schema::Schema;
use tablature::{Connection, inspect};

/// The schema of a `.sql` file, a database file, a migrations folder, or of the structs.
pub(crate) fn schema(source: &str, package: &PackageArguments) -> Result<Schema, Failure> {
    if source == "structs" {
        return Project::load(package)?.structs();
    }
    let path = Path::new(source);
    let failed = |error: &dyn std::fmt::Display| Failure::Error(format!("{source}: {error}"));
    if path.is_dir() {
        let migrations = read_folder(path)?;
        return inspect(&replayed(&migrations.0, migrations.1)?)
            .map_err(|error| failed(&error))
            .map(without_histories);
    }
    let db = if path
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("sql"))
    {
        let text = std::fs::read_to_string(path).map_err(|error| failed(&error))?;
        let db = tablature::plan::scratch().map_err(|error| failed(&error))?;
        db.execute_batch(&text).map_err(|error| failed(&error))?;
        db
    } else {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        Connection::open_with_flags(path, flags).map_err(|error| failed(&error))?
    };
    inspect(&db)
        .map_err(|error| failed(&error))
        .map(without_histories)
}

/// A folder whose runner is the first that understands all of its names.
fn read_folder(path: &Path) -> Result<(Vec<Migration>, Runner), Failure> {
    let mut first = None;
    for runner in Runner::ALL {
        match migrations::read(path, runner) {
            Ok(migrations) => return Ok((migrations, runner)),
            Err(error) => first = first.or(Some(error)),
        }
    }
    Err(first.map_or_else(
        || Failure::Error(format!("{}: no migrations", path.display())),
        Failure::error,
    ))
}

/// A database in memory that has had all migrations.
pub(crate) fn replayed(migrations: &[Migration], runner: Runner) -> Result<Connection, Failure> {
    let db = tablature::plan::scratch().map_err(Failure::error)?;
    for migration in migrations {
        migrations::replay(&db, runner, &migration.up).map_err(|error| {
            Failure::Error(format!(
                "`{}` does not run: {error}",
                migration.up_path.display()
            ))
        })?;
    }
    Ok(db)
}
