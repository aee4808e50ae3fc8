use crate::row::{Mapped, Values};
use crate::value::{Parameter, ValueError};
use rusqlite::types::ToSqlOutput;
use rusqlite::{CachedStatement, Connection, Statement, ToSql};
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
    /// A parameter cannot be stored.
    #[error("parameter {number}: {source}")]
    Parameter {
        /// Its number, from 1.
        number: usize,
        /// Why.
        source: ValueError,
    },
    /// Not as many values as parameters.
    #[error("the statement has {expected} parameters, and {given} values were given: {sql}")]
    ParameterCount {
        /// The parameters of the statement.
        expected: usize,
        /// The values.
        given: usize,
        /// The statement.
        sql: String,
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
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
}

/// Parameters of a query: nothing, an array, a slice, a tuple of up to twelve [`Parameter`]s, or what rusqlite's
/// `params!` and `named_params!` make.
///
/// ```
/// # use tablature::Table;
/// # #[derive(Table)]
/// # struct Post { #[column(primary_key)] id: i64, title: String }
/// # fn main() -> tablature::Result<()> {
/// # let db = tablature::Connection::open_in_memory()?;
/// # db.execute_batch(Post::DDL)?;
/// Post::query(&db, "ORDER BY id", ())?;
/// Post::query(&db, "WHERE id IN (?1, ?2)", [1, 2])?;
/// Post::query(&db, "WHERE id > ?1 AND title = ?2", (1, "Hello"))?;
/// Post::query(&db, "WHERE title = :title", tablature::named_params! { ":title": "Hello" })?;
/// # Ok(())
/// # }
/// ```
pub trait Params: sealed::Sealed {
    /// How many values there are; none where they have names.
    #[doc(hidden)]
    fn count(&self) -> Option<usize>;

