mod blob;
mod integer;
mod json;
pub(crate) mod option;
mod real;
mod text;

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod iso8601;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "rust_decimal")]
mod rust_decimal;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "url")]
mod url;
#[cfg(feature = "uuid")]
mod uuid;

use crate::declare::Facts;
use crate::value::ValueError;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use std::fmt;

#[cfg(feature = "serde_json")]
pub use json::Json;
#[cfg(feature = "serde_json")]
pub(crate) use json::to_json;
pub use option::Nullable;
pub use text::Text;

/// A Rust type that is a column.
///
/// Derive it for enums, which are stored as text or as integers, and for newtypes:
///
/// ```
/// use tablature::{ColumnType, Table};
///
/// #[derive(ColumnType, Debug, PartialEq)]
/// enum Status { Draft, Published }
///
/// #[derive(ColumnType, Debug, PartialEq)]
/// struct Slug(String);
///
/// #[derive(Table)]
/// struct Post { #[column(primary_key)] slug: Slug, status: Status }
///
/// assert_eq!(Post::DDL, "\
/// CREATE TABLE post (
///   slug TEXT NOT NULL PRIMARY KEY,
///   status TEXT NOT NULL CONSTRAINT status_values CHECK (status IN ('draft', 'published'))
/// ) STRICT;
/// ");
/// ```
///
/// Implement it for what is stored in a form of its own:
///
/// ```
/// use tablature::declare::{Facts, Type};
/// use tablature::types::{ToSqlOutput, ValueRef};
/// use tablature::{ColumnType, ValueError};
///
/// #[derive(Debug, PartialEq)]
/// struct Celsius(f64);
///
/// impl ColumnType for Celsius {
///     type NotNull = Self;
///     const FACTS: Facts = Facts::new(Type::Real);
///
///     fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
///         self.0.write()
///     }
///
///     fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
///         f64::read(value).map(Celsius)
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a column",
    label = "not a column type",
    note = "derive `ColumnType` for an enum or a newtype of your own",
    note = "or write `#[column(json)]` for a serde type, `#[column(text)]` for one with `Display` and `FromStr`",
    note = "types of other crates need the feature of that name: `chrono`, `jiff`, `rust_decimal`, `time`, `url`, `uuid`"
)]
pub trait ColumnType: Sized {
    /// The type without its `Option`; `Self` for all others. It is the type of a key, which is never NULL.
    type NotNull: ColumnType;

    /// What the type says about its column.
    const FACTS: Facts;

    #[doc(hidden)]
    const TYPED: Typed = Typed::new::<Self, Plain>();

    /// The value as SQLite stores it.
    fn write(&self) -> Result<ToSqlOutput<'_>, ValueError>;

    /// The value that SQLite has stored.
    fn read(value: ValueRef<'_>) -> Result<Self, ValueError>;
}

/// How a field of type `T` is stored: as its [`ColumnType`] says ([`Plain`]), as JSON, or as the text it displays as.
///
/// `#[column(json)]` and `#[column(text)]` choose; there is no need to name these types.
pub trait Codec<T> {
    /// What the column is.
    const FACTS: Facts;

    #[doc(hidden)]
    const TYPED: Typed = Typed::new::<T, Self>();

    /// The value as SQLite stores it.
    fn write(value: &T) -> Result<ToSqlOutput<'_>, ValueError>;

    /// The value that SQLite has stored.
    fn read(value: ValueRef<'_>) -> Result<T, ValueError>;
}

/// As the type's [`ColumnType`] says.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl<T: ColumnType> Codec<T> for Plain {
    const FACTS: Facts = T::FACTS;

    #[inline]
    fn write(value: &T) -> Result<ToSqlOutput<'_>, ValueError> {
        value.write()
    }

    #[inline(always)]
    fn read(value: ValueRef<'_>) -> Result<T, ValueError> {
        T::read(value)
    }
}

/// A type that has been compiled, without its name.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Typed {
    pub(crate) facts: Facts,
    pub(crate) restore: Restore,
}

impl Typed {
    const fn new<T, K: Codec<T> + ?Sized>() -> Self {
        Self {
            facts: K::FACTS,
            restore: Restore(restore::<T, K>),
        }
    }
}

/// Reads a stored value and stores it again, as its type does.
#[derive(Clone, Copy)]
pub(crate) struct Restore(fn(ValueRef<'_>) -> Result<Value, ValueError>);

impl Restore {
    pub(crate) fn value(self, stored: ValueRef<'_>) -> Result<Value, ValueError> {
        (self.0)(stored)
    }
}

/// Without the address, which is another one each time.
impl fmt::Debug for Restore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Restore")
    }
}

fn restore<T, K: Codec<T> + ?Sized>(value: ValueRef<'_>) -> Result<Value, ValueError> {
    let value = K::read(value)?;
    owned(K::write(&value)?)
}

fn owned(stored: ToSqlOutput<'_>) -> Result<Value, ValueError> {
    match stored {
        ToSqlOutput::Owned(value) => Ok(value),
        ToSqlOutput::Borrowed(value) => value
            .try_into()
            .map_err(|_| ValueError::unexpected("UTF-8 text", value)),
        _ => Err(ValueError::Unwritable("it is no plain value".into())),
    }
}
