use super::{End, MigrateError, Work, exclusively, history, mark::Mark};
use crate::diff::{Change, diff};
use crate::migrations::{Runner, Script, checksum, without_histories};
use crate::sqlite::inspect::inspect;
use crate::sqlite::run::replay;
use rusqlite::Connection;
use std::time::Duration;

/// Who has migrated a database so far, and how far.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Foreign {
    /// `refinery`, `sqlx`, `rusqlite_migration`, `d1` or `diesel`.
    pub tool: &'static str,
    /// The newest of our migrations that it has applied under its number.
    pub version: i64,
}

/// The history of another tool, by its table. `rusqlite_migration` counts in `user_version`, and is only asked for where
/// there is no other.
pub(crate) fn foreign(
    db: &Connection,
    scripts: &[Script<'_>],
) -> rusqlite::Result<Option<Foreign>> {
    const TOOLS: [(&str, &str, &str); 4] = [
        (
            "refinery",
            "refinery_schema_history",
            "SELECT max(version) FROM refinery_schema_history",
        ),
        (
            "sqlx",
            "_sqlx_migrations",
            "SELECT max(version) FROM _sqlx_migrations WHERE success",
        ),
        (
            "d1",
            "d1_migrations",
            "SELECT max(CAST(name AS INTEGER)) FROM d1_migrations",
        ),
        (
            "diesel",
            "__diesel_schema_migrations",
            "SELECT max(CAST(replace(version, '-', '') AS INTEGER)) FROM __diesel_schema_migrations",
        ),
    ];
    for (tool, table, newest) in TOOLS {
        if db.table_exists(Some("main"), table)? {
            let version: Option<i64> = db.query_row(newest, (), |row| row.get(0))?;
            let version = version.unwrap_or(0);
            return Ok(Some(Foreign { tool, version }));
        }
    }
    let count: i64 = db.query_row("PRAGMA user_version", (), |row| row.get(0))?;
    let at = usize::try_from(count)
        .ok()
        .and_then(|count| count.checked_sub(1));
    let script = at.and_then(|at| scripts.get(at));
    Ok(script.map(|script| Foreign {
        tool: "rusqlite_migration",
        version: script.version,
    }))
}

/// Writes into the history that migrations have been applied, without running them. The database must be as they leave
/// it; what it has besides does not matter.
pub(crate) fn baseline(
    db: &mut Connection,
    work: &Work<'_>,
    version: i64,
) -> Result<usize, MigrateError> {
    if !db.is_autocommit() {
        return Err(MigrateError::InTransaction);
    }
    work.knows(version)?;
    let scripts = work.scripts;
    let applied: Vec<&Script<'_>> = scripts.iter().filter(|it| it.version <= version).collect();
    let differences = differences(db, &applied)?;
    if let Some(change) = differences.first() {
        return Err(MigrateError::NotThere {
            version,
            difference: change.to_string(),
        });
    }
    exclusively(db, End::Commit, |db| {
        history::create(db)?;
        let known = history::read(db)?;
        for script in &applied {
            if !known.iter().any(|row| row.version == script.version) {
                let hook = work.goes_back_in_rust(script.version);
                history::write(db, script, Duration::ZERO, hook)?;
            }
        }
        if applied.len() == scripts.len() && work.options.user_version {
            Mark::of(scripts).write(db)?;
        }
        Ok(applied.len())
    })
}

/// Takes the files for what was applied: their checksums come into the history. Returns what was changed.
pub(crate) fn repair(
    db: &mut Connection,
    scripts: &[Script<'_>],
) -> Result<Vec<i64>, MigrateError> {
    if !db.is_autocommit() {
        return Err(MigrateError::InTransaction);
    }
    if !history::exists(db)? {
        return Ok(Vec::new());
    }
    exclusively(db, End::Commit, |db| {
        let mut repaired = Vec::new();
        for row in history::read(db)? {
            let script = scripts.iter().find(|it| it.version == row.version);
            if let Some(script) = script.filter(|it| checksum(it.up) != row.checksum) {
                history::correct(db, script)?;
                repaired.push(row.version);
            }
        }
        Ok(repaired)
    })
}

/// From the database to what the migrations lead to, without what it has besides.
fn differences(db: &Connection, scripts: &[&Script<'_>]) -> Result<Vec<Change>, MigrateError> {
    let scratch = crate::plan::scratch()?;
    for script in scripts {
        replay(&scratch, Runner::Tablature, script.up).map_err(|error| error.of(script))?;
    }
    let read = |db| inspect(db).map(without_histories);
    let (found, wanted) = (read(db)?, read(&scratch)?);
    let mut changes = diff(&found, &wanted);
    changes.retain(|change| !matches!(change, Change::Drop(..)));
    Ok(changes)
}
