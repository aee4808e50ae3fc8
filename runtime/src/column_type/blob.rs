use super::ColumnType;
use crate::declare::{Domain, Facts, Type};
use crate::value::{ValueError, blob};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};

macro_rules! blobs {
    ($($ty:ty)*) => { $(
        impl ColumnType for $ty {
            type NotNull = Self;
            const FACTS: Facts = Facts::new(Type::Blob);

            #[inline]
            fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self)))
            }

            #[inline]
            fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
                blob(value).map(Into::into)
            }
        }
    )* };
}

blobs! { Vec<u8> Box<[u8]> }

impl<const N: usize> ColumnType for [u8; N] {
    type NotNull = Self;
    const FACTS: Facts = Facts::new(Type::Blob).domain(Domain::Length(N));

    #[inline]
    fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self)))
    }

    #[inline]
    fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
        let bytes = blob(value)?;
        bytes.try_into().map_err(|_| ValueError::Length {
            expected: N,
            found: bytes.len(),
        })
    }
}

/// Whatever SQLite can store.
impl ColumnType for Value {
    type NotNull = Self;
    const FACTS: Facts = Facts::new(Type::Any).nullable();

    fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        Ok(ToSqlOutput::Borrowed(self.into()))
    }

    fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
        value
            .try_into()
            .map_err(|_| ValueError::unexpected("UTF-8 text", value))
    }
}
