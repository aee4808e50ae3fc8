use super::ColumnType;
use crate::declare::{Domain, Facts, Type};
use crate::value::ValueError;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};

/// Seconds since 1970, for `touch` and `default = now` on an integer.
const UNIX_EPOCH: &str = "unixepoch()";

macro_rules! integers {
    ($($ty:ty)*) => { $(
        impl ColumnType for $ty {
            type NotNull = Self;
            const FACTS: Facts = Facts::new(Type::Integer).now(UNIX_EPOCH);

            #[inline]
            fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
                match i64::try_from(*self) {
                    Ok(number) => Ok(ToSqlOutput::Owned(Value::Integer(number))),
                    Err(_) => Err(ValueError::out_of_range(self, "a 64-bit signed integer")),
                }
            }

            #[inline]
            fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
                match value {
                    ValueRef::Integer(number) => {
                        Self::try_from(number).map_err(|_| ValueError::out_of_range(&number, stringify!($ty)))
                    }
                    other => Err(ValueError::unexpected("an integer", other)),
                }
            }
        }
    )* };
}

integers! { i8 i16 i32 i64 isize u8 u16 u32 u64 usize }

impl ColumnType for bool {
    type NotNull = Self;
    const FACTS: Facts = Facts::new(Type::Integer).domain(Domain::Integers(&[0, 1]));

    #[inline]
    fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        Ok(ToSqlOutput::Owned(Value::Integer(i64::from(*self))))
    }

    #[inline]
    fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
        match value {
            ValueRef::Integer(0) => Ok(false),
            ValueRef::Integer(1) => Ok(true),
            other => Err(ValueError::unexpected("0 or 1", other)),
        }
    }
}
