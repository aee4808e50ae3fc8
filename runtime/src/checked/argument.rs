//! The arguments of a statement, and whether they fit the columns that they are compared with or stored in.

use crate::query::ReadError;
use crate::value::{Parameter, ValueError};
use rusqlite::types::ToSqlOutput;

/// An argument, and the number of its parameter.
#[derive(Debug)]
pub struct At<'v, const NUMBER: usize, T: ?Sized> {
    /// The argument.
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

/// Asks of an argument what it is stored as.
#[derive(Debug)]
pub struct Probe<'v, T: ?Sized>(pub &'v T);

/// An argument that is compared with a column, or stored in it; a message says which. A type that does not say what it is
/// stored as is taken for anything: the first trait is only there for those that do, and goes before the second, which is
/// one reference further away.
#[doc(hidden)]
#[macro_export]
macro_rules! __argument {
    ($value:ident $fit:ident $message:literal $label:literal $($class:ident)*) => {{
        use $crate::__private::{Probe, Stored};

        #[diagnostic::on_unimplemented(message = $message, label = $label)]
        trait Fits {}
        $(
            #[diagnostic::do_not_recommend]
            impl Fits for $crate::__private::$class {}
        )*

        trait Known<'v> {
            type Argument: ?$crate::__private::Sized;
            type As;
            fn $fit(&self) -> &'v Self::Argument
            where
                Self::As: Fits;
        }

        impl<'v, T: Stored + ?$crate::__private::Sized> Known<'v> for Probe<'v, T> {
            type Argument = T;
            type As = T::As;
            #[inline]
            fn $fit(&self) -> &'v T
            where
                T::As: Fits,
            {
                self.0
            }
        }

        trait Unknown<'v> {
            type Argument: ?$crate::__private::Sized;
            fn $fit(&self) -> &'v Self::Argument;
        }

        impl<'v, T: ?$crate::__private::Sized> Unknown<'v> for &Probe<'v, T> {
            type Argument = T;
            #[inline]
            fn $fit(&self) -> &'v T {
                self.0
            }
        }

        (&Probe($value)).$fit()
    }};
}
