use rusqlite::types::{ToSqlOutput, ValueRef};
use std::error::Error;
use std::fmt::Display;

/// A value that does not fit: a Rust value that the column cannot hold, or a stored one that the type cannot.
///
/// The errors of the operations say which table and column it was.
///
/// ```
/// use tablature::{ColumnType, types::ValueRef};
///
/// let error = u8::read(ValueRef::Integer(256)).unwrap_err();
/// assert_eq!(error.to_string(), "256 is out of range for u8");
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ValueError {
    /// A stored value of another type.
    #[error("expected {expected}, found {found}")]
    Unexpected {
        /// What the Rust type reads.
        expected: &'static str,
        /// What there was.
        found: String,
    },
    /// A stored value that is not one of an enum's.
    #[error("unknown value {found}; expected one of {}", .expected.join(", "))]
    Unknown {
        /// The values of the enum.
        expected: &'static [&'static str],
        /// What there was.
        found: String,
    },
    /// A number that the other side cannot hold.
    #[error("{value} is out of range for {target}")]
    OutOfRange {
        /// The number.
        value: String,
        /// The type.
        target: &'static str,
    },
    /// A blob of another length.
    #[error("expected {expected} bytes, found {found}")]
    Length {
        /// The length of the array.
        expected: usize,
        /// The length of the blob.
        found: usize,
    },
    /// NaN, which SQLite would store as NULL.
    #[error("NaN cannot be stored: SQLite has none, and would store NULL")]
    NotANumber,
    /// A stored text that the type does not parse.
    #[error("cannot read {found}: {source}")]
    Invalid {
        /// The text, cut if it is long.
        found: String,
        /// What the type said.
        source: Box<dyn Error + Send + Sync>,
    },
    /// A value that could not be written.
    #[error("cannot be written: {0}")]
    Unwritable(#[source] Box<dyn Error + Send + Sync>),
}

impl ValueError {
    /// A stored value of another type than `expected`, which reads as in "expected an integer".
    ///
    /// ```
    /// use tablature::{ValueError, types::ValueRef};
    ///
    /// let error = ValueError::unexpected("an integer", ValueRef::Text(b"ten"));
    /// assert_eq!(error.to_string(), "expected an integer, found the text 'ten'");
    /// ```
    #[cold]
    pub fn unexpected(expected: &'static str, found: ValueRef<'_>) -> Self {
        Self::Unexpected {
            expected,
            found: describe(found),
        }
    }

    /// A stored text that does not parse.
    ///
    /// ```
    /// use tablature::ValueError;
    ///
    /// let error = ValueError::invalid("x", "x".parse::<i32>().unwrap_err());
    /// assert_eq!(error.to_string(), "cannot read 'x': invalid digit found in string");
    /// ```
    #[cold]
    pub fn invalid(found: &str, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Invalid {
            found: quote(found),
            source: source.into(),
        }
    }

    #[cold]
    pub(crate) fn not_utf8(bytes: &[u8]) -> Self {
        Self::unexpected("UTF-8 text", ValueRef::Text(bytes))
    }

    #[cold]
    pub(crate) fn out_of_range(value: &impl Display, target: &'static str) -> Self {
        Self::OutOfRange {
            value: value.to_string(),
            target,
        }
    }

    #[doc(hidden)]
    #[cold]
    pub fn unknown(expected: &'static [&'static str], found: ValueRef<'_>) -> Self {
        let found = match found {
            ValueRef::Text(text) => quote(&String::from_utf8_lossy(text)),
            other => describe(other),
        };
        Self::Unknown { expected, found }
    }
}

/// The text of a value.
#[inline(always)]
pub(crate) fn text(value: ValueRef<'_>) -> Result<&str, ValueError> {
    match value {
        ValueRef::Text(bytes) => match str::from_utf8(bytes) {
            Ok(text) => Ok(text),
            Err(_) => Err(ValueError::not_utf8(bytes)),
        },
        other => Err(ValueError::unexpected("a text", other)),
    }
}

/// The bytes of a value.
#[inline]
pub(crate) fn blob(value: ValueRef<'_>) -> Result<&[u8], ValueError> {
    match value {
        ValueRef::Blob(bytes) => Ok(bytes),
        other => Err(ValueError::unexpected("a blob", other)),
    }
}

