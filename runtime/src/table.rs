use crate::declare;
use crate::insert::{Binder, Insert};
use crate::key::{Key, KeyValue, bind_key};
use crate::open::Listed;
use crate::page::{Page, Paged};
use crate::params::{self, Params};
use crate::prepared::Prepared;
use crate::query::{self, ReadError, Select};
use crate::row::Mapped;
use crate::search::{self, Hit, Search, SearchError};
use crate::sqlite::statements::TableSql;
use crate::sqlite::text;
use crate::write::WriteError;
use rusqlite::{CachedStatement, Connection};

/// A struct that owns a table: a row is a value of it.
///
/// Derive it; the attributes are listed at the [derive macro](derive@crate::Table).
///
/// ```
/// use tablature::{Insert, Table};
///
/// #[derive(Table, Debug, PartialEq)]
/// struct Post {
///     #[column(primary_key)]
///     id: i64,
///     title: String,
/// }
///
/// # fn main() -> tablature::Result<()> {
/// # let db = tablature::Connection::open_in_memory()?;
/// # db.execute_batch(Post::DDL)?;
/// let mut post = Post { id: 1, title: "Hello".into() };
/// post.insert(&db)?;
/// post.title = "Goodbye".into();
/// assert!(post.update(&db)?);
/// assert_eq!(Post::get(&db, 1)?, Some(post));
/// assert!(Post::delete(&db, 1)?);
/// assert_eq!(Post::count(&db)?, 0);
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    note = "write `#[derive(Table)]` on it"
)]
pub trait Table: Mapped + Insert<Into = Self> {
    /// The type of the primary key: of its column, or a tuple. The rowid where the table has no primary key.
    type Key: Key;

    /// The struct of [`COLUMNS`](Self::COLUMNS).
    type Columns: 'static;

    /// The name in SQL.
    const NAME: &'static str;

