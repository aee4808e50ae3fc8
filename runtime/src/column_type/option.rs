use super::ColumnType;
use crate::declare::Facts;
use crate::value::ValueError;
use rusqlite::types::{Null, ToSqlOutput, Value, ValueRef};

impl<T: ColumnType> ColumnType for Option<T> {
    type NotNull = T::NotNull;
    const FACTS: Facts = T::FACTS.nullable();

    #[inline]
    fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        write(self, T::write)
    }

    #[inline(always)]
    fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
        read(value, T::read)
    }
}

/// Tells in a constant whether a type is an `Option`, by what the compiler knows of it rather than by how it is spelled.
///
/// The inherent constant exists for options only and goes before the one of [`NotNull`].
#[derive(Debug)]
pub struct Nullable<T>(std::marker::PhantomData<T>);

impl<T> Nullable<Option<T>> {
    /// It is.
    pub const IS: bool = true;
}

/// The other case of [`Nullable`].
pub trait NotNull {
    /// It is not.
    const IS: bool = false;
}

impl<T> NotNull for Nullable<T> {}

#[inline]
pub(crate) fn write<'v, T>(
    value: &'v Option<T>,
    write: impl FnOnce(&'v T) -> Result<ToSqlOutput<'v>, ValueError>,
) -> Result<ToSqlOutput<'v>, ValueError> {
    match value {
        Some(value) => write(value),
        None => Ok(ToSqlOutput::Owned(Value::from(Null))),
    }
}

#[inline(always)]
pub(crate) fn read<'v, T>(
    value: ValueRef<'v>,
    read: impl FnOnce(ValueRef<'v>) -> Result<T, ValueError>,
) -> Result<Option<T>, ValueError> {
    match value {
        ValueRef::Null => Ok(None),
        value => match read(value) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error),
        },
    }
}
