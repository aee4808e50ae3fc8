use super::{Codec, ColumnType, option};
use crate::declare::{Facts, Type};
use crate::value::{ValueError, text};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use std::borrow::Cow;
use std::error::Error;
use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

/// For `touch` and `default = now` on a text: as wide as the instants of jiff, chrono and time are stored, so that the
/// column can become one of them. SQLite knows milliseconds; the zeros are the rest.
const NOW: &str = "strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')";

macro_rules! texts {
    ($($ty:ty)*) => { $(
        impl ColumnType for $ty {
            type NotNull = Self;
            const FACTS: Facts = Facts::new(Type::Text).now(NOW);

            #[inline]
            fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.as_bytes())))
            }

            #[inline(always)]
            fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
                match text(value) {
                    Ok(text) => Ok(text.into()),
                    Err(error) => Err(error),
                }
            }
        }
    )* };
}

texts! { String Box<str> Arc<str> }

/// Always read as owned: a row outlives the statement it came from.
impl ColumnType for Cow<'_, str> {
    type NotNull = Self;
    const FACTS: Facts = Facts::new(Type::Text).now(NOW);

    #[inline]
    fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.as_bytes())))
    }

    #[inline]
    fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
        text(value).map(|text| Cow::Owned(text.to_owned()))
    }
}

impl ColumnType for char {
    type NotNull = Self;
    const FACTS: Facts = Facts::new(Type::Text);

    fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        Ok(ToSqlOutput::Owned(Value::Text(self.to_string())))
    }

    fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
        let mut characters = text(value)?.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character),
            _ => Err(ValueError::unexpected("one character", value)),
        }
    }
}

/// `#[column(text)]`: as the text that the value displays as.
#[derive(Clone, Copy, Debug)]
pub struct Text<const NULLABLE: bool>;

impl<T> Codec<T> for Text<false>
where
    T: Display + FromStr,
    T::Err: Into<Box<dyn Error + Send + Sync>>,
{
    const FACTS: Facts = Facts::new(Type::Text);

    fn write(value: &T) -> Result<ToSqlOutput<'_>, ValueError> {
        Ok(ToSqlOutput::Owned(Value::Text(value.to_string())))
    }

    fn read(value: ValueRef<'_>) -> Result<T, ValueError> {
        let text = text(value)?;
        text.parse()
            .map_err(|error: T::Err| ValueError::invalid(text, error))
    }
}

impl<T> Codec<Option<T>> for Text<true>
where
    Text<false>: Codec<T>,
{
    const FACTS: Facts = <Text<false> as Codec<T>>::FACTS.nullable();

    fn write(value: &Option<T>) -> Result<ToSqlOutput<'_>, ValueError> {
        option::write(value, <Text<false> as Codec<T>>::write)
    }

    fn read(value: ValueRef<'_>) -> Result<Option<T>, ValueError> {
        option::read(value, <Text<false> as Codec<T>>::read)
    }
}
