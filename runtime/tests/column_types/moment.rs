use crate::random::Random;
use chrono::{NaiveDate, NaiveDateTime};
use jiff::{Timestamp, civil};
use time::PrimitiveDateTime;

/// The same moment in the types of all three crates, each made by its own constructors.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) date: civil::Date,
    pub(crate) time: civil::Time,
}

impl Moment {
    pub(crate) fn of(text: &str) -> Self {
        let civil: civil::DateTime = text.parse().unwrap();
        Self {
            date: civil.date(),
            time: civil.time(),
        }
    }

    pub(crate) fn random(random: &mut Random) -> Self {
        let mut below = |end: u32| random.below(end);
        // Neighbours are the harder case, so half of the moments lie within a minute of one day.
        let (year, month, day, hour, minute) = if below(2) == 0 {
            (2026, 11, 21, 1, 40)
        } else {
            (
                below(10_000),
                1 + below(12),
                1 + below(28),
                below(24),
                below(60),
            )
        };
        let nanosecond = match below(3) {
            0 => below(1_000) * 1_000_000,
            1 => below(10),
            _ => below(1_000_000_000),
        };
        let number = |number: u32| i8::try_from(number).unwrap();
        Self {
            date: civil::date(i16::try_from(year).unwrap(), number(month), number(day)),
            time: civil::time(
                number(hour),
                number(minute),
                number(below(60)),
                i32::try_from(nanosecond).unwrap(),
            ),
        }
    }

    pub(crate) fn jiff(self) -> civil::DateTime {
        self.date.to_datetime(self.time)
    }

    /// A day earlier where jiff's timestamps end.
    pub(crate) fn timestamp(self) -> Timestamp {
        let utc = jiff::tz::Offset::UTC;
        utc.to_timestamp(self.jiff())
            .or_else(|_| utc.to_timestamp(self.jiff() - jiff::Span::new().days(1)))
            .unwrap()
    }

    pub(crate) fn chrono(self) -> NaiveDateTime {
        let of = |number: i8| u32::try_from(number).unwrap();
        let Self { date, time } = self;
        NaiveDate::from_ymd_opt(date.year().into(), of(date.month()), of(date.day()))
            .unwrap()
            .and_hms_nano_opt(
                of(time.hour()),
                of(time.minute()),
                of(time.second()),
                u32::try_from(time.subsec_nanosecond()).unwrap(),
            )
            .unwrap()
    }

    pub(crate) fn time(self) -> PrimitiveDateTime {
        let of = |number: i8| u8::try_from(number).unwrap();
        let Self { date, time } = self;
        PrimitiveDateTime::new(
            time::Date::from_calendar_date(
                date.year().into(),
                of(date.month()).try_into().unwrap(),
                of(date.day()),
            )
            .unwrap(),
            time::Time::from_hms_nano(
                of(time.hour()),
                of(time.minute()),
                of(time.second()),
                u32::try_from(time.subsec_nanosecond()).unwrap(),
            )
            .unwrap(),
        )
    }
}
