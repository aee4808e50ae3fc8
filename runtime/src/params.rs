use crate::query::ReadError;
use crate::value::{Parameter, ValueError};
use rusqlite::types::ToSqlOutput;
use rusqlite::{Statement, ToSql};

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

/// Binds all parameters of a statement.
#[inline]
pub(crate) fn bind(statement: &mut Statement<'_>, params: impl Params) -> Result<(), ReadError> {
    let expected = statement.parameter_count();
    match params.count() {
        Some(given) if given != expected => Err(ReadError::ParameterCount { expected, given }),
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
