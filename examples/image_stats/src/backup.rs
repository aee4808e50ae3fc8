//! Copies of the database while it is in use, and back.

use crate::STATS;
use std::path::Path;
use std::time::Duration;
use tablature::rusqlite::{self, OpenFlags, backup::Backup};
use tablature::{Connection, MigrateError, testing};

/// Why a backup cannot be restored. The database is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// A file is not there, is no database, or cannot be written.
    #[error("cannot restore: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file is damaged.
    #[error("the backup cannot be used: {0}")]
    Damaged(#[from] testing::CheckError),
    /// The file is of a newer version, or of another application.
    #[error("the backup cannot be used: {0}")]
    Foreign(#[from] MigrateError),
    /// The file is an empty database, or of an application that is not this one.
    #[error("the backup cannot be used: it has no statistics")]
    Empty,
}

/// Copies the database into a file. Others may write meanwhile: the copy is of one moment.
pub fn back_up(db: &Connection, to: &Path) -> tablature::Result<()> {
    let mut to = Connection::open(to)?;
    copy(db, &mut to)?;
    // In WAL mode, as the database is, every reader would leave a log beside the copy.
    to.pragma_update(None, "journal_mode", "DELETE")?;
    Ok(())
}

/// Puts a backup of this version, or of an older one, in the place of everything. It is checked and upgraded as a copy in
/// memory, so the database is only written when nothing can fail any more, and then at once.
pub fn restore(db: &mut Connection, from: &Path) -> Result<(), RestoreError> {
    let from = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut draft = Connection::open_in_memory()?;
    copy(&from, &mut draft)?;
    testing::check(&draft)?;
    if STATS.pending(&draft)?.len() == STATS.migrations().len() {
        return Err(RestoreError::Empty);
    }
    STATS.migrate(&mut draft)?;
    Ok(copy(&draft, db)?)
}

fn copy(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    Backup::new(from, to)?.run_to_completion(i32::MAX, Duration::from_millis(10), None)
}
