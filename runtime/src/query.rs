use crate::check::ArgumentError;
use crate::params::{self, Params};
use crate::row::{Mapped, Values};
use crate::sqlite::obstacle::told;
use crate::value::ValueError;
use rusqlite::{CachedStatement, Connection, Statement};
use std::borrow::Cow;
use std::marker::PhantomData;

/// Why rows could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// A stored value does not fit the field's type.
    #[error("`{table}`.`{column}`: {source}")]
    Value {
        /// The table, or the struct where it is free-standing.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What does not fit.
        source: ValueError,
    },
    /// The statement's columns are not the struct's fields.
    #[error(
        "`{row}` reads the columns ({}), the statement returns ({}); select them in this order, with `AS` where the names differ",
        .expected.join(", "), .found.join(", ")
    )]
    Columns {
        /// The struct.
        row: &'static str,
        /// Its fields' names.
        expected: &'static [&'static str],
        /// The statement's columns.
        found: Vec<String>,
    },
    /// One row was asked for, and there are several.
    #[error("`{table}`: expected at most one row, found several; use `query`, or add a condition")]
    Several {
        /// The table, or the struct where it is free-standing.
        table: &'static str,
    },
    /// One row was asked for, and there is none.
    #[error("`{table}`: expected a row, found none; use `optional`")]
    NoRow {
        /// The table, or the struct where it is free-standing.
        table: &'static str,
    },
    /// A parameter cannot be stored.
    #[error("parameter {number}: {source}")]
    Parameter {
        /// Its number, from 1.
        number: usize,
        /// Why.
        source: ValueError,
    },
    /// Not every parameter has a value, or not every value a parameter.
    #[error("`{sql}`: {source}")]
    Arguments {
        /// The statement.
        sql: String,
        /// Which.
        source: ArgumentError,
    },
    /// A cursor of another order, or of another table.
    #[error(
        "`{table}`: the cursor is not one of this order; take it from a page in the same order"
    )]
    Cursor {
        /// The table.
        table: &'static str,
    },
    /// SQLite refused.
    #[error("{}", told(.0))]
    Sqlite(#[from] rusqlite::Error),
}

/// A SELECT, prepared, whose rows are `R`s.
///
/// ```
/// # use tablature::{Insert, Table};
/// # #[derive(Table)]
/// # struct Post { #[column(primary_key)] id: i64, title: String }
/// # fn main() -> tablature::Result<()> {
/// # let db = tablature::Connection::open_in_memory()?;
/// # db.execute_batch(Post::DDL)?;
/// let mut newer = Post::select(&db, "WHERE id > ?1 ORDER BY id")?;
/// for post in newer.rows([7])? {
///     println!("{}", post?.title);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Select<'c, R> {
    statement: CachedStatement<'c>,
    sql: Cow<'static, str>,
    of: PhantomData<fn() -> R>,
}

impl<'c, R: Mapped> Select<'c, R> {
    pub(crate) fn new(db: &'c Connection, sql: &str) -> Result<Self, ReadError> {
        let sql = match R::SELECT {
            "" => sql.to_owned(),
            select => [select, " ", sql].concat(),
        };
        let statement = db.prepare_cached(&sql)?;
        if R::SELECT.is_empty() && !same_names(&statement, R::NAMES) {
            let found = statement.column_names().map(str::to_owned).collect();
            return Err(ReadError::Columns {
                row: R::SOURCE,
                expected: R::NAMES,
                found,
            });
        }
        Ok(Self {
            statement,
            sql: Cow::Owned(sql),
            of: PhantomData,
        })
    }

    pub(crate) fn prepared(db: &'c Connection, sql: &'static str) -> Result<Self, ReadError> {
        Ok(Self {
            statement: db.prepare_cached(sql)?,
            sql: Cow::Borrowed(sql),
            of: PhantomData,
        })
    }

    /// Runs the statement; the rows are read as the iterator is asked for them.
    pub fn rows(&mut self, params: impl Params) -> Result<Rows<'_, R>, ReadError> {
        params::bind(&mut self.statement, &self.sql, params)?;
        Ok(Rows {
            rows: self.statement.raw_query(),
            of: PhantomData,
        })
    }

    /// Runs the statement and reads all rows.
    pub fn all(&mut self, params: impl Params) -> Result<Vec<R>, ReadError> {
        params::bind(&mut self.statement, &self.sql, params)?;
        self.read()
    }

    /// All rows, with the parameters bound in another way.
    pub(crate) fn every(
        &mut self,
        bind: impl FnOnce(&mut Statement<'_>) -> Result<(), ReadError>,
    ) -> Result<Vec<R>, ReadError> {
        bind(&mut self.statement)?;
        self.read()
    }

    fn read(&mut self) -> Result<Vec<R>, ReadError> {
        let mut rows = self.statement.raw_query();
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            // With `?` a row is moved once more.
            match R::read(&Values::new::<R>(row)) {
                Ok(row) => all.push(row),
                Err(error) => return Err(error),
            }
        }
        Ok(all)
    }

    /// The first row, for statements that have one at the most.
    #[inline]
    pub(crate) fn first(
        &mut self,
        bind: impl FnOnce(&mut Statement<'_>) -> Result<(), ReadError>,
    ) -> Result<Option<R>, ReadError> {
        bind(&mut self.statement)?;
        let mut rows = self.statement.raw_query();
        match rows.next()? {
            Some(row) => match R::read(&Values::new::<R>(row)) {
                Ok(row) => Ok(Some(row)),
                Err(error) => Err(error),
            },
            None => Ok(None),
        }
    }

    /// Runs the statement and reads its row; an error if there are several.
    pub fn one(&mut self, params: impl Params) -> Result<Option<R>, ReadError> {
        params::bind(&mut self.statement, &self.sql, params)?;
        let mut rows = self.statement.raw_query();
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let one = R::read(&Values::new::<R>(row))?;
        match rows.next()? {
            None => Ok(Some(one)),
            Some(_) => Err(ReadError::Several { table: R::SOURCE }),
        }
    }
}

/// The rows of a [`Select`].
#[must_use = "rows are read when they are asked for"]
pub struct Rows<'s, R> {
    rows: rusqlite::Rows<'s>,
    of: PhantomData<fn() -> R>,
}

impl<R: Mapped> Iterator for Rows<'_, R> {
    type Item = Result<R, ReadError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self.rows.next() {
            Ok(Some(row)) => Some(R::read(&Values::new::<R>(row))),
            Ok(None) => None,
            Err(error) => Some(Err(error.into())),
        }
    }
}

pub(crate) fn all<R: Mapped>(
    db: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<R>, ReadError> {
    Select::new(db, sql)?.all(params)
}

pub(crate) fn one<R: Mapped>(
    db: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Option<R>, ReadError> {
    Select::new(db, sql)?.one(params)
}

/// Rows are mapped by position. Two columns of one type in the wrong order would go unnoticed, so a statement that was
/// not written by the derive is compared once, when it is prepared.
fn same_names(statement: &Statement<'_>, names: &[&str]) -> bool {
    statement.column_count() == names.len()
        && names.iter().enumerate().all(|(i, name)| {
            statement
                .column_name(i)
                .is_ok_and(|found| found.eq_ignore_ascii_case(name))
        })
}
