use super::{Fields, Form};
use std::ops::RangeInclusive;

#[derive(Debug, thiserror::Error)]
pub(super) enum Malformed {
    #[error("expected the form {example}; the text differs from it at character {position}")]
    Form {
        example: &'static str,
        position: usize,
    },
    #[error("the {unit} is {found}; expected {least} to {most}")]
    Range {
        unit: &'static str,
        found: i32,
        least: u32,
        most: u32,
    },
}

/// One pass over the text.
pub(super) struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    form: Form,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, form: Form) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            form,
        }
    }

    pub(super) fn fields(mut self) -> Result<Fields, Malformed> {
        let mut fields = Fields::default();
        if self.form != Form::Time {
            self.date(&mut fields)?;
        }
        if matches!(self.form, Form::Civil | Form::Instant) && !self.skip(b'T') {
            self.expect(b' ')?;
        }
        if self.form != Form::Date {
            self.time(&mut fields)?;
        }
        if self.form == Form::Instant {
            let offset = self.offset()?;
            fields = fields.in_utc(offset)?;
        }
        if self.at < self.text.len() {
            return Err(self.malformed());
        }
        Ok(fields)
    }

    fn date(&mut self, fields: &mut Fields) -> Result<(), Malformed> {
        fields.year = self.number(4, "year", 0..=9999)?.cast_signed();
        self.expect(b'-')?;
        fields.month = self.number(2, "month", 1..=12)?;
        self.expect(b'-')?;
        fields.day = self.number(2, "day", 1..=month_length(fields.year, fields.month))?;
        Ok(())
    }

    fn time(&mut self, fields: &mut Fields) -> Result<(), Malformed> {
        fields.hour = self.number(2, "hour", 0..=23)?;
        self.expect(b':')?;
        fields.minute = self.number(2, "minute", 0..=59)?;
        if self.skip(b':') {
            fields.second = self.number(2, "second", 0..=59)?;
            if self.skip(b'.') {
                fields.nanosecond = self.fraction()?;
            }
        }
        Ok(())
    }

    fn fraction(&mut self) -> Result<u32, Malformed> {
        let mut unit = 100_000_000;
        let mut nanoseconds = self.digit().ok_or_else(|| self.malformed())? * unit;
        unit /= 10;
        while unit > 0
            && let Some(digit) = self.digit()
        {
            nanoseconds += digit * unit;
            unit /= 10;
        }
        Ok(nanoseconds)
    }

    /// Minutes east of UTC. SQLite's own functions write none, and mean UTC.
    fn offset(&mut self) -> Result<i32, Malformed> {
        if self.skip(b'Z') || self.at == self.text.len() {
            return Ok(0);
        }
        let west = self.skip(b'-');
        if !west {
            self.expect(b'+')?;
        }
        let hours = self.number(2, "hour of the offset", 0..=23)?;
        self.expect(b':')?;
        let minutes = self.number(2, "minute of the offset", 0..=59)?;
        let minutes = (hours * 60 + minutes).cast_signed();
        Ok(if west { -minutes } else { minutes })
    }

    fn number(
        &mut self,
        width: usize,
        unit: &'static str,
        range: RangeInclusive<u32>,
    ) -> Result<u32, Malformed> {
        let mut number = 0;
        for _ in 0..width {
            number = number * 10 + self.digit().ok_or_else(|| self.malformed())?;
        }
        if range.contains(&number) {
            Ok(number)
        } else {
            Err(Malformed::Range {
                unit,
                found: number.cast_signed(),
                least: *range.start(),
                most: *range.end(),
            })
        }
    }

    fn digit(&mut self) -> Option<u32> {
        let digit = char::from(*self.text.get(self.at)?).to_digit(10)?;
        self.at += 1;
        Some(digit)
    }

    fn skip(&mut self, byte: u8) -> bool {
        let found = self.text.get(self.at) == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8) -> Result<(), Malformed> {
        if self.skip(byte) {
            Ok(())
        } else {
            Err(self.malformed())
        }
    }

    #[cold]
    fn malformed(&self) -> Malformed {
        Malformed::Form {
            example: self.form.example(),
            position: self.at + 1,
        }
    }
}

impl Fields {
    /// Offsets are shorter than a day, so the date moves by one day at most.
    fn in_utc(mut self, offset: i32) -> Result<Self, Malformed> {
        let minutes = (self.hour * 60 + self.minute).cast_signed() - offset;
        let of_day = minutes.rem_euclid(24 * 60).unsigned_abs();
        (self.hour, self.minute) = (of_day / 60, of_day % 60);
        if minutes < 0 {
            self.day -= 1;
            if self.day == 0 {
                (self.year, self.month) = match self.month {
                    1 => (self.year - 1, 12),
                    month => (self.year, month - 1),
                };
                self.day = month_length(self.year, self.month);
            }
        } else if minutes >= 24 * 60 {
            self.day += 1;
            if self.day > month_length(self.year, self.month) {
                (self.year, self.month) = match self.month {
                    12 => (self.year + 1, 1),
                    month => (self.year, month + 1),
                };
                self.day = 1;
            }
        }
        if (0..=9999).contains(&self.year) {
            Ok(self)
        } else {
            Err(Malformed::Range {
                unit: "year in UTC",
                found: self.year,
                least: 0,
                most: 9999,
            })
        }
    }
}

/// In the calendar of today, as ISO 8601 and SQLite count all years.
const fn month_length(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
