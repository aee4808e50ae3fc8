use crate::value::{Parameter, ValueError};
use rusqlite::types::{ToSqlOutput, ValueRef};
use std::fmt::Write as _;

/// A list of values as one parameter, for `json_each`: how a condition says IN with as many values as there are.
///
/// ```
/// # use tablature::Table;
/// # #[derive(Table)]
/// # struct Post { #[column(primary_key)] id: i64, title: String }
/// # fn main() -> tablature::Result<()> {
/// # let db = tablature::Connection::open_in_memory()?;
/// # db.execute_batch(Post::DDL)?;
/// # for title in ["a", "b", "c"] { tablature::insert!(&db, Post { title })?; }
/// let ids = [1, 3];
/// let some = "WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY id";
/// assert_eq!(Post::query(&db, some, [tablature::list(&ids)])?.len(), 2);
/// # Ok(())
/// # }
/// ```
///
/// It is a JSON array of numbers, texts and NULLs. JSON has no bytes: a value that is stored as a blob is an error.
pub fn list<T: Parameter>(values: &[T]) -> List<'_, T> {
    List(values)
}

/// What [`list`] returns.
#[derive(Debug)]
pub struct List<'v, T>(&'v [T]);

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

impl<T> crate::stored::Stored for List<'_, T> {
    type As = crate::stored::TEXT;
}

impl<T: Parameter> Parameter for List<'_, T> {
    fn parameter(&self) -> Result<ToSqlOutput<'_>, ValueError> {
        let mut json = String::from("[");
        for (position, value) in self.0.iter().enumerate() {
            if position > 0 {
                json.push(',');
            }
            match &value.parameter()? {
                ToSqlOutput::Borrowed(value) => element(&mut json, *value)?,
                ToSqlOutput::Owned(value) => element(&mut json, value.into())?,
                _ => return Err(refused()),
            }
        }
        json.push(']');
        Ok(ToSqlOutput::Owned(json.into()))
    }
}

fn element(json: &mut String, value: ValueRef<'_>) -> Result<(), ValueError> {
    match value {
        ValueRef::Null => json.push_str("null"),
        ValueRef::Integer(number) => {
            let _ = write!(json, "{number}");
        }
        // SQLite reads what has an exponent beyond its range as infinity.
        ValueRef::Real(number) if number.is_infinite() => {
            json.push_str(if number > 0.0 { "9e999" } else { "-9e999" });
        }
        ValueRef::Real(number) => {
            let _ = write!(json, "{number:?}");
        }
        ValueRef::Text(bytes) => {
            text(
                json,
                str::from_utf8(bytes).map_err(|error| ValueError::Unwritable(error.into()))?,
            );
        }
        ValueRef::Blob(_) => return Err(refused()),
    }
    Ok(())
}

fn text(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\0'..='\x1F' => {
                let _ = write!(json, "\\u{:04x}", u32::from(character));
            }
            other => json.push(other),
        }
    }
    json.push('"');
}

fn refused() -> ValueError {
    ValueError::Unwritable("a list is JSON, which has no blobs".into())
}
