use super::iso8601::{Fields, Form, Iso8601, columns};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

columns! {
    /// As `2026-11-21T01:40:44.123456789Z`.
    Timestamp
    /// As `2026-11-21T01:40:44.123456789`. `default = now` is the time in UTC.
    DateTime
    /// As `2026-11-21`. `default = now` is the day in UTC.
    Date
    /// As `01:40:44.123456789`. `default = now` is the time in UTC.
    Time
}

impl Iso8601 for Timestamp {
    const FORM: Form = Form::Instant;
    const NAME: &'static str = "jiff::Timestamp";

    fn fields(&self) -> Option<Fields> {
        Offset::UTC.to_datetime(*self).fields()
    }

    fn from_fields(fields: Fields) -> Option<Self> {
        Offset::UTC
            .to_timestamp(DateTime::from_fields(fields)?)
            .ok()
    }
}

impl Iso8601 for DateTime {
    const FORM: Form = Form::Civil;
    const NAME: &'static str = "jiff::civil::DateTime";

    fn fields(&self) -> Option<Fields> {
        Some(self.date().fields()?.at(self.time().fields()?))
    }

    fn from_fields(fields: Fields) -> Option<Self> {
        let date = Date::from_fields(fields)?;
        Some(date.to_datetime(Time::from_fields(fields)?))
    }
}

impl Iso8601 for Date {
    const FORM: Form = Form::Date;
    const NAME: &'static str = "jiff::civil::Date";

    fn fields(&self) -> Option<Fields> {
        Some(Fields {
            year: self.year().into(),
            month: self.month().unsigned_abs().into(),
            day: self.day().unsigned_abs().into(),
            ..Fields::default()
        })
    }

    fn from_fields(fields: Fields) -> Option<Self> {
        Self::new(
            fields.year.try_into().ok()?,
            fields.month.try_into().ok()?,
            fields.day.try_into().ok()?,
        )
        .ok()
    }
}

impl Iso8601 for Time {
    const FORM: Form = Form::Time;
    const NAME: &'static str = "jiff::civil::Time";

    fn fields(&self) -> Option<Fields> {
        Some(Fields {
            hour: self.hour().unsigned_abs().into(),
            minute: self.minute().unsigned_abs().into(),
            second: self.second().unsigned_abs().into(),
            nanosecond: self.subsec_nanosecond().unsigned_abs(),
            ..Fields::default()
        })
    }

    fn from_fields(fields: Fields) -> Option<Self> {
        Self::new(
            fields.hour.try_into().ok()?,
            fields.minute.try_into().ok()?,
            fields.second.try_into().ok()?,
            fields.nanosecond.try_into().ok()?,
        )
        .ok()
    }
}
