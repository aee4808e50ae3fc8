//! For the tests of an application: rows of any kind that its schema allows.

use crate::Schema;
use crate::migrations::without_histories;
use crate::open::{OpenError, Options};
use crate::sqlite::inspect::{InspectError, inspect};
use crate::sqlite::prove::sound;
use crate::sqlite::witness;
use rusqlite::Connection;

pub use crate::sqlite::witness::Unfilled;

/// Puts rows into every table of a database, and says which tables got none, and why.
///
/// The rows satisfy types, checks, unique keys and foreign keys, and are such that break careless SQL: NULL wherever it is
/// allowed, empty texts, quotes, numbers that need 64 bits, every value of an enum. The same seed gives the same rows.
///
/// ```
/// use tablature::{Connection, testing};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let db = Connection::open_in_memory()?;
/// db.execute_batch(
///     "CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
///      CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES authors,
///                          status TEXT NOT NULL CHECK (status IN ('draft', 'live')))",
/// )?;
/// let unfilled = testing::fill(&db, 10, 1)?;
/// assert!(unfilled.is_empty());
///
/// let posts = "SELECT count(*) FROM posts JOIN authors ON authors.id = posts.author";
/// assert_eq!(db.query_row(posts, (), |row| row.get(0)), Ok(10));
/// let states = "SELECT count(DISTINCT status) FROM posts";
/// assert_eq!(db.query_row(states, (), |row| row.get(0)), Ok(2));
/// # Ok(())
/// # }
/// ```
pub fn fill(db: &Connection, rows: usize, seed: u64) -> Result<Vec<Unfilled>, InspectError> {
    // A history with other rows is another history.
    let schema = without_histories(inspect(db)?);
    Ok(witness::fill(db, &schema, rows, seed)?)
}

/// A database in memory as it was after the migration of a number: for a test of those that come after it.
///
/// ```
/// use tablature::{Table, testing};
///
/// #[derive(Table)]
/// #[table(name = "posts")]
/// struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
///
/// tablature::schema! {
///     #[schema(migrations = "src/migrations/example/migrations")]
///     static BLOG = [Post];
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut db = testing::at(&BLOG, 1)?;
/// testing::fill(&db, 10, 1)?;
/// BLOG.migrate(&mut db)?;
/// testing::check(&db)?;
/// assert!(Post::query(&db, "", ())?.iter().all(|post| post.subtitle.is_none()));
/// # Ok(())
/// # }
/// ```
///
/// Only our own runner keeps the history by which the later ones are found; a schema of another runner is refused.
pub fn at(schema: &Schema, version: i64) -> Result<Connection, OpenError> {
    let mut db = Connection::open_in_memory().map_err(|source| OpenError::Open {
        path: ":memory:".into(),
        source,
    })?;
    Options::new().apply(&db, schema.tables().count())?;
    schema.migrate_to(&mut db, version)?;
    Ok(db)
}

/// Why a database is not whole.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// A check says so.
    #[error("the database is unsound: {0}")]
    Unsound(String),
    /// Its schema cannot be read.
    #[error(transparent)]
    Inspect(#[from] InspectError),
}

/// Whether a database is whole: `foreign_key_check`, `integrity_check`, and every full-text table against its text.
/// See [`at`].
pub fn check(db: &Connection) -> Result<(), CheckError> {
    sound(db, &inspect(db)?, 0).map_err(CheckError::Unsound)
}
