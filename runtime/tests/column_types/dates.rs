use crate::moment::Moment;
use crate::random::Random;
use crate::{check, check_read, read_all, table_of};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use jiff::{Timestamp, civil};
use std::fmt::Debug;
use tablature::{ColumnType, Connection, Insert, Table};
use time::{OffsetDateTime, PrimitiveDateTime, UtcDateTime, UtcOffset};

#[test]
fn every_form_has_one_width_and_keeps_every_nanosecond() {
    for text in [
        "0000-01-01T00:00:00.000000000",
        "0000-02-29T23:59:59.999999999",
        "0001-01-01T00:00:00.000000001",
        "1582-10-10T12:00:00.000000000",
        "1900-02-28T23:59:59.999999999",
        "1969-12-31T23:59:59.999999999",
        "1970-01-01T00:00:00.000000000",
        "2000-02-29T00:00:00.100000000",
        "2024-12-31T23:59:59.000000000",
        "2026-11-21T01:40:44.123456789",
        "9999-12-30T21:59:59.999999999",
        "9999-12-31T23:59:59.999999999",
    ] {
        let moment = Moment::of(text);
        let civil = format!("'{text}'");
        check(moment.jiff(), &civil);
        check(moment.chrono(), &civil);
        check(moment.time(), &civil);

        let instant = format!("'{text}Z'");
        if !text.starts_with("9999-12-31") {
            check(moment.timestamp(), &instant);
        }
        check(moment.chrono().and_utc(), &instant);
        check(moment.time().as_utc(), &instant);
        check(moment.time().assume_utc(), &instant);

        let date = format!("'{}'", &text[..10]);
        check(moment.date, &date);
        check(moment.chrono().date(), &date);
        check(moment.time().date(), &date);

        let time = format!("'{}'", &text[11..]);
        check(moment.time, &time);
        check(moment.chrono().time(), &time);
        check(moment.time().time(), &time);
    }
}

#[test]
fn an_offset_is_stored_as_the_same_instant_in_utc() {
    for (local, offset, stored) in [
        (
            "2026-11-21T03:40:44.5",
            120,
            "2026-11-21T01:40:44.500000000Z",
        ),
        ("2026-01-01T00:30:00", 60, "2025-12-31T23:30:00.000000000Z"),
        ("2024-02-29T23:00:00", -90, "2024-03-01T00:30:00.000000000Z"),
    ] {
        let offset = UtcOffset::from_whole_seconds(offset * 60).unwrap();
        let value = Moment::of(local).time().assume_offset(offset);
        check(value, &format!("'{stored}'"));
        check_read(&format!("'{stored}'"), &value.to_offset(UtcOffset::UTC));
    }
}

#[test]
fn instants_are_read_in_the_forms_that_others_write() {
    for (literal, instant) in [
        (
            "'2026-11-21T01:40:44.123456Z'",
            "2026-11-21T01:40:44.123456",
        ),
        ("'2026-11-21T01:40:44.1Z'", "2026-11-21T01:40:44.1"),
        ("'2026-11-21T01:40:44Z'", "2026-11-21T01:40:44"),
        ("'2026-11-21T01:40Z'", "2026-11-21T01:40:00"),
        ("'2026-11-21 01:40:44.123'", "2026-11-21T01:40:44.123"),
        ("'2026-11-21T03:40:44+02:00'", "2026-11-21T01:40:44"),
        ("'2026-11-20T20:10:44.5-05:30'", "2026-11-21T01:40:44.5"),
        ("'2026-11-21T01:40:44-00:00'", "2026-11-21T01:40:44"),
        ("'2026-11-21 03:40+02:00'", "2026-11-21T01:40:00"),
        ("'2026-01-01T00:00:00+00:01'", "2025-12-31T23:59:00"),
        ("'2025-12-31T23:59:00-23:59'", "2026-01-01T23:58:00"),
        ("'2024-03-01T00:00:00+23:59'", "2024-02-29T00:01:00"),
        ("'2025-03-01T01:00:00+02:00'", "2025-02-28T23:00:00"),
        ("'2025-04-30T23:00:00-02:00'", "2025-05-01T01:00:00"),
        ("'0000-01-01T00:00:00-00:01'", "0000-01-01T00:01:00"),
        ("datetime(1795225244, 'unixepoch')", "2026-11-21T01:40:44"),
        (
            "strftime('%Y-%m-%dT%H:%M:%fZ', 1795225244.125, 'unixepoch')",
            "2026-11-21T01:40:44.125",
        ),
    ] {
        let moment = Moment::of(instant);
        check_read(literal, &moment.timestamp());
        check_read(literal, &moment.chrono().and_utc());
        check_read(literal, &moment.time().as_utc());
        check_read(literal, &moment.time().assume_utc());
    }
    for function in ["CURRENT_TIMESTAMP", "strftime('%Y-%m-%d %H:%M:%f', 'now')"] {
        let earlier = Timestamp::now() - jiff::SignedDuration::from_secs(2);
        let db = Connection::open_in_memory().unwrap();
        let now = read_all::<Timestamp>(&db, &format!("(SELECT {function} AS value)"))[0];
        assert!(
            earlier < now && now <= Timestamp::now(),
            "{function}: {now}"
        );
    }
}