    /// The names of the primary key's columns.
    const KEY: &'static [&'static str];

    /// A handle of each column, under the name of its field.
    const COLUMNS: Self::Columns;

    /// What the struct says about the table.
    const TABLE: &'static declare::Table;

    /// The statements that create the table, its indexes, its full-text table and its triggers.
    const DDL: &'static str = text::ddl_of::<Self>();

    /// The statements over whole rows.
    const SQL: TableSql = TableSql::of::<Self>();

    #[doc(hidden)]
    const LISTED: Listed = Listed::of::<Self>();

    /// The row that has this primary key.
    fn get(db: &Connection, key: impl KeyValue<Self::Key>) -> Result<Option<Self>, ReadError>
    where
        Self: Keyed,
    {
        get_with(&mut Select::prepared(db, Self::SQL.get)?, &key)
    }

    /// Whether there is a row with this primary key.
    fn exists(db: &Connection, key: impl KeyValue<Self::Key>) -> Result<bool, ReadError>
    where
        Self: Keyed,
    {
        let mut statement = db.prepare_cached(Self::SQL.exists)?;
        key.bind(0, &mut |number, value| {
            params::bind_one(&mut statement, number, value)
        })?;
        let mut rows = statement.raw_query();
        Ok(match rows.next()? {
            Some(row) => row.get(0)?,
            None => false,
        })
    }

    /// The number of rows.
    fn count(db: &Connection) -> Result<u64, ReadError> {
        let count: i64 = db
            .prepare_cached(Self::SQL.count)?
            .query_row((), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// All rows.
    fn all(db: &Connection) -> Result<Vec<Self>, ReadError> {
        Select::prepared(db, Self::SQL.select)?.all(())
    }

    /// The rows that the rest of the statement, from the FROM clause on, selects.
    ///
    /// ```
    /// # use tablature::Table;
    /// # #[derive(Table)]
    /// # struct Post { #[column(primary_key)] id: i64, title: String }
    /// # fn main() -> tablature::Result<()> {
    /// # let db = tablature::Connection::open_in_memory()?;
    /// # db.execute_batch(Post::DDL)?;
    /// let posts = Post::query(&db, "WHERE title LIKE ?1 ORDER BY id DESC LIMIT 50", ["H%"])?;
    /// # Ok(())
    /// # }
    /// ```
    fn query(db: &Connection, sql: &str, params: impl Params) -> Result<Vec<Self>, ReadError> {
        query::all(db, sql, params)
    }

    /// The row, none if there is none, an error if there are several.
    fn query_one(
        db: &Connection,
        sql: &str,
        params: impl Params,
    ) -> Result<Option<Self>, ReadError> {
        query::one(db, sql, params)
    }

    /// The statement of [`query`](Self::query), prepared, to be run again and read row by row.
    fn select<'c>(db: &'c Connection, sql: &str) -> Result<Select<'c, Self>, ReadError> {
        Select::new(db, sql)
    }

    /// One page of the rows in some order, found by where the last one ended rather than by counting from the start.
    ///
    /// ```
    /// use tablature::Page;
    /// # use tablature::Table;
    /// # #[derive(Table)]
    /// # struct Post { #[column(primary_key)] id: i64, author: i64, title: String }
    /// # fn main() -> tablature::Result<()> {
    /// # let db = tablature::Connection::open_in_memory()?;
    /// # db.execute_batch(Post::DDL)?;
    /// # for id in 1..=5 { tablature::insert!(&db, Post { id, author: 1, title: "x" })?; }
    /// let newest = Page::by(Post::COLUMNS.title).descending().limit(2).filter("author = ?", [1]);
    /// let first = Post::page(&db, &newest)?;
    /// let second = Post::page(&db, &newest.clone().after(first.next.unwrap()))?;
    /// assert_eq!(second.rows[0].id, 3);
    /// # Ok(())
    /// # }
    /// ```
    fn page(db: &Connection, page: &Page<Self>) -> Result<Paged<Self>, ReadError>
    where
        Self: Keyed,
    {
        crate::page::fetch(db, page)
    }

    /// The rows that full-text search finds, the best first.
    ///
    /// The query is in FTS5's language, or [`words`](crate::search::words) of a person, which are never a syntax error.
    ///
    /// ```
    /// use tablature::search::words;
    /// # use tablature::Table;
    /// #[derive(Table)]
    /// #[table(fts(title, body))]
    /// struct Post { #[column(primary_key)] id: i64, title: String, body: String }
    ///
    /// # fn main() -> tablature::Result<()> {
    /// # let db = tablature::Connection::open_in_memory()?;
    /// # db.execute_batch(Post::DDL)?;
    /// tablature::insert!(&db, Post { title: "SQLite", body: "A rusty tale of rows" })?;
    /// let hits = Post::search(&db, "title: sqlite", 20)?;
    /// assert_eq!(hits[0].snippet.as_deref(), Some("<b>SQLite</b>"));
    /// assert_eq!(Post::search(&db, words("\"rust AND (").prefix(), 20)?.len(), 0);
    /// assert_eq!(Post::search(&db, words("rust").prefix(), 20)?.len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    fn search(
        db: &Connection,
        query: impl Into<Search>,
        limit: usize,
    ) -> Result<Vec<Hit<Self>>, SearchError>
    where
        Self: Searchable,
    {
        search::search(db, &query.into(), limit)
    }

    /// Writes all columns of the row that has this one's primary key. False if there is none.
    fn update(&self, db: &Connection) -> Result<bool, WriteError>
    where
        Self: Keyed,
    {
        update_with(
            db,
            &mut crate::insert::prepare::<Self>(db, Self::SQL.update)?,
            self,
        )
    }

    /// Removes the row that has this primary key. False if there is none.
    fn delete(db: &Connection, key: impl KeyValue<Self::Key>) -> Result<bool, WriteError>
    where
        Self: Keyed,
    {
        delete_with::<Self>(
            db,
            &mut crate::insert::prepare::<Self>(db, Self::SQL.delete)?,
            &key,
        )
    }

    /// The table with its statements prepared once, for loops.
    ///
    /// ```
    /// # use tablature::Table;
    /// # #[derive(Table)]
    /// # struct Post { #[column(primary_key)] id: i64, title: String }
    /// # fn main() -> tablature::Result<()> {
    /// # let db = tablature::Connection::open_in_memory()?;
    /// # db.execute_batch(Post::DDL)?;
    /// let mut posts = Post::prepared(&db);
    /// for id in 1..=3 {
    ///     posts.insert(&Post { id, title: format!("Post {id}") })?;
    /// }
    /// assert_eq!(posts.get(2)?.unwrap().title, "Post 2");
    /// # Ok(())
    /// # }
    /// ```
    fn prepared(db: &Connection) -> Prepared<'_, Self> {
        Prepared::new(db)
    }
}

