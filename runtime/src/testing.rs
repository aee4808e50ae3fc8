//! For the tests of an application: rows of any kind that its schema allows.

use crate::sqlite::inspect::{InspectError, inspect};
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
    Ok(witness::fill(db, &inspect(db)?, rows, seed)?)
}
