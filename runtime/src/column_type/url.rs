use super::ColumnType;
use crate::declare::{Facts, Type};
use crate::value::{ValueError, parameters, text};
use rusqlite::types::{ToSqlOutput, ValueRef};
use url::Url;

/// As text, normalised as the type is: `https://example.org/`.
impl ColumnType for Url {
    type NotNull = Self;
    const FACTS: Facts = Facts::new(Type::Text);

    #[inline]
    fn write(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(
            self.as_str().as_bytes(),
        )))
    }

    fn read(value: ValueRef<'_>) -> Result<Self, ValueError> {
        let text = text(value)?;
        Self::parse(text).map_err(|error| ValueError::invalid(text, error))
    }
}

parameters! { TEXT: Url; }
