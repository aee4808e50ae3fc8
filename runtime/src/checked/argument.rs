//! Whether an argument fits the column that it is compared with or stored in.

/// What `None` alone is.
pub const NULL: Option<i64> = None;

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
