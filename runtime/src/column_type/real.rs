use super::ColumnType;
use crate::declare::{Facts, Type};
use crate::value::ValueError;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};

/// SQLite stores NaN as NULL, so it is refused: <https://www.sqlite.org/floatingpoint.html>.
impl ColumnType for f64 {
    type NotNull = Self;
    const FACTS: Facts = Facts::new(Type::Real);

    #[inline]
    fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        if self.is_nan() {
            return Err(ValueError::NotANumber);
        }
        Ok(ToSqlOutput::Owned(Value::Real(*self)))
    }

    #[inline]
    fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
        match value {
            ValueRef::Real(number) => Ok(number),
            // A table that is not STRICT may hold an integer here. Up to this size every one is a float too.
            #[expect(clippy::cast_precision_loss, reason = "the condition excludes it")]
            ValueRef::Integer(number) if number.unsigned_abs() <= 1 << f64::MANTISSA_DIGITS => {
                Ok(number as f64)
            }
            other => Err(ValueError::unexpected("a number", other)),
        }
    }
}

/// Stored as the `f64` that equals it.
impl ColumnType for f32 {
    type NotNull = Self;
    const FACTS: Facts = Facts::new(Type::Real);

    #[inline]
    fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        if self.is_nan() {
            return Err(ValueError::NotANumber);
        }
        Ok(ToSqlOutput::Owned(Value::Real(f64::from(*self))))
    }

    /// What an `f32` cannot hold is rounded to the nearest that it can, as Rust does with a literal.
    #[inline]
    fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "rounding is what an f32 asks for; overflow is an error"
        )]
        f64::read(value).and_then(|wide| {
            let narrow = wide as f32;
            if narrow.is_infinite() && wide.is_finite() {
                Err(ValueError::out_of_range(&wide, "f32"))
            } else {
                Ok(narrow)
            }
        })
    }
}
