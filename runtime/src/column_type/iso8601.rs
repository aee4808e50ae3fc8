//! Dates and times as text: ISO 8601, always in the same width, so that the texts sort as the values do.
//!
//! Reading also takes what SQLite's own functions write (<https://www.sqlite.org/lang_datefunc.html#time_values>), and
//! for instants an offset, as other programs write it.

mod reader;

use crate::value::{ValueError, text};
use reader::Reader;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use std::fmt::Display;
use std::ops::Range;

/// A type that is stored in one of the [`Form`]s.
pub(super) trait Iso8601: Display + Sized {
    const FORM: Form;

    /// What the type is called in errors.
    const NAME: &'static str;

    /// None if it has no form in UTC.
    fn fields(&self) -> Option<Fields>;

    /// None if the type ends before the year 9999 does.
    fn from_fields(fields: Fields) -> Option<Self>;
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Date,
    Time,
    /// A date and a time of day, in whatever zone.
    Civil,
    /// In UTC.
    Instant,
}

/// A date and a time of day; of a time of day alone the date means nothing, and the other way around.
#[derive(Clone, Copy, Default)]
pub(super) struct Fields {
    pub(super) year: i32,
    pub(super) month: u32,
    pub(super) day: u32,
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    /// From `1_000_000_000` on it is in a leap second, as in chrono.
    pub(super) nanosecond: u32,
}

impl Fields {
    /// This day, at that time.
    pub(super) fn at(self, time: Self) -> Self {
        Self {
            year: self.year,
            month: self.month,
            day: self.day,
            ..time
        }
    }
}

const TEMPLATE: [u8; 30] = *b"0000-00-00T00:00:00.000000000Z";

impl Form {
    /// Its part of [`TEMPLATE`].
    const fn range(self) -> Range<usize> {
        match self {
            Self::Date => 0..10,
            Self::Time => 11..29,
            Self::Civil => 0..29,
            Self::Instant => 0..30,
        }
    }

    const fn example(self) -> &'static str {
        match self {
            Self::Date => "2026-11-21",
            Self::Time => "01:40:44.123456789",
            Self::Civil => "2026-11-21T01:40:44.123456789",
            Self::Instant => "2026-11-21T01:40:44.123456789Z",
        }
    }

    /// The present moment in UTC. SQLite knows milliseconds; the zeros make up the width.
    pub(super) const fn now(self) -> &'static str {
        match self {
            Self::Date => "strftime('%Y-%m-%d', 'now')",
            Self::Time => "strftime('%H:%M:%f000000', 'now')",
            Self::Civil => "strftime('%Y-%m-%dT%H:%M:%f000000', 'now')",
            Self::Instant => "strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')",
        }
    }
}

/// Implements the traits of a column for a type that is [`Iso8601`].
macro_rules! columns {
    ($($(#[$doc:meta])* $ty:ty)*) => {
        $(
            $(#[$doc])*
            impl $crate::ColumnType for $ty {
                type NotNull = Self;
                const FACTS: $crate::declare::Facts =
                    $crate::declare::Facts::new($crate::declare::Type::Text)
                        .now(<Self as $crate::column_type::iso8601::Iso8601>::FORM.now());

                fn write(&self) -> Result<$crate::types::ToSqlOutput<'_>, $crate::ValueError> {
                    $crate::column_type::iso8601::write(self)
                }

                fn read(value: $crate::types::ValueRef<'_>) -> Result<Self, $crate::ValueError> {
                    $crate::column_type::iso8601::read(value)
                }
            }
        )*
        $crate::value::parameters! { TEXT: $($ty)*; }
    };
}

pub(super) use columns;

pub(super) fn write<T: Iso8601>(value: &T) -> Result<ToSqlOutput<'static>, ValueError> {
    let (fields, year) = value
        .fields()
        .and_then(|fields| Some((fields, u32::try_from(fields.year).ok()?)))
        .filter(|(_, year)| *year <= 9999)
        .ok_or_else(|| ValueError::out_of_range(value, "the years 0000 to 9999"))?;
    if fields.nanosecond >= 1_000_000_000 {
        let leap = format!("{value} is in a leap second, which SQLite's times do not have");
        return Err(ValueError::Unwritable(leap.into()));
    }
    let mut text = TEMPLATE;
    for (place, number) in [
        (0..4, year),
        (5..7, fields.month),
        (8..10, fields.day),
        (11..13, fields.hour),
        (14..16, fields.minute),
        (17..19, fields.second),
        (20..29, fields.nanosecond),
    ] {
        digits(&mut text[place], number);
    }
    let text = String::from_utf8(text[T::FORM.range()].to_vec())
        .map_err(|error| ValueError::Unwritable(error.into()))?;
    Ok(ToSqlOutput::Owned(Value::Text(text)))
}

fn digits(place: &mut [u8], mut number: u32) {
    for digit in place.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

pub(super) fn read<T: Iso8601>(value: ValueRef<'_>) -> Result<T, ValueError> {
    let text = text(value)?;
    let fields = Reader::new(text, T::FORM)
        .fields()
        .map_err(|error| ValueError::invalid(text, error))?;
    T::from_fields(fields).ok_or_else(|| ValueError::out_of_range(&text, T::NAME))
}
