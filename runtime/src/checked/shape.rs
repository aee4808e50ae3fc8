//! What a row can be read as: a struct, a column, a tuple of columns.

use crate::column_type::ColumnType;
use crate::declare::Type;
use crate::query::ReadError;
use crate::row::{Kinds, Mapped, Values};
use std::marker::PhantomData;

/// A column of a result, as SQLite knows it.
#[derive(Clone, Copy, Debug)]
pub struct ResultColumn {
    /// What the statement calls it.
    pub name: &'static str,
    /// The column of a table that it is; empty for an expression.
    pub origin: &'static str,
    /// What it stores; [`Type::Any`] where that is not certain.
    pub ty: Type,
    /// Whether NULL has to be expected; false where that is not known.
    pub nullable: bool,
    /// Whether that is because its table may have no row for one of the result.
    pub rowless: bool,
}

/// What a row is read into.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// The table, or the struct: for messages.
    pub source: &'static str,
    /// The names of the fields, or of the columns.
    pub names: &'static [&'static str],
    /// What they store.
    pub kinds: Kinds,
    /// Whether the names are those of fields, which columns are found by.
    pub by_name: bool,
}

impl Fields {
    /// Values without fields are called as the columns are.
    const fn or_called(mut self, columns: &'static [&'static str]) -> Self {
        if !self.by_name {
            self.names = columns;
        }
        self
    }
}

/// Finds out how rows are read as `T`: as a struct if it is one, which goes before [`Other`].
#[derive(Debug)]
pub struct Shape<T>(PhantomData<T>);

/// Rows are read as `T`, in the way of `S`.
#[derive(Debug)]
pub struct As<T, S>(PhantomData<fn() -> (T, S)>);

impl<T, S> Clone for As<T, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, S> Copy for As<T, S> {}

/// By the names of its fields.
#[derive(Debug)]
pub enum Struct {}

/// By position: one column, or a tuple of columns.
#[derive(Debug)]
pub enum Columns {}

impl<T: Mapped> Shape<T> {
    /// It is a struct.
    pub const ROW: As<T, Struct> = As(PhantomData);
}

/// What is no struct.
pub trait Other {
    /// What it is.
    type Row;

    /// It is something else.
    const ROW: Self::Row;
}

impl<T> Other for Shape<T> {
    type Row = As<T, Columns>;

    const ROW: Self::Row = As(PhantomData);
}

/// A way to read rows.
#[diagnostic::on_unimplemented(
    message = "a row cannot be read as `{T}`",
    label = "no row",
    note = "expected a struct with `#[derive(Table)]` or `#[derive(Row)]`, a column type, or a tuple of column types"
)]
pub trait Reads<T> {
    /// What is read.
    const FIELDS: Fields;

    /// Reads the current row.
    fn read<const ORDERED: bool>(values: &Values<'_, ORDERED>) -> Result<T, ReadError>;
}

/// What a row is read into. Columns by position are called as the statement calls them.
pub const fn fields<T, S: Reads<T>>(_: As<T, S>, columns: &'static [&'static str]) -> Fields {
    S::FIELDS.or_called(columns)
}

impl<T: Mapped> Reads<T> for Struct {
    const FIELDS: Fields = Fields {
        source: T::SOURCE,
        names: T::NAMES,
        kinds: T::KINDS,
        by_name: true,
    };

    #[inline]
    fn read<const ORDERED: bool>(values: &Values<'_, ORDERED>) -> Result<T, ReadError> {
        T::read(values)
    }
}

const fn by_position(kinds: Kinds) -> Fields {
    Fields {
        source: "sql!",
        names: &[],
        kinds,
        by_name: false,
    }
}

#[diagnostic::do_not_recommend]
impl<T: ColumnType> Reads<T> for Columns {
    const FIELDS: Fields = by_position(Kinds::Each(&[T::FACTS]));

    #[inline]
    fn read<const ORDERED: bool>(values: &Values<'_, ORDERED>) -> Result<T, ReadError> {
        values.read(0, T::read)
    }
}

macro_rules! tuples {
    ($($($name:ident $index:tt),*;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($name: ColumnType),*> Reads<($($name,)*)> for Columns {
            const FIELDS: Fields = by_position(Kinds::Each(&[$($name::FACTS),*]));

            #[inline]
            fn read<const ORDERED: bool>(values: &Values<'_, ORDERED>) -> Result<($($name,)*), ReadError> {
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
