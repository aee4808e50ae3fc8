use super::affinity;
use crate::schema::{Column, Expression, Table, same_name};
use crate::sqlite::plan::planner::name;

/// What a column makes of the values that are stored in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Integer,
    Real,
    /// Integers, and what is none as a real.
    Number,
    Text,
    Blob,
    /// Every value stays as it is.
    Any,
}

/// What becomes of the values of one column in another.
pub(super) enum Becomes {
    /// They stay as they are.
    Same,
    /// Numbers equal to them.
    Equal,
    /// Nothing is converted.
    Nothing,
    /// Other values, in words.
    Other(&'static str),
}

impl Class {
    pub(super) fn of(table: &Table, column: &Column) -> Self {
        let declared = column.declared_type.as_str();
        match affinity(declared) {
            _ if declared.is_empty() || (table.strict && same_name(declared, "any")) => Self::Any,
            "integer" => Self::Integer,
            "real" => Self::Real,
            "text" => Self::Text,
            "blob" => Self::Blob,
            _ => Self::Number,
        }
    }

    /// See <https://www.sqlite.org/datatype3.html#type_affinity> and <https://www.sqlite.org/stricttables.html>.
    pub(super) fn becomes(self, into: Self) -> Becomes {
        match (self, into) {
            (_, Self::Any) => Becomes::Same,
            _ if self == into => Becomes::Same,
            (Self::Integer | Self::Real, Self::Number) => Becomes::Equal,
            (Self::Blob, _) | (_, Self::Blob) => Becomes::Nothing,
            (Self::Real, Self::Text) => Becomes::Other("7.5 becomes '7.5'"),
            (_, Self::Text) => {
                Becomes::Other("7 becomes '7', which a date, for one, cannot be read from")
            }
            (Self::Integer | Self::Number, Self::Real) => {
                Becomes::Other("integers beyond 2^53 lose their last digits")
            }
            (Self::Real | Self::Number, Self::Integer) => Becomes::Other("7.0 becomes 7"),
            (_, Self::Real) => Becomes::Other("'007' becomes 7.0"),
            (_, Self::Integer | Self::Number) => Becomes::Other("'007' becomes 7"),
        }
    }

    /// Whether all values of the one find a place in the other.
    pub(super) fn fits(self, into: Self) -> bool {
        matches!(
            (self, into),
            (Self::Integer, Self::Real) | (Self::Integer | Self::Real, Self::Text)
        )
    }

    /// An expression for `--using`, where there is one to name. What a moment looks like is known from the default alone.
    pub(super) fn example(self, into: Self, after: &Column) -> String {
        let column = name(&after.name);
        let default = after.default.as_ref().map(inside);
        let now = default.and_then(|it| it.strip_suffix("'now')"));
        match (self, into) {
            (Self::Integer | Self::Real | Self::Number, Self::Text) => now
                .map_or_else(String::new, |before| {
                    format!(" (`{before}{column}, 'unixepoch')` reads seconds since 1970)")
                }),
            (Self::Text, Self::Integer | Self::Real) if default == Some("unixepoch()") => {
                format!(" (`unixepoch({column})` reads a moment)")
            }
            (Self::Real | Self::Number, Self::Integer) => {
                format!(" (`CAST(round({column}) AS INTEGER)` rounds)")
            }
            (Self::Text | Self::Any, Self::Integer | Self::Real) => {
                let to = if into == Self::Real {
                    "REAL"
                } else {
                    "INTEGER"
                };
                format!(" (`CAST({column} AS {to})` makes 0 of what is no number)")
            }
            (Self::Text, Self::Blob) => format!(" (`CAST({column} AS BLOB)` takes the bytes)"),
            (Self::Blob, Self::Text) => format!(" (`CAST({column} AS TEXT)` reads UTF-8)"),
            _ => String::new(),
        }
    }
}

/// A default without the parentheses around it.
fn inside(default: &Expression) -> &str {
    let text = default.text();
    let inner = text.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    inner.unwrap_or(text)
}
