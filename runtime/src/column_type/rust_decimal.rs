use super::ColumnType;
use crate::declare::{Facts, Type};
use crate::value::{ValueError, parameters, text};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rust_decimal::Decimal;

/// As text with all its digits: `1.50` stays `1.50`. SQL compares and sorts it as a text, not as a number.
impl ColumnType for Decimal {
    type NotNull = Self;
    const FACTS: Facts = Facts::new(Type::Text);

    fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        Ok(ToSqlOutput::Owned(Value::Text(self.to_string())))
    }

    /// More digits than the type holds are an error; `Decimal::from_str` would round.
    fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
        let text = text(value)?;
        let mut decimal =
            Self::from_str_exact(text).map_err(|error| ValueError::invalid(text, error))?;
        // The parser forgets the sign of `-0.0`.
        decimal.set_sign_negative(text.starts_with('-'));
        Ok(decimal)
    }
}

parameters! { TEXT: Decimal; }
