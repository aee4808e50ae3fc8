use rusqlite::types::Value;
use std::fmt::{self, Display, Write as _};
use std::str::FromStr;

/// Where a page ended. As a text it is made of letters, digits, `-` and `.`, fit for a URL.
///
/// ```
/// use tablature::Cursor;
///
/// let cursor: Cursor = "t68656c6c6f.i7".parse().unwrap();
/// assert_eq!(cursor.to_string(), "t68656c6c6f.i7");
/// assert!("hello".parse::<Cursor>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    pub(super) values: Vec<Value>,
}

/// A text that is no [`Cursor`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of a page")]
pub struct InvalidCursor;

impl Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, value) in self.values.iter().enumerate() {
            if i > 0 {
                f.write_char('.')?;
            }
            match value {
                Value::Null => f.write_char('n')?,
                Value::Integer(number) => write!(f, "i{number}")?,
                Value::Real(number) => write!(f, "r{:x}", number.to_bits())?,
                Value::Text(text) => hex(f, 't', text.as_bytes())?,
                Value::Blob(bytes) => hex(f, 'b', bytes)?,
            }
        }
        Ok(())
    }
}

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let values: Option<Vec<Value>> = text.split('.').map(value).collect();
        values.map(|values| Self { values }).ok_or(InvalidCursor)
    }
}

fn value(text: &str) -> Option<Value> {
    let rest = text.get(1..)?;
    match text.as_bytes().first()? {
        b'n' if rest.is_empty() => Some(Value::Null),
        b'i' => rest.parse().ok().map(Value::Integer),
        b'r' => u64::from_str_radix(rest, 16)
            .ok()
            .map(|bits| Value::Real(f64::from_bits(bits))),
        b't' => String::from_utf8(bytes(rest)?).ok().map(Value::Text),
        b'b' => bytes(rest).map(Value::Blob),
        _ => None,
    }
}

fn hex(f: &mut fmt::Formatter<'_>, kind: char, bytes: &[u8]) -> fmt::Result {
    f.write_char(kind)?;
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes();
    if !digits.len().is_multiple_of(2) || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok())
        .collect()
}
