use super::{all, check, differ};
use std::borrow::Cow;
use std::sync::Arc;
use tablature::types::Value;
use tablature::{ColumnType, Schema, Table};

#[derive(ColumnType, Clone, Copy, Debug, PartialEq)]
enum Status {
    Draft,
    Live,
}

#[derive(ColumnType, Clone, Copy, Debug, PartialEq)]
#[repr(i16)]
enum Level {
    Low = -300,
    High = 4000,
}

#[derive(ColumnType, Clone, Copy, Debug, PartialEq)]
struct Percent(u8);

#[derive(Table, Debug)]
struct Numbers {
    #[column(primary_key)]
    id: u32,
    tiny: i8,
    small: i16,
    middle: i32,
    size: isize,
    byte: u8,
    short: u16,
    long: u32,
    longest: u64,
    count: usize,
    flag: bool,
    #[column(check = false)]
    unchecked: bool,
    single: f32,
    double: f64,
    percent: Percent,
    level: Level,
    #[column(check = false)]
    free_level: Level,
    maybe: Option<u8>,
    maybe_single: Option<f32>,
}

#[derive(Table, Debug)]
struct Texts {
    #[column(primary_key)]
    id: i64,
    text: String,
    boxed: Box<str>,
    shared: Arc<str>,
    lent: Cow<'static, str>,
    character: char,
    maybe: Option<char>,
    status: Status,
    #[column(check = false)]
    free_status: Status,
    decimal: rust_decimal::Decimal,
    url: url::Url,
    maybe_url: Option<url::Url>,
    #[column(text)]
    uuid: uuid::Uuid,
    #[column(text)]
    maybe_uuid: Option<uuid::Uuid>,
    #[column(text)]
    address: std::net::IpAddr,
    #[column(text)]
    socket: std::net::SocketAddrV4,
    #[column(text)]
    huge: u128,
    #[column(text)]
    offset: chrono::DateTime<chrono::FixedOffset>,
    #[column(text)]
    zoned: jiff::Zoned,
}

#[derive(Table, Debug)]
struct Blobs {
    #[column(primary_key)]
    id: uuid::Uuid,
    bytes: Vec<u8>,
    boxed: Box<[u8]>,
    hash: [u8; 32],
    #[column(check = false)]
    odd: [u8; 5],
    maybe: Option<uuid::Uuid>,
    anything: Value,
}

#[derive(Table, Debug)]
struct Moments {
    #[column(primary_key)]
    id: i64,
    jiff: jiff::Timestamp,
    jiff_civil: jiff::civil::DateTime,
    jiff_date: jiff::civil::Date,
    jiff_time: jiff::civil::Time,
    chrono: chrono::DateTime<chrono::Utc>,
    chrono_civil: chrono::NaiveDateTime,
    chrono_date: chrono::NaiveDate,
    chrono_time: chrono::NaiveTime,
    time: time::OffsetDateTime,
    time_utc: time::UtcDateTime,
    time_civil: time::PrimitiveDateTime,
    time_date: time::Date,
    time_time: time::Time,
    maybe: Option<jiff::Timestamp>,
    #[column(unique)]
    unique: jiff::Timestamp,
    #[column(default = now, touch)]
    touched: jiff::Timestamp,
}

/// Types in the words of another program, by which SQLite turns texts into numbers where it can.
#[derive(Table, Debug)]
#[table(strict = false)]
struct Loose {
    #[column(primary_key)]
    id: i64,
    #[column(sql_type = "DATETIME")]
    at: jiff::Timestamp,
    #[column(sql_type = "VARCHAR(1)")]
    character: char,
    #[column(sql_type = "tinyint ( 3 )")]
    small: u8,
    #[column(sql_type = "DECIMAL(10, 2)")]
    price: f32,
    anything: Value,
}

tablature::schema! {
    static TYPES = [Numbers, Texts, Blobs, Moments, Loose];
}

fn filled(look: impl Fn(&tablature::Connection)) {
    let types: &Schema = &TYPES;
    check(types, 50, &[], look);
}

#[test]
fn numbers() {
    filled(|db| {
        let rows = all::<Numbers>(db, 50);
        differ(rows.iter().map(|it| it.tiny), 40);
        for extreme in [0, u32::MAX] {
            assert!(rows.iter().any(|it| it.long == extreme), "{extreme}");
        }
        for extreme in [i8::MIN, 0, i8::MAX] {
            assert!(rows.iter().any(|it| it.tiny == extreme), "{extreme}");
        }
        assert!(rows.iter().any(|it| it.single >= f32::MAX));
        differ(rows.iter().map(|it| it.free_level), 2);
        differ(rows.iter().map(|it| it.level), 2);
        differ(rows.iter().map(|it| it.maybe), 30);
        // Another row gets the next number, which is one of the type too.
        assert!(rows.iter().all(|it| it.id < u32::MAX));
    });
}

#[test]
fn texts() {
    filled(|db| {
        let rows = all::<Texts>(db, 50);
        // What is plain text stays hostile.
        assert!(rows.iter().any(|it| it.text.contains('\'')));
        differ(rows.iter().map(|it| it.character), 40);
        differ(rows.iter().map(|it| it.decimal), 40);
        differ(rows.iter().map(|it| &it.url), 40);
        differ(rows.iter().map(|it| it.uuid), 40);
        differ(rows.iter().map(|it| it.free_status), 2);
        differ(rows.iter().map(|it| it.maybe_uuid.is_some()), 2);
    });
}

#[test]
fn blobs() {
    filled(|db| {
        let rows = all::<Blobs>(db, 50);
        differ(rows.iter().map(|it| it.odd), 40);
        differ(rows.iter().map(|it| it.maybe), 30);
    });
}

#[test]
fn loose() {
    filled(|db| differ(all::<Loose>(db, 50).iter().map(|it| it.at), 40));
}

#[test]
fn moments() {
    filled(|db| {
        let rows = all::<Moments>(db, 50);
        differ(rows.iter().map(|it| it.chrono_time), 40);
        assert!(rows.iter().any(|it| it.jiff == jiff::Timestamp::MAX));
        assert!(rows.iter().any(|it| it.time_date.year() == 9999));
        assert!(
            rows.iter()
                .any(|it| it.chrono_date.to_string() == "0000-01-01")
        );
        // Stored in the width in which the texts sort as the values do.
        let mut by_value: Vec<_> = rows.iter().map(|it| it.unique).collect();
        by_value.sort();
        let by_text = Moments::query(db, "ORDER BY \"unique\"", ()).unwrap();
        let by_text: Vec<_> = by_text.iter().map(|it| it.unique).collect();
        assert_eq!(by_text, by_value);
    });
}
