use crate::open::{OpenError, PushError};
use crate::query::ReadError;
use crate::search::SearchError;
use crate::sqlite::inspect::InspectError;
use crate::sqlite::obstacle::told;
use crate::sqlite::run::MigrateError;
use crate::value::ValueError;
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
///
/// ```
/// use tablature::{Connection, Parameter, Table};
///
/// #[derive(Table)]
/// #[table(name = "posts")]
/// struct Post { #[column(primary_key)] id: i64, slug: Box<str> }
///
/// tablature::schema! { static BLOG = [Post]; }
///
/// fn forget(db: &mut Connection, slug: Box<str>) -> tablature::Result<usize> {
///     BLOG.push(db, &Default::default())?;
///     assert!(BLOG.verify(db)?.is_empty());
///     Ok(db.execute("DELETE FROM posts WHERE slug = ?1", [slug.parameter()?])?)
/// }
/// assert_eq!(forget(&mut Connection::open_in_memory().unwrap(), "hello".into()).unwrap(), 0);
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
    /// A database could not be brought to the structs.
    #[error(transparent)]
    Push(#[from] PushError),
    /// A schema could not be read.
    #[error(transparent)]
    Inspect(#[from] InspectError),
    /// A value for a statement of one's own cannot be stored.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// A call of rusqlite failed.
    #[error("{}", told(.0))]
    Sqlite(#[from] rusqlite::Error),
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