#[test]
fn dates_and_times_are_read_in_the_forms_that_others_write() {
    for (literal, civil) in [
        ("'2026-11-21 01:40'", "2026-11-21T01:40:00"),
        (
            "'2026-11-21T01:40:44.12345678'",
            "2026-11-21T01:40:44.12345678",
        ),
        ("datetime('2026-11-21')", "2026-11-21T00:00:00"),
    ] {
        let moment = Moment::of(civil);
        check_read(literal, &moment.jiff());
        check_read(literal, &moment.chrono());
        check_read(literal, &moment.time());
    }
    for (literal, time) in [
        ("'01:40'", "01:40"),
        ("'01:40:44'", "01:40:44"),
        ("'01:40:44.5'", "01:40:44.5"),
        ("strftime('%H:%M:%f', '01:40:44.063')", "01:40:44.063"),
    ] {
        let moment = Moment::of(&format!("2026-11-21T{time}"));
        check_read(literal, &moment.time);
        check_read(literal, &moment.chrono().time());
        check_read(literal, &moment.time().time());
    }
    let moment = Moment::of("2024-02-29T00:00:00");
    check_read("date('2024-03-01', '-1 day')", &moment.date);
    check_read("date('2024-03-01', '-1 day')", &moment.chrono().date());
    check_read("date('2024-03-01', '-1 day')", &moment.time().date());
}

#[track_caller]
fn check_order<T: ColumnType + Ord + Debug>(value: impl Fn(Moment) -> T) {
    const SEED: u64 = 20_261_121;
    let mut random = Random::new(SEED);
    let db = table_of::<T>();
    let mut values: Vec<_> = (0..2_000)
        .map(|_| value(Moment::random(&mut random)))
        .collect();
    for value in &values {
        db.prepare_cached("INSERT INTO t VALUES (?1)")
            .unwrap()
            .execute([value.write().unwrap()])
            .unwrap();
    }
    values.sort();
    let rows = read_all::<T>(&db, "t ORDER BY value");
    assert_eq!(rows.len(), values.len());
    for (row, value) in rows.iter().zip(&values) {
        assert_eq!(row, value, "seed {SEED}");
    }
}

#[test]
fn the_texts_sort_as_the_values_do() {
    check_order(Moment::timestamp);
    check_order(Moment::jiff);
    check_order(|moment| moment.date);
    check_order(|moment| moment.time);
    check_order(|moment| moment.chrono().and_utc());
    check_order(Moment::chrono);
    check_order(|moment| moment.chrono().date());
    check_order(|moment| moment.chrono().time());
    check_order(|moment| moment.time().as_utc());
    check_order(|moment| moment.time().assume_utc());
    check_order(Moment::time);
    check_order(|moment| moment.time().date());
    check_order(|moment| moment.time().time());
}

#[derive(Table, Debug, PartialEq)]
struct Clock {
    #[column(primary_key)]
    id: i64,
    #[column(default = now)]
    timestamp: Timestamp,
    #[column(default = now)]
    jiff_datetime: civil::DateTime,
    #[column(default = now)]
    jiff_date: civil::Date,
    #[column(default = now)]
    jiff_time: civil::Time,
    #[column(default = now)]
    utc: DateTime<Utc>,
    #[column(default = now)]
    naive_datetime: NaiveDateTime,
    #[column(default = now)]
    naive_date: NaiveDate,
    #[column(default = now)]
    naive_time: NaiveTime,
    #[column(default = now)]
    utc_datetime: UtcDateTime,
    #[column(default = now)]
    offset: OffsetDateTime,
    #[column(default = now)]
    primitive: PrimitiveDateTime,
    #[column(default = now)]
    time_date: time::Date,
    #[column(default = now)]
    time_time: time::Time,
    #[column(touch)]
    touched: Timestamp,
}

#[test]
fn what_sqlite_calls_now_has_the_width_of_what_is_written() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(Clock::DDL).unwrap();
    tablature::insert!(&db, Clock { id: 1 }).unwrap();
    let now = Clock::get(&db, 1).unwrap().unwrap();
    assert_eq!(now.timestamp.as_millisecond(), now.utc.timestamp_millis());
    assert_eq!(now.utc_datetime, now.offset);
    assert_eq!(now.jiff_date.to_datetime(now.jiff_time), now.jiff_datetime);

    Clock { id: 2, ..now }.insert(&db).unwrap();
    for column in &Clock::TABLE.columns[1..] {
        let name = column.name;
        let same: bool = db
            .query_row(
                &format!("SELECT min({name}) = max({name}) FROM clock"),
                (),
                |row| row.get(0),
            )
            .unwrap();
        assert!(same, "{name}");
    }

    db.execute("UPDATE clock SET utc = utc WHERE id = 2", ())
        .unwrap();
    let touched = Clock::get(&db, 2).unwrap().unwrap().touched;
    assert!(touched >= now.touched);
}
