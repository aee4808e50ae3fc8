//! What `sql!` makes: a statement that was prepared while compiling, and its arguments.

mod argument;
mod shape;

use crate::params;
use crate::query::ReadError;
use crate::row::Values;
use crate::value::Parameter;
use rusqlite::{CachedStatement, Connection};
use std::fmt;

pub use argument::{Known, NULL, Probe, Unknown};
pub use shape::{As, Fields, Other, Reads, ResultColumn, Shape, fields};

/// A statement whose rows are read as one type: what [`sql!`](crate::sql!) with a type makes.
///
/// ```
/// # use tablature::Table;
/// # #[derive(Table)]
/// # #[table(name = "posts")]
/// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
/// # tablature::schema! {
/// #     #[schema(migrations = "src/migrations/example/migrations")]
/// #     static BLOG = [Post];
/// # }
/// # fn main() -> tablature::Result<()> {
/// # let db = BLOG.open_in_memory()?;
/// use tablature::sql;
///
/// let id: i64 = sql!(i64, "INSERT INTO posts (title) VALUES (?1) RETURNING id", "Hello").one(&db)?;
/// let post: Option<Post> = sql!(Post, "SELECT * FROM posts WHERE id = ?1", id).optional(&db)?;
/// let titles: Vec<String> = sql!(String, "SELECT title FROM posts").all(&db)?;
/// sql!(Post, "SELECT * FROM posts").each(&db, |post| -> tablature::Result<()> {
///     println!("{}", post.title);
///     Ok(())
/// })?;
/// # assert!(post.is_some() && titles.len() == 1);
/// # Ok(())
/// # }
/// ```
#[must_use = "a statement runs when it is given a connection: `all(&db)`, `one(&db)`, `optional(&db)`, `each(&db, …)`"]
pub struct Fetch<'v, R, S> {
    #[doc(hidden)]
    pub statement: &'static Statement,
    #[doc(hidden)]
    pub row: As<R, S>,
    #[doc(hidden)]
    pub arguments: &'v [Argument<'v>],
}

/// A statement without rows: what [`sql!`](crate::sql!) without a type makes.
#[must_use = "a statement runs when it is given a connection: `execute(&db)`"]
pub struct Execute<'v> {
    #[doc(hidden)]
    pub sql: &'static str,
    #[doc(hidden)]
    pub arguments: &'v [Argument<'v>],
}

/// The number of a parameter, and its value.
type Argument<'v> = (usize, &'v dyn Parameter);

/// What is known of a statement before it runs.
#[doc(hidden)]
#[derive(Debug)]
pub struct Statement {
    sql: &'static str,
    source: &'static str,
    names: &'static [&'static str],
    order: &'static [usize],
}

impl Statement {
    /// Fields that stand in the order of the columns need no order.
    pub const fn new(sql: &'static str, fields: Fields, order: &'static [usize]) -> Self {
        let mut i = 0;
        while i < order.len() && order[i] == i {
            i += 1;
        }
        Self {
            sql,
            source: fields.source,
            names: fields.names,
            order: if i == order.len() { &[] } else { order },
        }
    }
}

impl<R, S> Fetch<'_, R, S> {
    /// All rows.
    pub fn all(&self, db: &Connection) -> Result<Vec<R>, ReadError>
    where
        S: Reads<R>,
    {
        let mut all = Vec::new();
        self.each(db, |row| {
            all.push(row);
            Ok::<_, ReadError>(())
        })?;
        Ok(all)
    }

    /// The row; an error if there is none, or if there are several.
    pub fn one(&self, db: &Connection) -> Result<R, ReadError>
    where
        S: Reads<R>,
    {
        let table = self.statement.source;
        self.optional(db)?.ok_or(ReadError::NoRow { table })
    }

    /// The row, none if there is none; an error if there are several.
    pub fn optional(&self, db: &Connection) -> Result<Option<R>, ReadError>
    where
        S: Reads<R>,
    {
        let mut statement = prepare(db, self.statement.sql, self.arguments)?;
        let mut rows = statement.raw_query();
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let one = self.row(row)?;
        match rows.next()? {
            None => Ok(Some(one)),
            Some(_) => Err(ReadError::Several {
                table: self.statement.source,
            }),
        }
    }

    /// Hands over row by row, until there are no more, or until there is an error.
    pub fn each<E: From<ReadError>>(
        &self,
        db: &Connection,
        mut take: impl FnMut(R) -> Result<(), E>,
    ) -> Result<(), E>
    where
        S: Reads<R>,
    {
        let mut statement = prepare(db, self.statement.sql, self.arguments)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(ReadError::from)? {
            take(self.row(row)?)?;
        }
        Ok(())
    }

    #[inline]
    fn row(&self, row: &rusqlite::Row<'_>) -> Result<R, ReadError>
    where
        S: Reads<R>,
    {
        let Statement {
            source,
            names,
            order,
            ..
        } = *self.statement;
        match order {
            [] => S::read(&Values::<false>::ordered(row, source, names, &[])),
            order => S::read(&Values::<true>::ordered(row, source, names, order)),
        }
    }
}

impl Execute<'_> {
    /// Runs the statement, and says how many rows it has inserted, changed or deleted.
    ///
    /// ```
    /// # use tablature::Table;
    /// # #[derive(Table)]
    /// # #[table(name = "posts")]
    /// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
    /// # tablature::schema! {
    /// #     #[schema(migrations = "src/migrations/example/migrations")]
    /// #     static BLOG = [Post];
    /// # }
    /// # fn main() -> tablature::Result<()> {
    /// # let db = BLOG.open_in_memory()?;
    /// # tablature::insert!(&db, Post { title: "Hello" })?;
    /// let changed = tablature::sql!("UPDATE posts SET subtitle = ?1", "Rusty rows").execute(&db)?;
    /// assert_eq!(changed, 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn execute(&self, db: &Connection) -> crate::Result<usize> {
        Ok(prepare(db, self.sql, self.arguments)?.raw_execute()?)
    }
}

/// The statement with its arguments. Their number was compared while compiling.
fn prepare<'c>(
    db: &'c Connection,
    sql: &str,
    arguments: &[Argument<'_>],
) -> Result<CachedStatement<'c>, ReadError> {
    let mut statement = db.prepare_cached(sql)?;
    for (number, value) in arguments {
        params::bind_one(&mut statement, *number, value.parameter())?;
    }
    Ok(statement)
}

impl<R, S> fmt::Debug for Fetch<'_, R, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Fetch").field(&self.statement.sql).finish()
    }
}

impl fmt::Debug for Execute<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Execute").field(&self.sql).finish()
    }
}

/// Stands for a statement that is wrong, so that one mistake stays one message.
#[doc(hidden)]
pub const fn refused_rows<R, S>(row: As<R, S>) -> Fetch<'static, R, S> {
    const REFUSED: &Statement = &Statement {
        sql: "",
        source: "",
        names: &[],
        order: &[],
    };
    Fetch {
        statement: REFUSED,
        row,
        arguments: &[],
    }
}

/// The same for one without rows.
#[doc(hidden)]
pub const fn refused() -> Execute<'static> {
    Execute {
        sql: "",
        arguments: &[],
    }
}
