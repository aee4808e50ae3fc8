use crate::check::{Arguments, parameters};
use crate::query::ReadError;
use crate::value::{Parameter, ValueError};
use rusqlite::types::{Null, ToSqlOutput, Value, ValueRef};
use rusqlite::{Statement, ToSql};

/// Parameters of a query: nothing, an array of up to 32 [`Parameter`]s, a slice, a tuple of up to twelve, or what rusqlite's
/// `params!` and `named_params!` make.
///
/// Every parameter needs a value, and every value a parameter; one that is missing is an error before the statement runs,
/// never NULL. Values without names are counted as SQLite counts: a number that the statement leaves out, as 2 in
/// `?1, ?3`, has a place among them all the same.
///
/// ```
/// # use tablature::Table;
/// # #[derive(Table)]
/// # struct Post { #[column(primary_key)] id: i64, title: String }
/// # fn main() -> tablature::Result<()> {
/// # let db = tablature::Connection::open_in_memory()?;
/// # db.execute_batch(Post::DDL)?;
/// Post::query(&db, "ORDER BY id", ())?;
/// Post::query(&db, "ORDER BY id", [])?;
/// Post::query(&db, "WHERE id IN (?1, ?2)", [1, 2])?;
/// Post::query(&db, "WHERE id > ?1 AND title = ?2", (1, "Hello"))?;
/// Post::query(&db, "WHERE title = :title", tablature::named_params! { ":title": "Hello" })?;
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the parameters of a statement",
    note = "for more than 32 values of one type give a slice: `values.as_slice()`",
    note = "one value stands in an array: `[value]`"
)]
pub trait Params: sealed::Sealed {
    /// What is compared with the parameters of the statement.
    #[doc(hidden)]
    fn given(&self) -> Given<'_>;

    /// Hands over each value with its parameter.
    #[doc(hidden)]
    fn each(
        self,
        bind: impl FnMut(Slot<'_>, Result<ToSqlOutput<'_>, ValueError>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError>;
}

/// How many values there are, or their names.
#[derive(Clone, Copy)]
#[doc(hidden)]
pub enum Given<'a> {
    Count(usize),
    Names(&'a [(&'a str, &'a dyn ToSql)]),
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
    #[inline]
    fn given(&self) -> Given<'_> {
        Given::Count(0)
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

/// Length by length, so that there is one type for `[]`, which has no value that could tell it.
impl Params for [&dyn Parameter; 0] {
    #[inline]
    fn given(&self) -> Given<'_> {
        Given::Count(0)
    }

    #[inline]
    fn each(
        self,
        _: impl FnMut(Slot<'_>, Result<ToSqlOutput<'_>, ValueError>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        Ok(())
    }
}

macro_rules! arrays {
    ($($count:literal)*) => { $(
        impl<T: Parameter> Params for [T; $count] {
            #[inline]
            fn given(&self) -> Given<'_> {
                Given::Count($count)
            }

            #[inline]
            fn each(
                self,
                bind: impl FnMut(Slot<'_>, Result<ToSqlOutput<'_>, ValueError>) -> Result<(), ReadError>,
            ) -> Result<(), ReadError> {
                self.as_slice().each(bind)
            }
        }
    )* };
}

arrays! { 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 }

impl<T: Parameter> sealed::Sealed for &[T] {}

impl<T: Parameter> Params for &[T] {
    #[inline]
    fn given(&self) -> Given<'_> {
        Given::Count(self.len())
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
    #[inline]
    fn given(&self) -> Given<'_> {
        Given::Count(self.len())
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
    fn given(&self) -> Given<'_> {
        Given::Names(self)
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
            #[inline]
            fn given(&self) -> Given<'_> {
                Given::Count($count)
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

/// Binds all parameters of a statement, or none.
#[inline]
pub(crate) fn bind(
    statement: &mut Statement<'_>,
    sql: &str,
    params: impl Params,
) -> Result<(), ReadError> {
    match params.given() {
        Given::Count(given) if given == statement.parameter_count() => {}
        Given::Names(pairs) if is_whole(statement, pairs) => {}
        given => compare(statement, sql, given)?,
    }
    params.each(|slot, value| match slot {
        Slot::Number(number) => bind_one(statement, number, value),
        Slot::Name(name) => Ok(statement.raw_bind_parameter(
            name,
            value.map_err(|source| ReadError::Parameter { number: 0, source })?,
        )?),
    })
}

/// Whether each parameter is named once, and nothing else is; what is not so clear is compared in full.
fn is_whole(statement: &Statement<'_>, pairs: &[(&str, &dyn ToSql)]) -> bool {
    let is_named = |name: &str| pairs.iter().any(|it| it.0 == name);
    let count = statement.parameter_count();
    pairs.len() == count && (1..=count).all(|it| statement.parameter_name(it).is_some_and(is_named))
}

/// SQLite takes a parameter that is left out for NULL, and a statement that runs again keeps its earlier value.
#[cold]
fn compare(statement: &Statement<'_>, sql: &str, given: Given<'_>) -> Result<(), ReadError> {
    let arguments = match given {
        Given::Count(count) => Arguments::Counted(count),
        Given::Names(pairs) => {
            Arguments::Named(pairs.iter().map(|(name, _)| (*name).to_owned()).collect())
        }
    };
    let compared = arguments.check(sql, &parameters(statement));
    compared.map_err(|source| ReadError::Arguments {
        sql: sql.to_owned(),
        source,
    })
}

#[inline]
pub(crate) fn bind_one(
    statement: &mut Statement<'_>,
    number: usize,
    value: Result<ToSqlOutput<'_>, ValueError>,
) -> Result<(), ReadError> {
    match value {
        Ok(value) => Ok(bind_value(statement, number, value)?),
        Err(source) => Err(ReadError::Parameter { number, source }),
    }
}

/// Binds by the kind of the value. The column's type decides it, so that only one arm is left once this is inlined,
/// where rusqlite would look at the kind of every value of every row.
#[inline(always)]
pub(crate) fn bind_value(
    statement: &mut Statement<'_>,
    number: usize,
    value: ToSqlOutput<'_>,
) -> rusqlite::Result<()> {
    match value {
        ToSqlOutput::Owned(Value::Integer(value))
        | ToSqlOutput::Borrowed(ValueRef::Integer(value)) => {
            statement.raw_bind_parameter(number, value)
        }
        ToSqlOutput::Owned(Value::Real(value)) | ToSqlOutput::Borrowed(ValueRef::Real(value)) => {
            statement.raw_bind_parameter(number, value)
        }
        ToSqlOutput::Owned(Value::Null) | ToSqlOutput::Borrowed(ValueRef::Null) => {
            statement.raw_bind_parameter(number, Null)
        }
        ToSqlOutput::Borrowed(ValueRef::Text(text)) => {
            statement.raw_bind_parameter(number, Text(text))
        }
        value => bind_any(statement, number, value),
    }
}

#[cold]
fn bind_any(
    statement: &mut Statement<'_>,
    number: usize,
    value: ToSqlOutput<'_>,
) -> rusqlite::Result<()> {
    statement.raw_bind_parameter(number, value)
}

/// A text as SQLite takes it: it was one, and is not looked at again.
struct Text<'a>(&'a [u8]);

impl ToSql for Text<'_> {
    #[inline]
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0)))
    }
}
