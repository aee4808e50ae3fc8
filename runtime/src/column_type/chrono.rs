use super::iso8601::{Fields, Form, Iso8601, columns};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

columns! {
    /// As `2026-11-21T01:40:44.123456789Z`. An instant in a leap second is refused.
    DateTime<Utc>
    /// As `2026-11-21T01:40:44.123456789`. `default = now` is the time in UTC.
    NaiveDateTime
    /// As `2026-11-21`. `default = now` is the day in UTC.
    NaiveDate
    /// As `01:40:44.123456789`. `default = now` is the time in UTC.
    NaiveTime
}

impl Iso8601 for DateTime<Utc> {
    const FORM: Form = Form::Instant;
    const NAME: &'static str = "chrono::DateTime<Utc>";

    fn fields(&self) -> Option<Fields> {
        self.naive_utc().fields()
    }

    fn from_fields(fields: Fields) -> Option<Self> {
        NaiveDateTime::from_fields(fields).map(|utc| utc.and_utc())
    }
}

impl Iso8601 for NaiveDateTime {
    const FORM: Form = Form::Civil;
    const NAME: &'static str = "chrono::NaiveDateTime";

    fn fields(&self) -> Option<Fields> {
        Some(self.date().fields()?.at(self.time().fields()?))
    }

    fn from_fields(fields: Fields) -> Option<Self> {
        let date = NaiveDate::from_fields(fields)?;
        Some(date.and_time(NaiveTime::from_fields(fields)?))
    }
}

impl Iso8601 for NaiveDate {
    const FORM: Form = Form::Date;
    const NAME: &'static str = "chrono::NaiveDate";

    fn fields(&self) -> Option<Fields> {
        Some(Fields {
            year: self.year(),
            month: self.month(),
            day: self.day(),
            ..Fields::default()
        })
    }

    fn from_fields(fields: Fields) -> Option<Self> {
        Self::from_ymd_opt(fields.year, fields.month, fields.day)
    }
}

impl Iso8601 for NaiveTime {
    const FORM: Form = Form::Time;
    const NAME: &'static str = "chrono::NaiveTime";

    fn fields(&self) -> Option<Fields> {
        Some(Fields {
            hour: self.hour(),
            minute: self.minute(),
            second: self.second(),
            nanosecond: self.nanosecond(),
            ..Fields::default()
        })
    }

    fn from_fields(fields: Fields) -> Option<Self> {
        Self::from_hms_nano_opt(fields.hour, fields.minute, fields.second, fields.nanosecond)
    }
}
