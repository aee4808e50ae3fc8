use super::MigrateError;
use super::watch::written;
use crate::migrations::Script;
use crate::sql::statements::statements;
use rusqlite::{Connection, OptionalExtension as _};
use std::path::Path;

/// Refuses where the disk has less than the migrations need at the least: the pages of the largest table that is copied
/// as a whole, without those that are free already.
pub(super) fn check(db: &Connection, pending: &[&Script<'_>]) -> Result<(), MigrateError> {
    let Some(path) = db.path().filter(|it| !it.is_empty()) else {
        return Ok(());
    };
    let folder = match Path::new(path).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // Where the system does not say how much there is, SQLite will.
    let Ok(free) = fs4::available_space(folder) else {
        return Ok(());
    };
    let (all, unused): (i64, i64) = db.query_row(
        "SELECT page_count * page_size, freelist_count * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size",
        (),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    // Counting the pages of a table reads them all.
    if free >= bytes(all) {
        return Ok(());
    }
    let mut needed = 0;
    for table in pending.iter().flat_map(|script| copied(script.up)) {
        needed = needed.max(bytes_of(db, &table)?);
    }
    let needed = bytes(needed.saturating_sub(unused));
    if free < needed {
        let path = path.into();
        return Err(MigrateError::Space { path, needed, free });
    }
    Ok(())
}

fn bytes(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// The tables that a rebuild copies, by the names that they have before it.
fn copied(sql: &str) -> Vec<String> {
    let copy = |statement: &str| match written(statement) {
        (Some(target), Some(source)) if target != source => Some(target),
        _ => None,
    };
    statements(sql).into_iter().filter_map(copy).collect()
}

/// The pages of a table. Without the table that counts them, or without the table, nothing is known to be needed.
fn bytes_of(db: &Connection, table: &str) -> rusqlite::Result<i64> {
    let sql = "SELECT sum(pgsize) FROM dbstat WHERE name = ?1 COLLATE NOCASE AND aggregate = TRUE";
    let Ok(mut statement) = db.prepare(sql) else {
        return Ok(0);
    };
    let bytes = statement.query_row([table], |row| row.get::<_, Option<i64>>(0));
    Ok(bytes.optional()?.flatten().unwrap_or(0))
}
