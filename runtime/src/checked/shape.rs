//! What a row can be read as: a struct, a column, a tuple of columns.

use crate::column_type::ColumnType;
use crate::declare::Type;
use crate::query::ReadError;
use crate::row::{Kinds, Mapped, Values};
use std::marker::PhantomData;

/// A column of a result, as SQLite knows it.
#[derive(Clone, Copy, Debug)]
pub struct ResultColumn {
    pub name: &'static str,
    /// The column of a table that it is; empty for an expression.
    pub origin: &'static str,
    /// What it stores; [`Type::Any`] where that is not certain.
    pub ty: Type,
    /// Whether NULL has to be expected; false where that is not known.
    pub nullable: bool,
}

/// What a row is read into.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// The table, or the struct: for messages.
    pub source: &'static str,
    pub names: &'static [&'static str],
    pub kinds: Kinds,
    /// Whether the names are those of fields, which columns are found by.
    pub by_name: bool,
}

/// Reads rows as `T`: the functions here if it is a struct, those of [`Scalar`] otherwise.
#[derive(Debug)]
pub struct Shape<T>(PhantomData<T>);

impl Fields {
    /// Values without fields are called as the columns are.
    pub const fn or_called(mut self, columns: &'static [&'static str]) -> Self {
        if !self.by_name {
            self.names = columns;
        }
        self
    }
}

impl<T: Mapped> Shape<T> {
    pub const FIELDS: Fields = Fields {
        source: T::SOURCE,
        names: T::NAMES,
        kinds: T::KINDS,
        by_name: true,
    };

    #[inline]
    pub fn read(values: &Values<'_>) -> Result<T, ReadError> {
        T::read(values)
    }
}

/// One column, or a tuple of columns, by position.
#[diagnostic::on_unimplemented(
    message = "a row cannot be read as `{Self}`",
    note = "write a struct with `#[derive(Table)]` or `#[derive(Row)]`, a column type, or a tuple of column types"
)]
pub trait Scalar {
    type Row;

    const FIELDS: Fields;

    fn read(values: &Values<'_>) -> Result<Self::Row, ReadError>;
}

const fn scalar(kinds: Kinds) -> Fields {
    Fields {
        source: "sql!",
        names: &[],
        kinds,
        by_name: false,
    }
}

impl<T: ColumnType> Scalar for Shape<T> {
    type Row = T;

    const FIELDS: Fields = scalar(Kinds::Each(&[T::FACTS]));

    #[inline]
    fn read(values: &Values<'_>) -> Result<T, ReadError> {
        values.read(0, T::read)
    }
}

macro_rules! tuples {
    ($($($name:ident $index:tt),*;)*) => { $(
        impl<$($name: ColumnType),*> Scalar for Shape<($($name,)*)> {
            type Row = ($($name,)*);

            const FIELDS: Fields = scalar(Kinds::Each(&[$($name::FACTS),*]));

            #[inline]
            fn read(values: &Values<'_>) -> Result<Self::Row, ReadError> {
                Ok(($(values.read($index, $name::read)?,)*))
            }
        }
    )* };
}

tuples! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
    A 0, B 1, C 2, D 3, E 4;
    A 0, B 1, C 2, D 3, E 4, F 5;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
}
