use crate::column::Fits;
use crate::column_type::ColumnType;
use crate::params;
use crate::query::ReadError;
use crate::table::Table;
use crate::value::ValueError;
use crate::write::WriteError;
use rusqlite::CachedStatement;
use rusqlite::types::{ToSqlOutput, ValueRef};

/// The type of a primary key: a column type, or a tuple of some.
pub trait Key: Sized {
    #[doc(hidden)]
    fn read<'v>(part: &dyn Fn(usize) -> ValueRef<'v>) -> Result<Self, ValueError>;
}

impl<T: ColumnType> Key for T {
    #[inline]
    fn read<'v>(part: &dyn Fn(usize) -> ValueRef<'v>) -> Result<Self, ValueError> {
        <T as ColumnType>::read(part(0))
    }
}

impl Key for crate::column::UncheckedKey {
    fn read<'v>(_: &dyn Fn(usize) -> ValueRef<'v>) -> Result<Self, ValueError> {
        Ok(Self)
    }
}

/// Takes the number of a parameter and its value.
type BindPart<'b> =
    &'b mut dyn FnMut(usize, Result<ToSqlOutput<'_>, ValueError>) -> Result<(), ReadError>;

/// A value that names a row by its primary key of type `K`: a `K`, a reference to one, `&str` for a text, or a tuple.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a key of type `{K}`",
    label = "expected `{K}`"
)]
pub trait KeyValue<K> {
    #[doc(hidden)]
    fn bind(&self, after: usize, bind: BindPart<'_>) -> Result<(), ReadError>;
}

#[diagnostic::do_not_recommend]
impl<K, V: Fits<K>> KeyValue<K> for V {
    #[inline]
    fn bind(&self, after: usize, bind: BindPart<'_>) -> Result<(), ReadError> {
        bind(after + 1, self.fit())
    }
}

macro_rules! tuples {
    ($($($key:ident $value:ident $index:tt),*;)*) => { $(
        impl<$($key: ColumnType),*> Key for ($($key,)*) {
            fn read<'v>(part: &dyn Fn(usize) -> ValueRef<'v>) -> Result<Self, ValueError> {
                Ok(($(<$key as ColumnType>::read(part($index))?,)*))
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($key, $value: Fits<$key>),*> KeyValue<($($key,)*)> for ($($value,)*) {
            fn bind(&self, after: usize, bind: BindPart<'_>) -> Result<(), ReadError> {
                $(bind(after + $index + 1, self.$index.fit())?;)*
                Ok(())
            }
        }
    )* };
}

tuples! {
    A V 0, B W 1;
    A V 0, B W 1, C X 2;
    A V 0, B W 1, C X 2, D Y 3;
    A V 0, B W 1, C X 2, D Y 3, E Z 4;
}

pub(crate) fn bind_key<T: Table>(
    statement: &mut CachedStatement<'_>,
    after: usize,
    key: &impl KeyValue<T::Key>,
) -> Result<(), WriteError> {
    key.bind(after, &mut |number, value| {
        params::bind_one(statement, number, value)
    })
    .map_err(|error| match error {
        ReadError::Parameter { number, source } => {
            let part = T::TABLE.primary_key[(number - after - 1) % T::TABLE.primary_key.len()];
            WriteError::Value {
                table: T::NAME,
                column: T::TABLE.columns[part].name,
                source,
            }
        }
        ReadError::Sqlite(source) => WriteError::Sqlite {
            table: T::NAME,
            source,
        },
        _ => WriteError::Sqlite {
            table: T::NAME,
            source: rusqlite::Error::InvalidQuery,
        },
    })
}
