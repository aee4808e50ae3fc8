//! For the tests of an application: rows of any kind that its schema allows.

use crate::Schema;
use crate::migrations::without_histories;
use crate::open::{OpenError, Options};
use crate::sqlite::inspect::{InspectError, inspect};
use crate::sqlite::prove::sound;
use crate::sqlite::query_plan::query_plan;
use crate::sqlite::witness;
use rusqlite::Connection;

#[doc(inline)]
pub use crate::__assert_uses_index as assert_uses_index;
pub use crate::sqlite::witness::Unfilled;

/// Puts rows into every table of a database, and says which tables got none, and why.
///
/// The rows satisfy types, checks, unique keys and foreign keys, and are such that break careless SQL: NULL wherever it is
/// allowed, empty texts, quotes, numbers that need 64 bits, every value of an enum. The same seed gives the same rows.
///
/// Only SQL is known here, and SQL allows what a `u32` or a timestamp cannot hold: where structs are to read the rows, see
/// [`fill_for`].
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

/// The same with rows that the structs of a schema can read: a `u32` is below 2³², a `jiff::Timestamp` is one, as the type
/// stores it; those at the ends of each type are among them.
///
/// What a field can hold, its type decides itself: each value is read with it first, and each row once it is stored. Tables
/// and columns that no struct has, or that have another type than the struct's at an earlier stage (see [`at`]), are
/// filled as by [`fill`].
///
/// ```
/// use tablature::{ColumnType, Table, testing};
///
/// #[derive(ColumnType, Debug)]
/// struct Stars(u8);
///
/// #[derive(Table, Debug)]
/// struct Review {
///     #[column(primary_key)] id: u32,
///     #[column(unique)] initial: char,
///     #[column(check("stars BETWEEN 1 AND 5"))] stars: Stars,
///     #[column(text)] address: Option<std::net::IpAddr>,
/// }
///
/// tablature::schema! { static SHOP = [Review]; }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let db = SHOP.open_in_memory()?;
/// let unfilled = testing::fill_for(&SHOP, &db, 50, 1)?;
/// assert_eq!(unfilled, []);
/// assert!(Review::all(&db)?.len() >= 50);
/// # Ok(())
/// # }
/// ```
///
/// Of a type that reads only texts of a form of its own, or JSON that is more than a struct with plain fields, no value is
/// known. Such a column is NULL where it may be; otherwise its table stays empty and is named, with the reason. A row
/// that is there already helps: its values serve as examples.
///
/// Where a unique key or a check allows fewer values than rows were asked for, there are fewer rows.
pub fn fill_for(
    schema: &Schema,
    db: &Connection,
    rows: usize,
    seed: u64,
) -> Result<Vec<Unfilled>, InspectError> {
    let structs: Vec<_> = schema.tables().collect();
    let schema = without_histories(inspect(db)?);
    Ok(witness::fill_for(&structs, db, &schema, rows, seed)?)
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

/// Why a statement is not known to use an index.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// SQLite runs it in another way.
    #[error("`{sql}` does not use the index `{index}`; SQLite runs it so:\n{plan}")]
    Unused {
        /// The statement.
        sql: String,
        /// The index.
        index: String,
        /// How it is run.
        plan: String,
    },
    /// There is no such index.
    #[error("there is no index `{index}`; the indexes are {}", .known.join(", "))]
    Unknown {
        /// The name that was given.
        index: String,
        /// Those that are there.
        known: Vec<String>,
    },
    /// The statement is refused.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
}

/// Whether SQLite runs a statement with an index. [`assert_uses_index!`](assert_uses_index) panics where it does not.
pub fn uses_index(db: &Connection, sql: &str, index: &str) -> Result<(), IndexError> {
    let plan = query_plan(db, sql)?;
    if plan.uses_index(index) {
        return Ok(());
    }
    let mut list =
        db.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name")?;
    let known = list.query_map((), |row| row.get(0))?;
    let known: Vec<String> = known.collect::<Result<_, _>>()?;
    let index = index.to_owned();
    if known.iter().all(|it| !it.eq_ignore_ascii_case(&index)) {
        return Err(IndexError::Unknown { index, known });
    }
    Err(IndexError::Unused {
        sql: sql.to_owned(),
        index,
        plan: plan.to_string(),
    })
}

/// Asserts that SQLite runs a statement with an index; where it does not, the message has its plan.
///
/// Without rows the plan is that of a table of which nothing is known, as for most databases: `ANALYZE` may change it.
///
/// ```
/// use tablature::testing::assert_uses_index;
/// use tablature::{Connection, Table};
///
/// #[derive(Table)]
/// #[table(name = "posts", index(author_id, published_at desc))]
/// struct Post { #[column(primary_key)] id: i64, author_id: i64, published_at: String }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let db = Connection::open_in_memory()?;
/// db.execute_batch(Post::DDL)?;
/// let newest = "SELECT id FROM posts WHERE author_id = ?1 ORDER BY published_at DESC LIMIT 50";
/// assert_uses_index!(db, newest, "posts_author_id_published_at_idx");
/// # Ok(())
/// # }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __assert_uses_index {
    ($db:expr, $sql:expr, $index:expr $(,)?) => {
        if let $crate::__private::Err(error) = $crate::testing::uses_index(&$db, $sql, $index) {
            ::core::panic!("{error}");
        }
    };
}