    /// Hands over each value with its parameter.
    #[doc(hidden)]
    fn each(
        self,
        bind: impl FnMut(Slot<'_>, Result<ToSqlOutput<'_>, ValueError>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError>;
}

/// Which parameter a value is for.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub enum Slot<'a> {
    Number(usize),
    Name(&'a str),
}

/// Sealed, so that what may be a parameter can grow.
mod sealed {
    pub trait Sealed {}
}

impl sealed::Sealed for () {}

impl Params for () {
    fn count(&self) -> Option<usize> {
        Some(0)
    }

    #[inline]
    fn each(
        self,
        _: impl FnMut(Slot<'_>, Result<ToSqlOutput<'_>, ValueError>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        Ok(())
    }
}

impl<T: Parameter, const N: usize> sealed::Sealed for [T; N] {}

impl<T: Parameter, const N: usize> Params for [T; N] {
    fn count(&self) -> Option<usize> {
        Some(N)
    }

    #[inline]
    fn each(
        self,
        bind: impl FnMut(Slot<'_>, Result<ToSqlOutput<'_>, ValueError>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.as_slice().each(bind)
    }
}

impl<T: Parameter> sealed::Sealed for &[T] {}

impl<T: Parameter> Params for &[T] {
    fn count(&self) -> Option<usize> {
        Some(self.len())
    }

    #[inline]
    fn each(
        self,
        mut bind: impl FnMut(Slot<'_>, Result<ToSqlOutput<'_>, ValueError>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.iter()
            .enumerate()
            .try_for_each(|(index, value)| bind(Slot::Number(index + 1), value.parameter()))
    }
}

impl sealed::Sealed for &[&dyn ToSql] {}

impl Params for &[&dyn ToSql] {
    fn count(&self) -> Option<usize> {
        Some(self.len())
    }

    fn each(
        self,
        mut bind: impl FnMut(Slot<'_>, Result<ToSqlOutput<'_>, ValueError>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.iter()
            .enumerate()
            .try_for_each(|(index, value)| bind(Slot::Number(index + 1), Ok(value.to_sql()?)))
    }
}

impl sealed::Sealed for &[(&str, &dyn ToSql)] {}

impl Params for &[(&str, &dyn ToSql)] {
    fn count(&self) -> Option<usize> {
        None
    }

    fn each(
        self,
        mut bind: impl FnMut(Slot<'_>, Result<ToSqlOutput<'_>, ValueError>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.iter()
            .try_for_each(|(name, value)| bind(Slot::Name(name), Ok(value.to_sql()?)))
    }
}

macro_rules! tuples {
    ($($count:literal: $($name:ident $index:tt),*;)*) => { $(
        impl<$($name: Parameter),*> sealed::Sealed for ($($name,)*) {}

        impl<$($name: Parameter),*> Params for ($($name,)*) {
            fn count(&self) -> Option<usize> {
                Some($count)
            }

            #[inline]
            fn each(
                self,
                mut bind: impl FnMut(Slot<'_>, Result<ToSqlOutput<'_>, ValueError>) -> Result<(), ReadError>,
            ) -> Result<(), ReadError> {
                $(bind(Slot::Number($index + 1), self.$index.parameter())?;)*
                Ok(())
            }
        }
    )* };
}

tuples! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
    9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8;
    10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9;
    11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10;
    12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11;
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
    of: PhantomData<fn() -> R>,
}

impl<'c, R: Mapped> Select<'c, R> {
    pub(crate) fn new(db: &'c Connection, sql: &str) -> Result<Self, ReadError> {
        let statement = match R::SELECT {
            "" => db.prepare_cached(sql)?,
            select => db.prepare_cached(&[select, " ", sql].concat())?,
        };
        if R::SELECT.is_empty() && !same_names(&statement, R::NAMES) {
            let found = statement
                .column_names()
                .into_iter()
                .map(str::to_owned)
                .collect();
            return Err(ReadError::Columns {
                row: R::SOURCE,
                expected: R::NAMES,
                found,
            });
        }
        Ok(Self {
            statement,
            of: PhantomData,
        })
    }

    pub(crate) fn prepared(db: &'c Connection, sql: &str) -> Result<Self, ReadError> {
        Ok(Self {
            statement: db.prepare_cached(sql)?,
            of: PhantomData,
        })
    }

    /// Runs the statement; the rows are read as the iterator is asked for them.
    pub fn rows(&mut self, params: impl Params) -> Result<Rows<'_, R>, ReadError> {
        bind(&mut self.statement, params)?;
        Ok(Rows {
            rows: self.statement.raw_query(),
            of: PhantomData,
        })
    }

    /// Runs the statement and reads all rows.
    pub fn all(&mut self, params: impl Params) -> Result<Vec<R>, ReadError> {
        bind(&mut self.statement, params)?;
        let mut rows = self.statement.raw_query();
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(R::read(&Values::new::<R>(row))?);
        }
        Ok(all)
    }

    /// The first row, for statements that have one at the most.
    pub(crate) fn first(
        &mut self,
        bind: impl FnOnce(&mut Statement<'_>) -> Result<(), ReadError>,
    ) -> Result<Option<R>, ReadError> {
        bind(&mut self.statement)?;
        let mut rows = self.statement.raw_query();
        match rows.next()? {
            Some(row) => R::read(&Values::new::<R>(row)).map(Some),
            None => Ok(None),
        }
    }

    /// Runs the statement and reads its row; an error if there are several.
    pub fn one(&mut self, params: impl Params) -> Result<Option<R>, ReadError> {
        bind(&mut self.statement, params)?;
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

/// Binds all parameters of a statement.
#[inline]
pub(crate) fn bind(statement: &mut Statement<'_>, params: impl Params) -> Result<(), ReadError> {
    let expected = statement.parameter_count();
    match params.count() {
        Some(given) if given != expected => {
            let sql = statement.expanded_sql().unwrap_or_default();
            Err(ReadError::ParameterCount {
                expected,
                given,
                sql,
            })
        }
        _ => params.each(|slot, value| match slot {
            Slot::Number(number) => bind_one(statement, number, value),
            Slot::Name(name) => Ok(statement.raw_bind_parameter(
                name,
                value.map_err(|source| ReadError::Parameter { number: 0, source })?,
            )?),
        }),
    }
}

#[inline]
pub(crate) fn bind_one(
    statement: &mut Statement<'_>,
    number: usize,
    value: Result<ToSqlOutput<'_>, ValueError>,
) -> Result<(), ReadError> {
    match value {
        Ok(value) => Ok(statement.raw_bind_parameter(number, value)?),
        Err(source) => Err(ReadError::Parameter { number, source }),
    }
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
