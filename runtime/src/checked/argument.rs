//! Whether an argument fits the column that it is compared with or stored in.

use crate::stored::{ANY, BLOB, INTEGER, REAL, Stored, TEXT};

/// What `None` alone is.
pub const NULL: Option<i64> = None;

/// Asks of an argument what it is stored as.
#[derive(Debug)]
pub struct Probe<'v, T: ?Sized>(pub &'v T);

macro_rules! columns {
    ($($fits:ident $method:ident $message:literal $label:literal: $($class:ident)*;)*) => {
        $(
            /// What fits such a column. `C` is called as the column is, for the message.
            #[diagnostic::on_unimplemented(message = $message, label = $label)]
            pub trait $fits<C> {}
            $(
                #[diagnostic::do_not_recommend]
                impl<C> $fits<C> for $class {}
            )*
        )*

        /// An argument whose type says what it is stored as. Any other is taken for anything: this trait is only there
        /// for those that do say, and goes before [`Unknown`], which is one reference further away.
        pub trait Known<'v> {
            /// The argument's type.
            type Argument: ?Sized;
            /// What it is stored as.
            type As;
            $(
                /// The argument, if it fits.
                fn $method<C>(&self) -> &'v Self::Argument
                where
                    Self::As: $fits<C>;
            )*
        }

        impl<'v, T: Stored + ?Sized> Known<'v> for Probe<'v, T> {
            type Argument = T;
            type As = T::As;
            $(
                #[inline]
                fn $method<C>(&self) -> &'v T
                where
                    T::As: $fits<C>,
                {
                    self.0
                }
            )*
        }

        /// Any other argument.
        pub trait Unknown<'v> {
            /// Its type.
            type Argument: ?Sized;
            $(
                /// The argument.
                fn $method<C>(&self) -> &'v Self::Argument;
            )*
        }

        impl<'v, T: ?Sized> Unknown<'v> for &Probe<'v, T> {
            type Argument = T;
            $(
                #[inline]
                fn $method<C>(&self) -> &'v T {
                    self.0
                }
            )*
        }
    };
}

columns! {
    FitsInteger integer "`{C}` is INTEGER, which this argument does not fit" "expected what is stored as an integer":
        INTEGER ANY;
    FitsNumber number "`{C}` is a number, which this argument does not fit" "expected what is stored as a number":
        INTEGER REAL ANY;
    FitsText text "`{C}` is TEXT, which this argument does not fit" "expected what is stored as a text":
        TEXT ANY;
    FitsBlob blob "`{C}` is BLOB, which this argument does not fit" "expected what is stored as bytes":
        BLOB ANY;
}
