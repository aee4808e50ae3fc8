#![cfg(feature = "serde_json")]

use super::{Codec, ColumnType};
use crate::declare::{Domain, Facts, Type};
use crate::value::{ValueError, text};
use rusqlite::types::{Null, ToSqlOutput, Value, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// `#[column(json)]`: as JSON.
///
/// In a nullable column `None` is NULL. Both NULL and the JSON text `null` are read as `None`.
#[derive(Clone, Copy, Debug)]
pub struct Json<const NULLABLE: bool>;

const FACTS: Facts = Facts::new(Type::Text).domain(Domain::Json);

impl<T: Serialize + DeserializeOwned, const NULLABLE: bool> Codec<T> for Json<NULLABLE> {
    const FACTS: Facts = if NULLABLE { FACTS.nullable() } else { FACTS };

    fn write(value: &T) -> Result<ToSqlOutput<'_>, ValueError> {
        let json = to_json(value)?;
        Ok(ToSqlOutput::Owned(if NULLABLE && json == "null" {
            Null.into()
        } else {
            Value::Text(json)
        }))
    }

    fn read(value: ValueRef<'_>) -> Result<T, ValueError> {
        match value {
            ValueRef::Null if NULLABLE => from_json("null"),
            value => from_json(text(value)?),
        }
    }
}

impl ColumnType for serde_json::Value {
    type NotNull = Self;
    const FACTS: Facts = FACTS;

    fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        <Json<false> as Codec<Self>>::write(self)
    }

    fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
        <Json<false> as Codec<Self>>::read(value)
    }
}

pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String, ValueError> {
    serde_json::to_string(value).map_err(|error| ValueError::Unwritable(error.into()))
}

fn from_json<T: DeserializeOwned>(json: &str) -> Result<T, ValueError> {
    serde_json::from_str(json).map_err(|error| ValueError::invalid(json, error))
}
