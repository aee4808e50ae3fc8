use super::Work;
use crate::migrations::{Script, checksum};
use rusqlite::{Connection, params};
use std::fmt;
use std::time::Duration;

/// A migration that was applied just now.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Applied {
    /// Its number.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// How long it took; in milliseconds where it is serialised.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "milliseconds", serialize_with = "milliseconds")
    )]
    pub duration: Duration,
}

impl fmt::Display for Applied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            version,
            name,
            duration,
        } = self;
        write!(f, "{version:04} {name} ({duration:.1?})")
    }
}

#[cfg(feature = "serde")]
fn milliseconds<S: serde::Serializer>(duration: &Duration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_f64(duration.as_secs_f64() * 1000.0)
}

/// What the history has of a migration.
pub(super) struct Row {
    pub(super) version: i64,
    pub(super) name: String,
    pub(super) checksum: String,
}

/// Who wrote a row of the history.
const TOOL: &str = concat!("tablature ", env!("CARGO_PKG_VERSION"));

pub(super) fn exists(db: &Connection) -> rusqlite::Result<bool> {
    db.table_exists(Some("main"), "tablature_migrations")
}

pub(super) fn create(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "CREATE TABLE IF NOT EXISTS tablature_migrations (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at TEXT NOT NULL,
  duration_ms INTEGER NOT NULL,
  tool TEXT NOT NULL,
  down TEXT,
  down_hook INTEGER NOT NULL
) STRICT",
    )
}

/// The way back, as it was when the migration was applied, and whether a function of the program belongs to it.
pub(super) fn down_of(db: &Connection, version: i64) -> rusqlite::Result<(Option<String>, bool)> {
    let sql = "SELECT down, down_hook FROM tablature_migrations WHERE version = ?1";
    db.query_row(sql, [version], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The file is what was applied.
pub(super) fn correct(db: &Connection, script: &Script<'_>) -> rusqlite::Result<()> {
    let sql =
        "UPDATE tablature_migrations SET name = ?2, checksum = ?3, down = ?4 WHERE version = ?1";
    let values = params![
        script.version,
        script.name,
        checksum(script.up),
        script.down
    ];
    db.execute(sql, values).map(drop)
}

pub(super) fn forget(db: &Connection, version: i64) -> rusqlite::Result<()> {
    let sql = "DELETE FROM tablature_migrations WHERE version = ?1";
    db.execute(sql, [version]).map(drop)
}

/// In the order of versions.
pub(super) fn read(db: &Connection) -> rusqlite::Result<Vec<Row>> {
    let mut statement =
        db.prepare("SELECT version, name, checksum FROM tablature_migrations ORDER BY version")?;
    let rows = statement.query_map((), |row| {
        Ok(Row {
            version: row.get(0)?,
            name: row.get(1)?,
            checksum: row.get(2)?,
        })
    })?;
    rows.collect()
}

/// The way back is kept too: an older program that meets the database can say what is ahead of it, and go back.
pub(super) fn write<'s>(
    db: &Connection,
    work: &Work<'_>,
    applied: impl IntoIterator<Item = (&'s Script<'s>, Duration)>,
) -> rusqlite::Result<()> {
    let now: String = db.query_row("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')", (), |row| {
        row.get(0)
    })?;
    let mut statement = db.prepare(
        "INSERT INTO tablature_migrations (version, name, checksum, applied_at, duration_ms, tool, down, down_hook)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (script, duration) in applied {
        let milliseconds = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        statement.execute(params![
            script.version,
            script.name,
            checksum(script.up),
            now,
            milliseconds,
            TOOL,
            script.down,
            work.goes_back_in_rust(script.version)
        ])?;
    }
    Ok(())
}
