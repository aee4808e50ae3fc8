use crate::arguments::PackageArguments;
use crate::failure::Failure;
use crate::original::Original;
use crate::project::Project;
use std::fmt::Display;
use std::path::Path;
use tablature::migrations::{self, Migration, ReplayError, Runner, without_histories};
use tablature::rusqlite;
use tablature::schema::Schema;
use tablature::{Connection, OpenError, inspect};

/// The word for what the structs say.
pub(crate) const STRUCTS: &str = "structs";

/// The schema of a `.sql` file, a database file, a migrations folder, or of the structs.
pub(crate) fn schema(source: &str, package: &PackageArguments) -> Result<Schema, Failure> {
    if source == STRUCTS {
        return Project::load(package)?.structs();
    }
    let path = Path::new(source);
    let failed = |what: &str, error: &dyn Display| {
        Failure::Error(format!("cannot {what} `{source}`: {error}"))
    };
    if !path.exists() {
        return Err(Failure::Error(format!(
            "there is no `{source}`; name a `.sql` file, a database, a folder of migrations, or `structs`"
        )));
    }
    if path.is_dir() {
        let (migrations, runner) = read_folder(path)?;
        return inspect(&replayed(&migrations, runner)?)
            .map_err(|error| failed("read", &error))
            .map(without_histories);
    }
    let db = if path
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("sql"))
    {
        let text = std::fs::read_to_string(path).map_err(|error| failed("read", &error))?;
        let db = tablature::plan::scratch().map_err(|error| failed("read", &error))?;
        db.execute_batch(&text)
            .map_err(|error| failed("run", &explained(&text, &error)))?;
        db.into()
    } else {
        database(path)?
    };
    inspect(&db)
        .map_err(|error| failed("read", &error))
        .map(without_histories)
}

/// Opens a database that is there, to read alone.
pub(crate) fn database(path: &Path) -> Result<Original, Failure> {
    if !path.exists() {
        return Err(Failure::Error(format!(
            "there is no database `{}`; name another path, or let `cargo tablature up` make it",
            path.display()
        )));
    }
    Original::open(path).map_err(|source| unopened(path, source))
}

pub(crate) fn unopened(path: &Path, source: rusqlite::Error) -> Failure {
    let path = path.to_owned();
    Failure::error(OpenError::Open { path, source })
}

/// What SQLite says of a script, and where in it.
pub(crate) fn explained(script: &str, error: &rusqlite::Error) -> String {
    let rusqlite::Error::SqlInputError {
        msg, sql, offset, ..
    } = error
    else {
        return error.to_string();
    };
    // SQLite has seen the rest of the script, from the statement that it refuses.
    let before = script.len().checked_sub(sql.len());
    let at = before
        .zip(usize::try_from(*offset).ok())
        .map(|(before, offset)| before + offset);
    match at.and_then(|at| script.get(..at)) {
        Some(before) if script.ends_with(sql.as_str()) => {
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
            format!("line {line}, column {column}: {msg}")
        }
        _ => msg.clone(),
    }
}

/// A folder whose runner is the first that understands all of its names.
pub(crate) fn read_folder(path: &Path) -> Result<(Vec<Migration>, Runner), Failure> {
    let mut first = None;
    for runner in Runner::ALL {
        match migrations::read(path, runner) {
            Ok(migrations) if migrations.is_empty() && !is_empty(path) => {}
            Ok(migrations) => return Ok((migrations, runner)),
            Err(error) => first = first.or(Some(error)),
        }
    }
    Err(first.map_or_else(
        || {
            Failure::Error(format!(
                "there are no migrations in `{}`; name a folder that has some, or an empty one",
                path.display()
            ))
        },
        Failure::error,
    ))
}

fn is_empty(folder: &Path) -> bool {
    folder
        .read_dir()
        .is_ok_and(|mut entries| entries.next().is_none())
}

/// A database in memory that has had all migrations.
pub(crate) fn replayed(migrations: &[Migration], runner: Runner) -> Result<Connection, Failure> {
    let db = tablature::plan::scratch().map_err(Failure::error)?;
    for migration in migrations {
        migrations::replay(&db, runner, &migration.up).map_err(|error| {
            let why = match &error {
                ReplayError::Statement { source, .. }
                    if matches!(source, rusqlite::Error::SqlInputError { .. }) =>
                {
                    explained(&migration.up, source)
                }
                error => error.to_string(),
            };
            Failure::Error(format!(
                "`{}` does not run: {why}; correct the file",
                migration.up_path.display()
            ))
        })?;
    }
    Ok(db)
}

/// A name in a statement.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