/// A parameter of a query.
///
/// It is implemented for every column type of the standard library and of the crates that have a feature, for `&str`,
/// `&[u8]`, references and options, and by `#[derive(ColumnType)]`. For a column type written by hand it is one line:
/// `parameter` returns what [`ColumnType::write`](crate::ColumnType::write) does.
///
/// ```
/// use tablature::{ColumnType, Table};
///
/// #[derive(ColumnType)]
/// enum Status { Draft, Published }
///
/// #[derive(Table)]
/// struct Post { #[column(primary_key)] id: i64, status: Status }
///
/// # fn main() -> tablature::Result<()> {
/// # let db = tablature::Connection::open_in_memory()?;
/// # db.execute_batch(Post::DDL)?;
/// let drafts = Post::query(&db, "WHERE status = ?1 AND id > ?2", (Status::Draft, 7))?;
/// assert!(drafts.is_empty());
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter",
    note = "derive `ColumnType` for an enum or a newtype of your own",
    note = "for a column type written by hand, implement `tablature::Parameter` with what `ColumnType::write` returns"
)]
pub trait Parameter {
    /// The value as SQLite takes it.
    fn parameter(&self) -> Result<ToSqlOutput<'_>, ValueError>;
}

impl<T: Parameter + ?Sized> Parameter for &T {
    #[inline]
    fn parameter(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        (**self).parameter()
    }
}

impl<T: Parameter> Parameter for Option<T> {
    #[inline]
    fn parameter(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        crate::column_type::option::write(self, T::parameter)
    }
}

impl Parameter for str {
    #[inline]
    fn parameter(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.as_bytes())))
    }
}

impl Parameter for [u8] {
    #[inline]
    fn parameter(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self)))
    }
}

impl<const N: usize> Parameter for [u8; N] {
    #[inline]
    fn parameter(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self)))
    }
}

/// Parameters that are columns too, and what SQLite stores them as.
macro_rules! parameters {
    ($($class:ident: $($ty:ty)*;)*) => { $($(
        impl $crate::stored::Stored for $ty {
            type As = $crate::stored::$class;
        }

        impl $crate::Parameter for $ty {
            #[inline]
            fn parameter(&self) -> Result<$crate::types::ToSqlOutput<'_>, $crate::ValueError> {
                $crate::ColumnType::write(self)
            }
        }
    )*)* };
}

#[cfg(any(
    feature = "chrono",
    feature = "jiff",
    feature = "rust_decimal",
    feature = "time",
    feature = "url",
    feature = "uuid"
))]
pub(crate) use parameters;

parameters! {
    INTEGER: i8 i16 i32 i64 isize u8 u16 u32 u64 usize bool;
    REAL: f32 f64;
    TEXT: char String Box<str> std::sync::Arc<str> std::borrow::Cow<'_, str>;
    BLOB: Vec<u8> Box<[u8]>;
    ANY: rusqlite::types::Value;
}

#[cfg(feature = "serde_json")]
parameters! { TEXT: serde_json::Value; }

/// For rusqlite's own calls.
#[doc(hidden)]
pub fn to_sql<T: crate::ColumnType>(value: &T) -> rusqlite::Result<ToSqlOutput<'_>> {
    value
        .write()
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

/// For rusqlite's own calls.
#[doc(hidden)]
pub fn from_sql<T: crate::ColumnType>(value: ValueRef<'_>) -> rusqlite::types::FromSqlResult<T> {
    T::read(value).map_err(|error| rusqlite::types::FromSqlError::Other(error.into()))
}

fn describe(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => format!("the integer {number}"),
        ValueRef::Real(number) => format!("the number {number:?}"),
        ValueRef::Text(text) => match str::from_utf8(text) {
            Ok(text) => format!("the text {}", quote(text)),
            Err(_) => "a text that is not".to_owned(),
        },
        ValueRef::Blob(bytes) => format!("a blob of {} bytes", bytes.len()),
    }
}

/// Long texts are cut: an error is for reading.
fn quote(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("'{}…'", &text[..end]),
        None => format!("'{text}'"),
    }
}
