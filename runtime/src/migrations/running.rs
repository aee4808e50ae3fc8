use super::{Migration, Script, State};
use crate::dialect::{self, Work};
use crate::{Applied, Connection, Foreign, Loss, MigrateError, MigrateOptions, Refusal, Report};

/// Applies the migrations that a database has not had: all of them, or none.
///
/// ```
/// use std::path::Path;
/// use tablature::migrations::{self, Runner, StateOf};
/// use tablature::Connection;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let root = std::env::temp_dir().join(format!("tablature-apply-{}", std::process::id()));
/// # let folder = root.join("migrations");
/// # std::fs::create_dir_all(&folder)?;
/// std::fs::write(folder.join("0001_create_posts.up.sql"), "CREATE TABLE posts (id INTEGER PRIMARY KEY);")?;
/// std::fs::write(folder.join("0001_create_posts.down.sql"), "DROP TABLE posts;")?;
/// let migrations = migrations::read(&folder, Runner::Tablature)?;
/// let mut db = Connection::open_in_memory()?;
/// migrations::apply(&mut db, &migrations)?;
/// assert_eq!(migrations::states(&db, &migrations)?[0].is, StateOf::Applied);
/// migrations::undo(&mut db, &migrations, 1)?;
/// assert_eq!(migrations::states(&db, &migrations)?[0].is, StateOf::Pending);
/// # std::fs::remove_dir_all(&root)?;
/// # Ok(())
/// # }
/// ```
pub fn apply(db: &mut Connection, migrations: &[Migration]) -> Result<Vec<Applied>, MigrateError> {
    dialect::migrate(db, &scripts(migrations).as_slice().into())
}

/// The same with options.
pub fn apply_with(
    db: &mut Connection,
    migrations: &[Migration],
    options: &MigrateOptions,
) -> Result<Vec<Applied>, MigrateError> {
    let scripts = scripts(migrations);
    let work = Work {
        options,
        ..scripts.as_slice().into()
    };
    dialect::migrate(db, &work)
}

/// The rows that the migrations which a database has not had would refuse. See [`Schema::preflight`](crate::Schema::preflight).
pub fn preflight(
    db: &Connection,
    migrations: &[Migration],
) -> Result<Report<Refusal>, MigrateError> {
    dialect::preflight(db, &scripts(migrations).as_slice().into()).map(Report::from)
}

/// Undoes the newest migrations of a database: all of them, or none. See [`apply`].
pub fn undo(
    db: &mut Connection,
    migrations: &[Migration],
    count: usize,
) -> Result<Vec<Applied>, MigrateError> {
    dialect::undo(db, &scripts(migrations).as_slice().into(), count)
}

/// Writes into the history that the migrations up to a number have been applied, without running them. The database must
/// be as they leave it; what it has besides does not matter. Returns how many the history did not have. See [`apply`].
pub fn baseline(
    db: &mut Connection,
    migrations: &[Migration],
    version: i64,
) -> Result<usize, MigrateError> {
    dialect::baseline(db, &scripts(migrations).as_slice().into(), version)
}

/// Takes over the history of another tool. See [`Schema::adopt`](crate::Schema::adopt).
pub fn adopt(
    db: &mut Connection,
    migrations: &[Migration],
) -> Result<Option<Foreign>, MigrateError> {
    dialect::adopt(db, &scripts(migrations).as_slice().into())
}

/// Takes the migrations as they are here for those that were applied. See [`Schema::repair`](crate::Schema::repair).
pub fn repair(db: &mut Connection, migrations: &[Migration]) -> Result<Vec<i64>, MigrateError> {
    dialect::repair(db, &scripts(migrations))
}

/// What [`undo`] would take away. See [`Schema::losses`](crate::Schema::losses).
pub fn losses(
    db: &Connection,
    migrations: &[Migration],
    count: usize,
) -> Result<Report<Loss>, MigrateError> {
    dialect::losses(db, &scripts(migrations).as_slice().into(), count).map(Report::from)
}

/// What a database has had of the migrations, and what it has had besides. See [`apply`].
pub fn states(db: &Connection, migrations: &[Migration]) -> Result<Vec<State>, MigrateError> {
    dialect::states(db, &scripts(migrations))
}

fn scripts(migrations: &[Migration]) -> Vec<Script<'_>> {
    migrations.iter().map(Migration::script).collect()
}
