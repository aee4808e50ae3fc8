use crate::column_type::{Codec, ColumnType, Plain, Text, option};
use crate::declare::{Facts, Type};
use crate::value::ValueError;
use rusqlite::types::{ToSqlOutput, ValueRef};
use std::marker::PhantomData;

/// A column of the table of `R`, whose field has type `T` and is stored by `K`.
///
/// The derive makes one for every field, in the constant `COLUMNS`:
///
/// ```
/// use tablature::Table;
///
/// #[derive(Table)]
/// struct Post { #[column(primary_key)] id: i64, #[column(name = "heading")] title: String }
///
/// assert_eq!(Post::COLUMNS.title.name(), "heading");
/// ```
#[derive(Debug)]
pub struct Column<R, T, K = Plain> {
    position: usize,
    name: &'static str,
    of: PhantomData<Of<R, T, K>>,
}

/// Owns nothing of these, and so is neither more nor less than a number with types.
type Of<R, T, K> = fn() -> (R, T, K);

impl<R, T, K> Clone for Column<R, T, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, T, K> Copy for Column<R, T, K> {}

impl<R, T, K> Column<R, T, K> {
    #[doc(hidden)]
    pub const fn new(position: usize, name: &'static str) -> Self {
        Self {
            position,
            name,
            of: PhantomData,
        }
    }

    /// Its place among the fields.
    pub const fn position(self) -> usize {
        self.position
    }

    /// Its name in SQL.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// A value for this column, as SQLite takes it.
    #[doc(hidden)]
    #[inline]
    pub fn value<V>(self, value: &V) -> Result<ToSqlOutput<'_>, ValueError>
    where
        K: Takes<T, V>,
    {
        K::take(value)
    }

    /// No value: NULL, or the default where the column is NOT NULL.
    #[doc(hidden)]
    #[inline]
    pub fn none(self) -> Option<T> {
        None
    }
}

/// A Rust value that can be given for a column of type `C`.
///
/// That is a `C`, a reference to one, `&str` for a text and `&[u8]` for a blob. For a column that may be NULL it is also
/// the value without `Some`. An `Option` for a column that is NOT NULL and has a default stands for the default when it
/// is `None`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit a column of type `{C}`",
    label = "expected `{C}`, or a reference to one"
)]
pub trait Fits<C> {
    #[doc(hidden)]
    fn fit(&self) -> Result<ToSqlOutput<'_>, ValueError>;
}

/// A codec that takes a `V` for a column of type `C`.
#[diagnostic::on_unimplemented(
    message = "`{V}` does not fit a column of type `{C}`",
    label = "expected `{C}`, or a reference to one"
)]
pub trait Takes<C, V> {
    #[doc(hidden)]
    fn take(value: &V) -> Result<ToSqlOutput<'_>, ValueError>;
}

#[diagnostic::do_not_recommend]
impl<C, V: Fits<C>> Takes<C, V> for Plain {
    #[inline]
    fn take(value: &V) -> Result<ToSqlOutput<'_>, ValueError> {
        value.fit()
    }
}

macro_rules! codec_takes {
    ($([$($generics:tt)*] $codec:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<C, $($generics)*> Takes<C, C> for $codec where $codec: Codec<C> {
            fn take(value: &C) -> Result<ToSqlOutput<'_>, ValueError> {
                <$codec>::write(value)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<'v, C, $($generics)*> Takes<C, &'v C> for $codec where $codec: Codec<C> {
            fn take<'a>(value: &'a &'v C) -> Result<ToSqlOutput<'a>, ValueError> {
                <$codec>::write(*value)
            }
        }

        /// What `None` is for a column that is no column type of its own.
        #[diagnostic::do_not_recommend]
        impl<C, $($generics)*> Takes<C, Option<C>> for $codec where $codec: Codec<C> {
            fn take(value: &Option<C>) -> Result<ToSqlOutput<'_>, ValueError> {
                option::write(value, <$codec>::write)
            }
        }
    )* };
}

codec_takes! { [const N: bool] Text<N>; }

#[cfg(feature = "serde_json")]
codec_takes! { [const N: bool] crate::column_type::Json<N>; }

#[cfg(feature = "serde_json")]
#[diagnostic::do_not_recommend]
impl<T: serde::Serialize, const N: bool> Takes<Vec<T>, &[T]> for crate::column_type::Json<N>
where
    Self: Codec<Vec<T>>,
{
    fn take<'a>(value: &'a &[T]) -> Result<ToSqlOutput<'a>, ValueError> {
        crate::column_type::to_json(*value).map(|json| ToSqlOutput::Owned(json.into()))
    }
}

