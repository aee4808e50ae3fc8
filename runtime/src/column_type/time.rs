use super::iso8601::{Fields, Form, Iso8601, columns};
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcDateTime};

columns! {
    /// As `2026-11-21T01:40:44.123456789Z`.
    UtcDateTime
    /// As `2026-11-21T01:40:44.123456789Z`: in UTC. What is read is the same instant, with the offset zero.
    OffsetDateTime
    /// As `2026-11-21T01:40:44.123456789`. `default = now` is the time in UTC.
    PrimitiveDateTime
    /// As `2026-11-21`. `default = now` is the day in UTC.
    Date
    /// As `01:40:44.123456789`. `default = now` is the time in UTC.
    Time
}

impl Iso8601 for UtcDateTime {
    const FORM: Form = Form::Instant;
    const NAME: &'static str = "time::UtcDateTime";

    fn fields(&self) -> Option<Fields> {
        PrimitiveDateTime::new(self.date(), self.time()).fields()
    }

    fn from_fields(fields: Fields) -> Option<Self> {
        PrimitiveDateTime::from_fields(fields).map(PrimitiveDateTime::as_utc)
    }
}

impl Iso8601 for OffsetDateTime {
    const FORM: Form = Form::Instant;
    const NAME: &'static str = "time::OffsetDateTime";

    fn fields(&self) -> Option<Fields> {
        self.checked_to_utc()?.fields()
    }

    fn from_fields(fields: Fields) -> Option<Self> {
        PrimitiveDateTime::from_fields(fields).map(PrimitiveDateTime::assume_utc)
    }
}

impl Iso8601 for PrimitiveDateTime {
    const FORM: Form = Form::Civil;
    const NAME: &'static str = "time::PrimitiveDateTime";

    fn fields(&self) -> Option<Fields> {
        Some(self.date().fields()?.at(self.time().fields()?))
    }

    fn from_fields(fields: Fields) -> Option<Self> {
        let date = Date::from_fields(fields)?;
        Some(Self::new(date, Time::from_fields(fields)?))
    }
}

impl Iso8601 for Date {
    const FORM: Form = Form::Date;
    const NAME: &'static str = "time::Date";

    fn fields(&self) -> Option<Fields> {
        let (year, month, day) = self.to_calendar_date();
        Some(Fields {
            year,
            month: u8::from(month).into(),
            day: day.into(),
            ..Fields::default()
        })
    }

    fn from_fields(fields: Fields) -> Option<Self> {
        let month = u8::try_from(fields.month).ok()?;
        let month = Month::try_from(month).ok()?;
        Self::from_calendar_date(fields.year, month, fields.day.try_into().ok()?).ok()
    }
}

impl Iso8601 for Time {
    const FORM: Form = Form::Time;
    const NAME: &'static str = "time::Time";

    fn fields(&self) -> Option<Fields> {
        let (hour, minute, second, nanosecond) = self.as_hms_nano();
        Some(Fields {
            hour: hour.into(),
            minute: minute.into(),
            second: second.into(),
            nanosecond,
            ..Fields::default()
        })
    }

    fn from_fields(fields: Fields) -> Option<Self> {
        Self::from_hms_nano(
            fields.hour.try_into().ok()?,
            fields.minute.try_into().ok()?,
            fields.second.try_into().ok()?,
            fields.nanosecond,
        )
        .ok()
    }
}
