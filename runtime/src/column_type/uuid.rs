use super::ColumnType;
use crate::declare::{Domain, Facts, Type};
use crate::value::{ValueError, parameters};
use rusqlite::types::{ToSqlOutput, ValueRef};
use uuid::Uuid;

/// As its 16 bytes, in the order in which it is written. `#[column(text)]` stores it as text, in 36.
impl ColumnType for Uuid {
    type NotNull = Self;
    const FACTS: Facts = Facts::new(Type::Blob).domain(Domain::Length(16));

    #[inline]
    fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        self.as_bytes().write()
    }

    #[inline]
    fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
        match value {
            ValueRef::Text(_) => Err(ValueError::unexpected(
                "a blob of 16 bytes (a UUID that is stored as text needs `#[column(text)]`)",
                value,
            )),
            value => ColumnType::read(value).map(Self::from_bytes),
        }
    }
}

parameters! { BLOB: Uuid; }
