//! From one version of the application to the next, and back.

use crate::STATS;
use std::path::Path;
use tablature::{Applied, Connection, MigrateOptions, Options, Report};

/// How many backups are kept of the moments before a change of version.
const BACKUPS: usize = 3;

/// Opens the database of whatever version, or makes it. What an older version has left is upgraded, all or nothing, after
/// a backup into the folder `backups` beside it.
pub fn open(path: &Path) -> tablature::Result<Connection> {
    let options = Options::new().migrations(around(path));
    Ok(STATS.open_with(path, &options)?)
}

/// Closes the database. Before that SQLite counts what it has to know to choose indexes well.
pub fn close(db: Connection) -> tablature::Result<()> {
    // Of all tables, and not only of those that this connection has read; in large ones a sample is enough.
    db.execute_batch("PRAGMA optimize = 0x10002")?;
    db.close().map_err(|(_, error)| error)?;
    Ok(())
}

/// Brings the database back to what an older version of the application reads, after a backup. Every row stays. What the
/// older version cannot hold, an AVIF say, is refused, and then nothing has changed.
pub fn downgrade(
    db: &mut Connection,
    path: &Path,
    version: i64,
) -> tablature::Result<Report<Applied>> {
    Ok(STATS.migrate_down_with(db, version, &around(path))?)
}

fn around(path: &Path) -> MigrateOptions {
    MigrateOptions::new().backup_before(path.with_file_name("backups"), BACKUPS)
}
