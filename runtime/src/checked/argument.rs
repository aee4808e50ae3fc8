//! The arguments of a statement, and whether they fit the columns that they are compared with or stored in.

use crate::query::ReadError;
use crate::stored::{ANY, BLOB, INTEGER, NUMERIC, REAL, Stored, TEXT};
use crate::value::{Parameter, ValueError};
use rusqlite::types::ToSqlOutput;

/// An argument, and the number of its parameter.
#[derive(Debug)]
pub struct At<'v, const NUMBER: usize, T: ?Sized> {
    pub value: &'v T,
}

/// What `None` alone is.
pub const NULL: Option<i64> = None;

/// Any number of arguments: `(At, (At, ()))`.
pub trait Arguments {
    fn each(
        &self,
        bind: impl FnMut(usize, Result<ToSqlOutput<'_>, ValueError>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError>;
}

impl Arguments for () {
    #[inline]
    fn each(
        &self,
        _: impl FnMut(usize, Result<ToSqlOutput<'_>, ValueError>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        Ok(())
    }
}

impl<const NUMBER: usize, T: Parameter + ?Sized, Rest: Arguments> Arguments
    for (At<'_, NUMBER, T>, Rest)
{
    #[inline]
    fn each(
        &self,
        mut bind: impl FnMut(usize, Result<ToSqlOutput<'_>, ValueError>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        bind(NUMBER, self.0.value.parameter())?;
        self.1.each(bind)
    }
}

/// Asks of an argument what it is stored as. A type that does not say is taken for anything: [`Known`] is only there
/// for those that do, and goes before [`Unknown`], which is one reference further away.
#[derive(Debug)]
pub struct Probe<'v, T: ?Sized>(pub &'v T);

/// An argument whose type says what it is stored as.
pub trait Known<'v> {
    type Argument: ?Sized;
    type As;

    /// The argument, if it fits.
    fn stored_as<C>(&self) -> &'v Self::Argument
    where
        Self::As: FitsColumn<C>;
}

impl<'v, T: Stored + ?Sized> Known<'v> for Probe<'v, T> {
    type Argument = T;
    type As = T::As;

    #[inline]
    fn stored_as<C>(&self) -> &'v T
    where
        T::As: FitsColumn<C>,
    {
        self.0
    }
}

/// Any other.
pub trait Unknown<'v> {
    type Argument: ?Sized;

    /// The argument.
    fn stored_as<C>(&self) -> &'v Self::Argument;
}

impl<'v, T: ?Sized> Unknown<'v> for &Probe<'v, T> {
    type Argument = T;

    #[inline]
    fn stored_as<C>(&self) -> &'v T {
        self.0
    }
}

/// What can be stored in, or compared with, a column.
#[diagnostic::on_unimplemented(
    message = "an argument that is {Self} does not fit a column that is {C}",
    label = "stored as {Self}, where the statement has a column that is {C}"
)]
pub trait FitsColumn<C> {}

macro_rules! fits {
    ($($column:ident: $($value:ident)*;)*) => { $($(
        #[diagnostic::do_not_recommend]
        impl FitsColumn<$column> for $value {}
    )*)* };
}

fits! {
    INTEGER: INTEGER ANY;
    REAL: INTEGER REAL ANY;
    NUMERIC: INTEGER REAL ANY;
    TEXT: TEXT ANY;
    BLOB: BLOB ANY;
}
