mod keyed;
mod written;

use crate::declare;
use crate::insert::Insert;
use crate::key::{Key, KeyValue};
use crate::open::Listed;
use crate::page::{Page, Paged};
use crate::params::{self, Params};
use crate::prepared::Prepared;
use crate::query::{self, ReadError, Select};
use crate::relation::{ChildOf, Relation};
use crate::row::Mapped;
use crate::search::{self, Hit, Search, SearchError};
use crate::sqlite::statements::TableSql;
use crate::sqlite::text;
use crate::value::ValueError;
use crate::write::WriteError;
use rusqlite::Connection;
use rusqlite::types::{ToSqlOutput, Value};

pub(crate) use keyed::{delete_with, get_with, update_with};

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

    /// The row that this one refers to; none where the foreign key is NULL, or the row is not there.
    ///
    /// ```
    /// use tablature::{Insert, Table};
    ///
    /// #[derive(Table)]
    /// struct Author { #[column(primary_key)] id: i64, name: String }
    ///
    /// #[derive(Table)]
    /// struct Post { #[column(primary_key)] id: i64, #[column(references(Author))] author: i64 }
    ///
    /// tablature::schema! { static BLOG = [Author, Post]; }
    ///
    /// # fn main() -> tablature::Result<()> {
    /// let db = BLOG.open_in_memory()?;
    /// let ann = Author { id: 1, name: "Ann".into() };
    /// let post = Post { id: 7, author: 1 };
    /// ann.insert(&db)?;
    /// post.insert(&db)?;
    /// assert_eq!(post.parent::<Author>(&db)?.unwrap().name, "Ann");
    /// assert_eq!(ann.children::<Post>(&db)?[0].id, 7);
    ///
    /// // Of many rows in one query:
    /// let authors = Author::all(&db)?;
    /// let posts: Vec<Vec<Post>> = Author::children_of(&db, &authors)?;
    /// assert_eq!(posts[0].len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    fn parent<P: Table>(&self, db: &Connection) -> Result<Option<P>, ReadError>
    where
        Self: ChildOf<P>,
    {
        self.parent_by(db, Self::RELATION)
    }

    /// The same by one of several foreign keys. See [`Relation`].
    fn parent_by<P: Table>(
        &self,
        db: &Connection,
        relation: Relation<Self, P>,
    ) -> Result<Option<P>, ReadError> {
        relation.parent(db, self)
    }

    /// The rows that refer to this one, in the order of their keys. See [`parent`](Self::parent).
    fn children<C: ChildOf<Self>>(&self, db: &Connection) -> Result<Vec<C>, ReadError> {
        self.children_by(db, C::RELATION)
    }

    /// The same by one of several foreign keys. See [`Relation`].
    fn children_by<C: Table>(
        &self,
        db: &Connection,
        relation: Relation<C, Self>,
    ) -> Result<Vec<C>, ReadError> {
        relation.children(db, self)
    }

    /// The parent of each of these rows, in one query. See [`parent`](Self::parent).
    fn parents_of<P: Table>(db: &Connection, children: &[Self]) -> Result<Vec<Option<P>>, ReadError>
    where
        Self: ChildOf<P>,
    {
        Self::parents_of_by(db, children, Self::RELATION)
    }

    /// The same by one of several foreign keys. See [`Relation`].
    fn parents_of_by<P: Table>(
        db: &Connection,
        children: &[Self],
        relation: Relation<Self, P>,
    ) -> Result<Vec<Option<P>>, ReadError> {
        relation.parents_of(db, children)
    }

    /// The children of each of these rows, in one query. See [`parent`](Self::parent).
    fn children_of<C: ChildOf<Self>>(
        db: &Connection,
        parents: &[Self],
    ) -> Result<Vec<Vec<C>>, ReadError> {
        Self::children_of_by(db, parents, C::RELATION)
    }

    /// The same by one of several foreign keys. See [`Relation`].
    fn children_of_by<C: Table>(
        db: &Connection,
        parents: &[Self],
        relation: Relation<C, Self>,
    ) -> Result<Vec<Vec<C>>, ReadError> {
        relation.children_of(db, parents)
    }

    /// The value of a column that a foreign key may have, as it is stored; NULL of other columns.
    #[doc(hidden)]
    fn key_value(&self, _: usize) -> Result<ToSqlOutput<'_>, ValueError> {
        Ok(ToSqlOutput::Owned(Value::Null))
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

    /// Runs a statement of yours that writes, with parameters as for [`query`](Self::query), and returns how many rows it has
    /// changed. What fails is told in the words of this table.
    ///
    /// ```
    /// # use tablature::Table;
    /// # #[derive(Table)]
    /// # struct Post { #[column(primary_key)] id: i64, title: String, views: u32 }
    /// # fn main() -> tablature::Result<()> {
    /// # let db = tablature::Connection::open_in_memory()?;
    /// # db.execute_batch(Post::DDL)?;
    /// # for id in 1..=3 { tablature::insert!(&db, Post { id, title: "x", views: 0 })?; }
    /// let changed = Post::execute(&db, "UPDATE post SET views = views + 1 WHERE id < ?1", [3])?;
    /// assert_eq!(changed, 2);
    /// let gone: Vec<Post> = Post::returning(&db, "DELETE FROM post WHERE views = ?1", (0_u32,))?;
    /// assert_eq!(gone[0].id, 3);
    /// # Ok(())
    /// # }
    /// ```
    fn execute(db: &Connection, sql: &str, params: impl Params) -> Result<usize, crate::Error> {
        written::execute::<Self>(db, sql, params)
    }

    /// The same, and returns the rows, as they are afterwards. The statement has no RETURNING of its own.
    fn returning(
        db: &Connection,
        sql: &str,
        params: impl Params,
    ) -> Result<Vec<Self>, crate::Error> {
        written::returning::<Self>(db, sql, params)
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
