use crate::open::OpenError;
use crate::query::ReadError;
use crate::search::SearchError;
use crate::sqlite::run::MigrateError;
use crate::write::WriteError;
use std::fmt;

/// A result of this crate; the error is any of its errors unless another is named.
///
/// ```
/// fn main() -> tablature::Result<()> {
///     Ok(())
/// }
/// ```
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Any error of this crate: every operation has its own, and `?` turns it into this one.
///
/// A `main` that returns it prints its message: `Debug` is the same text as `Display`.
///
/// ```
/// let error = tablature::Error::from(tablature::rusqlite::Error::InvalidQuery);
/// assert_eq!(format!("{error:?}"), "Query is not read-only");
/// ```
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A database could not be migrated.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// A row could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Rows could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A search failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// A call of rusqlite failed.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
