use crate::declare::{Facts, Table};
use crate::params::Params;
use crate::query::{self, ReadError, Select};
use crate::value::ValueError;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// A struct that is read from the columns of a SELECT.
///
/// With `#[row(of = Post)]` its fields are columns of that table, checked while compiling, and the SELECT is written for
/// it. Free-standing, it takes whole statements, whose columns have the fields' names, in the fields' order.
///
/// ```
/// use tablature::{Row, Table};
///
/// #[derive(Table)]
/// struct Post { #[column(primary_key)] id: i64, author: String, title: String }
///
/// #[derive(Row, Debug, PartialEq)]
/// #[row(of = Post)]
/// struct Title { id: i64, title: String }
///
/// #[derive(Row, Debug, PartialEq)]
/// struct Count { author: String, posts: i64 }
///
/// # fn main() -> tablature::Result<()> {
/// # let db = tablature::Connection::open_in_memory()?;
/// # db.execute_batch(Post::DDL)?;
/// tablature::insert!(&db, Post { author: "ann", title: "Hello" })?;
/// assert_eq!(Title::query(&db, "WHERE author = ?1", ["ann"])?, [Title { id: 1, title: "Hello".into() }]);
///
/// let counts = Count::query(&db, "SELECT author, count(*) AS posts FROM post GROUP BY author", ())?;
/// assert_eq!(counts, [Count { author: "ann".into(), posts: 1 }]);
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row",
    note = "write `#[derive(Row)]` on it"
)]
pub trait Row: Mapped {
    /// All rows. `sql` is what follows the FROM clause, or the whole statement where the struct is free-standing.
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

    /// The statement, prepared, to be run and read row by row.
    fn select<'c>(db: &'c Connection, sql: &str) -> Result<Select<'c, Self>, ReadError> {
        Select::new(db, sql)
    }
}

/// What the derives of `Row` and of `Table` have in common.
pub trait Mapped: Sized {
    /// The table, or the struct where it is free-standing: for messages.
    const SOURCE: &'static str;
    /// The columns, in the order in which they are read.
    const NAMES: &'static [&'static str];
    /// `SELECT … FROM …`; empty where the struct is free-standing.
    const SELECT: &'static str;

    /// What the columns store.
    const KINDS: Kinds = Kinds::Unknown;

    /// The struct of the current row.
    fn read<const ORDERED: bool>(values: &Values<'_, ORDERED>) -> Result<Self, ReadError>;
}

/// What the fields of a struct store.
#[derive(Clone, Copy, Debug)]
pub enum Kinds {
    /// A struct whose attributes are wrong.
    Unknown,
    /// All columns of a table.
    Table(&'static Table),
    /// Some of them, by position.
    Projection(&'static Table, &'static [usize]),
    /// One after the other.
    Each(&'static [Facts]),
}

/// The values of the current row, in the fields' order, or in one that was found while compiling. Which of both is part of
/// the type, so that reading in order costs nothing more.
#[derive(Debug)]
pub struct Values<'r, const ORDERED: bool = false> {
    row: &'r rusqlite::Row<'r>,
    source: &'static str,
    names: &'static [&'static str],
    /// Where each field's value is.
    order: &'static [usize],
}

impl<'r> Values<'r> {
    #[inline]
    pub(crate) fn new<R: Mapped>(row: &'r rusqlite::Row<'r>) -> Self {
        Self {
            row,
            source: R::SOURCE,
            names: R::NAMES,
            order: &[],
        }
    }
}

impl<'r, const ORDERED: bool> Values<'r, ORDERED> {
    /// Of a statement that was read while compiling.
    #[cfg(feature = "checked")]
    #[inline]
    pub(crate) fn ordered(
        row: &'r rusqlite::Row<'r>,
        source: &'static str,
        names: &'static [&'static str],
        order: &'static [usize],
    ) -> Self {
        Self {
            row,
            source,
            names,
            order,
        }
    }

    /// The value of a column, by position.
    ///
    /// `read` is a function pointer, for the optimizer calls what is behind it directly. As an `impl FnOnce` it would be
    /// called through a function of its own, and the value would be copied there before it has left the store buffer.
    #[inline(always)]
    pub fn read<T>(
        &self,
        position: usize,
        read: fn(ValueRef<'r>) -> Result<T, ValueError>,
    ) -> Result<T, ReadError> {
        let index = if ORDERED {
            self.order.get(position).copied().unwrap_or(usize::MAX)
        } else {
            position
        };
        // An arm for each kind lets the compiler join it with the one that `read` takes, and drop the others.
        let read = match self.row.get_ref(index) {
            Ok(ValueRef::Integer(value)) => read(ValueRef::Integer(value)),
            Ok(ValueRef::Text(value)) => read(ValueRef::Text(value)),
            Ok(ValueRef::Real(value)) => read(ValueRef::Real(value)),
            Ok(ValueRef::Null) => read(ValueRef::Null),
            Ok(ValueRef::Blob(value)) => read(ValueRef::Blob(value)),
            Err(_) => return Err(missing(index)),
        };
        match read {
            Ok(value) => Ok(value),
            Err(error) => Err(self.error(position, error)),
        }
    }

    #[cold]
    fn error(&self, position: usize, source: ValueError) -> ReadError {
        let column = self.names.get(position).copied().unwrap_or_default();
        ReadError::Value {
            table: self.source,
            column,
            source,
        }
    }
}

#[cold]
fn missing(position: usize) -> ReadError {
    ReadError::Sqlite(rusqlite::Error::InvalidColumnIndex(position))
}