/// A table with a primary key.
#[diagnostic::on_unimplemented(
    message = "the table of `{Self}` has no primary key",
    note = "write `#[column(primary_key)]` on a field, or `#[table(primary_key(a, b))]` on the struct"
)]
pub trait Keyed: Table {}

/// A table with full-text search.
#[diagnostic::on_unimplemented(
    message = "the table of `{Self}` has no full-text search",
    note = "write `#[table(fts(…))]` with the columns to search"
)]
pub trait Searchable: Table {}

pub(crate) fn get_with<T: Table>(
    select: &mut Select<'_, T>,
    key: &impl KeyValue<T::Key>,
) -> Result<Option<T>, ReadError> {
    select.first(|statement| {
        key.bind(0, &mut |number, value| {
            params::bind_one(statement, number, value)
        })
    })
}

pub(crate) fn update_with<T: Table>(
    db: &Connection,
    statement: &mut CachedStatement<'_>,
    row: &T,
) -> Result<bool, WriteError> {
    row.bind(&mut Binder::keyless::<T>(statement))?;
    let changed = statement
        .raw_execute()
        .map_err(|error| crate::insert::failed(db, error, row))?;
    Ok(changed > 0)
}

pub(crate) fn delete_with<T: Table>(
    db: &Connection,
    statement: &mut CachedStatement<'_>,
    key: &impl KeyValue<T::Key>,
) -> Result<bool, WriteError> {
    bind_key::<T>(statement, 0, key)?;
    match statement.raw_execute() {
        Ok(deleted) => Ok(deleted > 0),
        Err(error) => Err(match WriteError::new(T::TABLE, error) {
            WriteError::Referenced { table, .. } => WriteError::Referenced {
                table,
                by: referring::<T>(db, key),
            },
            other => other,
        }),
    }
}

/// Which columns of other tables refer to the row, since SQLite only says that some do.
#[cold]
fn referring<T: Table>(db: &Connection, key: &impl KeyValue<T::Key>) -> Vec<String> {
    let find = || -> Result<Vec<String>, ReadError> {
        let mut keys = db.prepare(
            "SELECT child.name, group_concat('\"' || replace(key.\"from\", '\"', '\"\"') || '\" = ?' || (key.seq + 1), ' AND '),
                    group_concat(key.\"from\", ', ')
             FROM sqlite_schema AS child, pragma_foreign_key_list(child.name) AS key
             WHERE child.type = 'table' AND key.\"table\" = ?1 COLLATE NOCASE AND key.on_delete IN ('NO ACTION', 'RESTRICT')
             GROUP BY child.name, key.id ORDER BY child.name, key.id",
        )?;
        let mut rows = keys.query([T::NAME])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (child, condition, columns): (String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let sql = format!(
                "SELECT count(*) FROM {} WHERE {condition}",
                crate::sqlite::quoted(&child)
            );
            let mut statement = db.prepare(&sql)?;
            key.bind(0, &mut |number, value| {
                params::bind_one(&mut statement, number, value)
            })?;
            let mut counts = statement.raw_query();
            let count: i64 = match counts.next()? {
                Some(row) => row.get(0)?,
                None => 0,
            };
            if count > 0 {
                found.push(format!(
                    "`{child}`.`{columns}` ({count} {})",
                    if count == 1 { "row" } else { "rows" }
                ));
            }
        }
        Ok(found)
    };
    find().unwrap_or_default()
}
