use crate::Table;
use crate::query::ReadError;
use rusqlite::Statement;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use std::fmt::Write as _;

/// The keys of many rows, as one parameter: `[[1,"a"],null]`.
pub(super) struct Keys(String);

impl Keys {
    pub(super) fn of<T: Table>(rows: &[T], columns: &[usize]) -> Result<Self, ReadError> {
        let mut json = String::from("[");
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                json.push(',');
            }
            match key_of(row, columns)? {
                None => json.push_str("null"),
                Some(key) => write_key(&mut json, &key),
            }
        }
        json.push(']');
        Ok(Self(json))
    }

    pub(super) fn json(&self) -> &str {
        &self.0
    }
}

/// The values by which a row is found; none where one of them is NULL, which refers to nothing.
pub(super) fn key_of<T: Table>(
    row: &T,
    columns: &[usize],
) -> Result<Option<Vec<Value>>, ReadError> {
    let mut key = Vec::with_capacity(columns.len());
    for column in columns {
        let value = row.key_value(*column).map_err(|source| ReadError::Value {
            table: T::TABLE.name,
            column: T::TABLE.columns[*column].name,
            source,
        })?;
        match value {
            ToSqlOutput::Borrowed(ValueRef::Null) | ToSqlOutput::Owned(Value::Null) => {
                return Ok(None);
            }
            ToSqlOutput::Borrowed(value) => {
                key.push(Value::try_from(value).map_err(rusqlite::Error::from)?)
            }
            ToSqlOutput::Owned(value) => key.push(value),
            _ => return Ok(None),
        }
    }
    Ok(Some(key))
}

pub(super) fn bind(statement: &mut Statement<'_>, key: &[Value]) -> Result<(), ReadError> {
    for (at, value) in key.iter().enumerate() {
        statement.raw_bind_parameter(at + 1, value)?;
    }
    Ok(())
}

fn write_key(json: &mut String, key: &[Value]) {
    json.push('[');
    for (at, value) in key.iter().enumerate() {
        if at > 0 {
            json.push(',');
        }
        match value {
            Value::Null => json.push_str("null"),
            Value::Integer(value) => write(json, format_args!("{value}")),
            // JSON has no word for infinity; SQLite reads a number that is too large as one.
            Value::Real(value) if value.is_infinite() => {
                json.push_str(if *value > 0.0 { "9e999" } else { "-9e999" });
            }
            Value::Real(value) => write(json, format_args!("{value:?}")),
            // Hexadecimal digits need no escape, and carry what JSON cannot: bytes, and U+0000.
            Value::Text(text) => hexadecimal(json, 't', text.as_bytes()),
            Value::Blob(bytes) => hexadecimal(json, 'b', bytes),
        }
    }
    json.push(']');
}

fn hexadecimal(json: &mut String, kind: char, bytes: &[u8]) {
    json.extend(['"', kind]);
    for byte in bytes {
        write(json, format_args!("{byte:02x}"));
    }
    json.push('"');
}

fn write(json: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a text cannot fail.
    let _ = json.write_fmt(text);
}
