use super::random::Random;
use rusqlite::types::Value;

/// What a column holds, as far as its type tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// The rowid, under its own name or a column's.
    Id,
    Integer,
    Boolean,
    Real,
    Text,
    Blob,
    /// Numbers of both kinds.
    Numeric,
    /// Dates as texts and numbers: SQLite has no type of its own for them.
    Moment,
    /// All there is.
    Any,
}

impl Class {
    /// See <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>; STRICT tables allow only names for
    /// which these rules are right too, and ANY.
    pub(super) fn of(declared: &str) -> Self {
        let declared = declared.to_ascii_uppercase();
        let has = |part: &str| declared.contains(part);
        match () {
            () if declared.is_empty() || declared == "ANY" => Self::Any,
            () if has("INT") => Self::Integer,
            () if has("CHAR") || has("CLOB") || has("TEXT") => Self::Text,
            () if has("BLOB") => Self::Blob,
            () if has("REAL") || has("FLOA") || has("DOUB") => Self::Real,
            () if has("BOOL") => Self::Boolean,
            () if has("DATE") || has("TIME") => Self::Moment,
            () => Self::Numeric,
        }
    }

    /// The type to cast to for the affinity of such a column. Not to a number: it would turn any text into one.
    pub(super) fn cast(self) -> Option<&'static str> {
        match self {
            Self::Real => Some("REAL"),
            Self::Text => Some("TEXT"),
            _ => None,
        }
    }

    /// Whether a value is of the kind that such a column is meant for.
    pub(super) fn holds(self, value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::Integer(_) => !matches!(self, Self::Text | Self::Blob),
            Value::Real(_) => !matches!(
                self,
                Self::Id | Self::Integer | Self::Boolean | Self::Text | Self::Blob
            ),
            Value::Text(_) => matches!(self, Self::Text | Self::Any | Self::Moment),
            Value::Blob(_) => matches!(self, Self::Blob | Self::Any),
        }
    }

    /// The n-th value, each another one: first those that break careless code, then as many as are asked for.
    pub(super) fn value(self, n: usize) -> Value {
        let number = i64::try_from(n).unwrap_or(i64::MAX);
        match self {
            // With gaps, and one that needs more than 32 bits.
            Self::Id => match [1, 2, 7, 900, 5_000_000_000].get(n) {
                Some(&id) => Value::Integer(id),
                None => Value::Integer(900 + number),
            },
            Self::Boolean => Value::Integer(number),
            Self::Integer => integer(n),
            Self::Real => real(n),
            Self::Text => Value::Text(text(n)),
            Self::Blob => Value::Blob(blob(n)),
            Self::Numeric => match n % 3 {
                0 => integer(n / 3),
                1 => Value::Real(10.5 + exact(n)),
                _ => Value::Real(-0.125 - exact(n)),
            },
            Self::Moment => moment(n),
            Self::Any => match n % 4 {
                0 => Value::Text(text(n / 4)),
                1 => integer(n / 4),
                2 => Value::Blob(blob(n / 4)),
                _ => Value::Real(0.25 + exact(n)),
            },
        }
    }

    /// How many values come first.
    pub(super) const fn first(self) -> usize {
        match self {
            Self::Boolean => 2,
            Self::Id | Self::Moment => 5,
            Self::Real | Self::Blob => 7,
            Self::Integer => 9,
            Self::Text => 11,
            Self::Numeric | Self::Any => 12,
        }
    }

    /// A value that most likely no row has.
    pub(super) fn fresh(self, random: &mut Random) -> Value {
        let n = random.below(1_000_000);
        match self {
            Self::Boolean => Value::Integer(i64::from(random.once_in(2))),
            Self::Text => Value::Text(format!("text {n}")),
            _ => self.value(1000 + n),
        }
    }
}

/// More than a REAL can hold exactly, and still far enough from the end to count with.
const LARGE: i64 = 9_007_199_254_740_993;

fn integer(n: usize) -> Value {
    const FIRST: [i64; 9] = [1, 0, -1, LARGE, 42, -LARGE, 2_147_483_648, 7, 2];
    Value::Integer(match FIRST.get(n) {
        Some(&first) => first,
        None => 1000 + i64::try_from(n).unwrap_or(0) * 7,
    })
}

fn real(n: usize) -> Value {
    const FIRST: [f64; 7] = [1.5, 0.0, -0.25, 1e300, 3.0, -1e-300, 0.1];
    Value::Real(match FIRST.get(n) {
        Some(&first) => first,
        None => 100.5 + exact(n),
    })
}

fn text(n: usize) -> String {
    const FIRST: [&str; 11] = [
        "plain",
        "",
        "it's \"quoted\"",
        "007",
        "two\nlines\r\n\tand ; --",
        "Ünïcödé 🦀 日本語",
        "2024-02-29",
        "NULL",
        " spaces ",
        "2024-02-29T12:34:56Z",
        "%_\\",
    ];
    match FIRST.get(n) {
        Some(&first) => first.to_owned(),
        None => format!("text {n}"),
    }
}

fn blob(n: usize) -> Vec<u8> {
    match n {
        0 => vec![0, 0xff, 0x27],
        1 => Vec::new(),
        2 => b"text".to_vec(),
        _ => [n.to_le_bytes(), (n * 31).to_be_bytes()].concat(),
    }
}

fn moment(n: usize) -> Value {
    match n {
        0 => Value::Text("2024-02-29 12:34:56".to_owned()),
        1 => Value::Text("1970-01-01".to_owned()),
        2 => Value::Integer(1_709_210_096),
        3 => Value::Text("2024-12-31T23:59:59.999+14:00".to_owned()),
        4 => Value::Real(1_709_210_096.789),
        _ => Value::Integer(1_600_000_000 + i64::try_from(n).unwrap_or(0)),
    }
}

/// Small numbers only, which a REAL holds exactly.
fn exact(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
