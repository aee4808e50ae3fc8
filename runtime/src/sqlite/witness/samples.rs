use crate::declare::Type;
use rusqlite::types::Value;

/// The n-th value of each kind that a type of Rust may ask for, among those that SQLite stores in one way. Those at the
/// ends of a type come first, and there are as many as are asked for. The type itself says which ones it reads.
pub(super) fn nth(ty: Type, n: usize) -> Vec<Value> {
    match ty {
        Type::Integer => vec![Value::Integer(integer(n))],
        Type::Real => vec![Value::Real(real(n))],
        Type::Text => texts(n).into_iter().map(Value::Text).collect(),
        Type::Blob => vec![Value::Blob(blob(n))],
        Type::Any => [Type::Integer, Type::Real, Type::Text, Type::Blob]
            .into_iter()
            .flat_map(|it| nth(it, n))
            .collect(),
    }
}

/// For a key: 0 and the ends of a type are no ids, and the one after the last has to be one too.
pub(super) fn id(n: usize) -> Value {
    Value::Integer(1 + signed(n))
}

fn signed(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX - 1)
}

fn integer(n: usize) -> i64 {
    const FIRST: [i64; 13] = [
        1,
        0,
        -1,
        i8::MAX as i64,
        i8::MIN as i64,
        u8::MAX as i64,
        i16::MAX as i64,
        i16::MIN as i64,
        u16::MAX as i64,
        i32::MAX as i64,
        i32::MIN as i64,
        u32::MAX as i64,
        // More than a REAL can hold exactly, and still far enough from the end to count with.
        (1 << 53) + 1,
    ];
    match (FIRST.get(n), n % 2, signed(n / 2)) {
        (Some(&first), ..) => first,
        (None, 0, half) => half - 5,
        (None, _, half) => 4 - half,
    }
}

fn real(n: usize) -> f64 {
    const FIRST: [f32; 8] = [
        1.5,
        0.0,
        -0.25,
        f32::MAX,
        f32::MIN,
        f32::MIN_POSITIVE,
        3.0,
        0.1,
    ];
    match FIRST.get(n) {
        Some(&first) => first.into(),
        None => 100.5 + f64::from(u32::try_from(n).unwrap_or(u32::MAX)),
    }
}

fn blob(n: usize) -> Vec<u8> {
    const LENGTHS: [usize; 6] = [16, 32, 64, 8, 4, 20];
    bytes(LENGTHS.get(n % 8).copied().unwrap_or(n / 8), n)
}

pub(super) fn bytes(length: usize, n: usize) -> Vec<u8> {
    n.to_le_bytes().into_iter().cycle().take(length).collect()
}

pub(super) fn texts(n: usize) -> Vec<String> {
    let (date, time) = moment(n);
    let (high, low) = (n >> 8 & 0xff, n & 0xff);
    vec![
        character(n),
        format!("{date}T{time}Z"),
        format!("{date}T{time}"),
        date.clone(),
        time.clone(),
        format!("{date}T{time}+00:00[UTC]"),
        decimal(n),
        integer(n).to_string(),
        (n % 2 == 1).to_string(),
        uuid(n),
        format!("https://example.org/it's/{n}?q=%22%25%22"),
        format!("127.0.{high}.{low}"),
        format!("2001:db8::{n:x}"),
        format!("127.0.{high}.{low}:80"),
        format!("it's+{n}@example.org"),
        format!("1.{n}.0"),
        json(n),
    ]
}

fn character(n: usize) -> String {
    const FIRST: [char; 8] = ['a', 'ü', '🦀', '\'', '0', ' ', '"', '%'];
    // Chinese ones, of which there are enough.
    let other = u32::try_from(n)
        .ok()
        .and_then(|n| char::from_u32(0x4e00 + n % 20_000));
    FIRST
        .get(n)
        .copied()
        .or(other)
        .map(String::from)
        .unwrap_or_default()
}

/// A date and a time of day, in the width in which they sort; each date and each time comes once.
fn moment(n: usize) -> (String, String) {
    const FIRST: [(&str, &str); 7] = [
        ("2024-02-29", "12:34:56.789012345"),
        ("0000-01-01", "00:00:00.000000000"),
        ("9999-12-31", "23:59:59.999999999"),
        // The last one of jiff.
        ("9999-12-30", "22:00:00.999999999"),
        ("1970-01-01", "00:00:00.000000001"),
        ("1969-12-31", "23:59:59.000000000"),
        ("2038-01-19", "03:14:08.000000000"),
    ];
    if let Some((date, time)) = FIRST.get(n) {
        return ((*date).to_owned(), (*time).to_owned());
    }
    let (year, month, day) = (2000 + n / 336 % 7999, 1 + n % 12, 1 + n / 12 % 28);
    let (hour, minute, second) = (n % 24, n / 24 % 60, n / 1440 % 60);
    let nanosecond = n % 1_000_000_000;
    (
        format!("{year:04}-{month:02}-{day:02}"),
        format!("{hour:02}:{minute:02}:{second:02}.{nanosecond:09}"),
    )
}

fn decimal(n: usize) -> String {
    const FIRST: [&str; 6] = [
        "1.50",
        "0",
        "-0.25",
        "79228162514264337593543950335",
        "-79228162514264337593543950335",
        "0.0000000000000000000000000001",
    ];
    match FIRST.get(n) {
        Some(&first) => first.to_owned(),
        None => format!("{n}.10"),
    }
}

fn uuid(n: usize) -> String {
    match n {
        0 => "00000000-0000-0000-0000-000000000000".to_owned(),
        1 => "ffffffff-ffff-ffff-ffff-ffffffffffff".to_owned(),
        // Of version 4, as most are.
        _ => format!("67e55044-10b1-426f-9247-{n:012x}"),
    }
}

fn json(n: usize) -> String {
    const FIRST: [&str; 16] = [
        "{}",
        "[]",
        "\"it's\"",
        "1",
        "true",
        "-0.5",
        "[1]",
        "[\"it's\"]",
        "[0, 0]",
        "[\"a\", \"b\"]",
        "[\"a\", 1]",
        "{\"a\": 1}",
        "{\"a\": \"it's\"}",
        "{\"a\": [1]}",
        "[[]]",
        "[{}]",
    ];
    match (FIRST.get(n), n % 4) {
        (Some(&first), _) => first.to_owned(),
        (None, 0) => n.to_string(),
        (None, 1) => format!("\"text {n}\""),
        (None, 2) => format!("[{n}]"),
        (None, _) => format!("{{\"n\":{n}}}"),
    }
}
