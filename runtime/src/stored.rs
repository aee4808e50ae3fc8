//! What a value is stored as, where its type says so: `sql!` compares it with the column.

/// A type whose values are all stored as one of SQLite's types. A column type that is written by hand need not say.
#[diagnostic::on_unimplemented(message = "`{Self}` does not say what it is stored as")]
pub trait Stored {
    /// As what.
    type As;
}

macro_rules! types {
    ($($(#[$doc:meta])* $name:ident)*) => { $(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}
    )* };
}

types! {
    /// Integers.
    INTEGER
    /// Floating point numbers.
    REAL
    /// Texts.
    TEXT
    /// Bytes.
    BLOB
    /// Any of them.
    ANY
}

impl<T: Stored + ?Sized> Stored for &T {
    type As = T::As;
}

impl<T: Stored> Stored for Option<T> {
    type As = T::As;
}

impl Stored for str {
    type As = TEXT;
}

impl Stored for [u8] {
    type As = BLOB;
}

impl<const N: usize> Stored for [u8; N] {
    type As = BLOB;
}