#[diagnostic::do_not_recommend]
impl<C: ColumnType> Fits<C> for C {
    #[inline]
    fn fit(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        self.write()
    }
}

#[diagnostic::do_not_recommend]
impl<C: ColumnType> Fits<C> for &C {
    #[inline]
    fn fit(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        (*self).write()
    }
}

#[diagnostic::do_not_recommend]
impl<C: ColumnType> Fits<Option<C>> for C {
    #[inline]
    fn fit(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        self.write()
    }
}

#[diagnostic::do_not_recommend]
impl<C: ColumnType> Fits<Option<C>> for &C {
    #[inline]
    fn fit(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        (*self).write()
    }
}

#[diagnostic::do_not_recommend]
impl<C: ColumnType> Fits<C> for Option<C> {
    #[inline]
    fn fit(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        option::write(self, C::write)
    }
}

#[diagnostic::do_not_recommend]
impl<C: ColumnType> Fits<C> for Option<&C> {
    #[inline]
    fn fit(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        option::write(self, |value| (*value).write())
    }
}

#[diagnostic::do_not_recommend]
impl<C: ColumnType> Fits<Option<C>> for Option<&C> {
    #[inline]
    fn fit(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        option::write(self, |value| (*value).write())
    }
}

macro_rules! borrowed {
    ($($borrowed:ty => $($owned:ty),*;)*) => { $($(
        #[diagnostic::do_not_recommend]
        impl Fits<$owned> for &$borrowed {
            #[inline]
            fn fit(&self) -> Result<ToSqlOutput<'_>, ValueError> {
                crate::Parameter::parameter(*self)
            }
        }

        #[diagnostic::do_not_recommend]
        impl Fits<Option<$owned>> for &$borrowed {
            #[inline]
            fn fit(&self) -> Result<ToSqlOutput<'_>, ValueError> {
                crate::Parameter::parameter(*self)
            }
        }

        #[diagnostic::do_not_recommend]
        impl Fits<$owned> for Option<&$borrowed> {
            #[inline]
            fn fit(&self) -> Result<ToSqlOutput<'_>, ValueError> {
                crate::Parameter::parameter(self)
            }
        }

        #[diagnostic::do_not_recommend]
        impl Fits<Option<$owned>> for Option<&$borrowed> {
            #[inline]
            fn fit(&self) -> Result<ToSqlOutput<'_>, ValueError> {
                crate::Parameter::parameter(self)
            }
        }
    )*)* };
}

borrowed! {
    str => String, Box<str>, std::sync::Arc<str>, std::borrow::Cow<'_, str>;
    [u8] => Vec<u8>, Box<[u8]>;
}

#[diagnostic::do_not_recommend]
impl<const N: usize> Fits<Vec<u8>> for &[u8; N] {
    #[inline]
    fn fit(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        crate::Parameter::parameter(*self)
    }
}

/// Reads a column of a table into a field of the same type.
#[doc(hidden)]
#[inline]
pub fn read<R, T, K: Codec<T>, const ORDERED: bool>(
    _: Column<R, T, K>,
    values: &crate::row::Values<'_, ORDERED>,
    position: usize,
) -> Result<T, crate::ReadError> {
    values.read(position, K::read)
}

/// The codec of a table whose attributes are wrong: it takes everything, so that one mistake stays one message.
#[doc(hidden)]
#[derive(Debug)]
pub struct Unchecked;

#[diagnostic::do_not_recommend]
impl<C, V> Takes<C, V> for Unchecked {
    fn take(_: &V) -> Result<ToSqlOutput<'_>, ValueError> {
        Err(ValueError::NotANumber)
    }
}

impl<T> Codec<T> for Unchecked {
    const FACTS: Facts = Facts::new(Type::Any);

    fn write(_: &T) -> Result<ToSqlOutput<'_>, ValueError> {
        Err(ValueError::NotANumber)
    }

    fn read(_: ValueRef<'_>) -> Result<T, ValueError> {
        Err(ValueError::NotANumber)
    }
}

/// The key of such a table, which everything fits.
#[doc(hidden)]
#[derive(Debug)]
pub struct UncheckedKey;

#[diagnostic::do_not_recommend]
impl<V> Fits<UncheckedKey> for V {
    fn fit(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        Err(ValueError::NotANumber)
    }
}
