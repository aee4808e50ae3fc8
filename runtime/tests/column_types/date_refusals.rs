use crate::moment::Moment;
use crate::{check_read, refusals};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use expect_test::expect;
use jiff::{Timestamp, civil};
use std::fmt::Debug;
use tablature::ColumnType;
use time::{OffsetDateTime, PrimitiveDateTime, UtcDateTime, UtcOffset};

/// The crates share one reader, so they refuse the same texts for the same reasons.
#[track_caller]
fn refused<A, B, C>(literals: &[&str], expected: &expect_test::Expect)
where
    A: ColumnType + Debug,
    B: ColumnType + Debug,
    C: ColumnType + Debug,
{
    let said = refusals::<A>(literals);
    expected.assert_eq(&said);
    assert_eq!(said, refusals::<B>(literals));
    assert_eq!(said, refusals::<C>(literals));
}

#[test]
fn what_is_no_instant_is_refused() {
    let literals = [
        "1795225244",
        "NULL",
        "CAST(x'ff' AS TEXT)",
        "''",
        "'now'",
        "'2026-11-21'",
        "'2026-11-21T01'",
        "'2026-11-21t01:40:44Z'",
        "'2026-11-21T01:40:44.Z'",
        "'2026-11-21T01:40:44.1234567891Z'",
        "'2026-11-21T01:40:44z'",
        "'2026-11-21T01:40:44+0200'",
        "'2026-11-21T01:40:44 +02:00'",
        "'2026-11-21T01:40:44Z '",
        "' 2026-11-21T01:40:44Z'",
        "'2026-11-21T01:40:44Z[UTC]'",
        "'+2026-11-21T01:40:44Z'",
        "'-026-11-21T01:40:44Z'",
        "'2026-11-21T٠١:40:44Z'",
        "'2026-13-21T01:40:44Z'",
        "'2026-00-21T01:40:44Z'",
        "'2026-02-29T01:40:44Z'",
        "'1900-02-29T01:40:44Z'",
        "'2026-11-21T24:00:00Z'",
        "'2026-11-21T01:60:44Z'",
        "'2016-12-31T23:59:60Z'",
        "'2026-11-21T01:40:44+24:00'",
        "'2026-11-21T01:40:44+02:60'",
        "'0000-01-01T00:00:00+00:01'",
        "'9999-12-31T23:59:00-00:01'",
    ];
    refused::<Timestamp, DateTime<Utc>, UtcDateTime>(
        &literals,
        &expect![[r#"
        expected a text, found the integer 1795225244
        expected a text, found NULL
        expected UTF-8 text, found a text that is not
        cannot read '': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 1
        cannot read 'now': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 1
        cannot read '2026-11-21': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 11
        cannot read '2026-11-21T01': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 14
        cannot read '2026-11-21t01:40:44Z': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 11
        cannot read '2026-11-21T01:40:44.Z': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 21
        cannot read '2026-11-21T01:40:44.1234567891Z': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 30
        cannot read '2026-11-21T01:40:44z': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 20
        cannot read '2026-11-21T01:40:44+0200': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 23
        cannot read '2026-11-21T01:40:44 +02:00': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 20
        cannot read '2026-11-21T01:40:44Z ': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 21
        cannot read ' 2026-11-21T01:40:44Z': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 1
        cannot read '2026-11-21T01:40:44Z[UTC]': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 21
        cannot read '+2026-11-21T01:40:44Z': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 1
        cannot read '-026-11-21T01:40:44Z': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 1
        cannot read '2026-11-21T٠١:40:44Z': expected the form 2026-11-21T01:40:44.123456789Z; the text differs from it at character 12
        cannot read '2026-13-21T01:40:44Z': the month is 13; expected 1 to 12
        cannot read '2026-00-21T01:40:44Z': the month is 0; expected 1 to 12
        cannot read '2026-02-29T01:40:44Z': the day is 29; expected 1 to 28
        cannot read '1900-02-29T01:40:44Z': the day is 29; expected 1 to 28
        cannot read '2026-11-21T24:00:00Z': the hour is 24; expected 0 to 23
        cannot read '2026-11-21T01:60:44Z': the minute is 60; expected 0 to 59
        cannot read '2016-12-31T23:59:60Z': the second is 60; expected 0 to 59
        cannot read '2026-11-21T01:40:44+24:00': the hour of the offset is 24; expected 0 to 23
        cannot read '2026-11-21T01:40:44+02:60': the minute of the offset is 60; expected 0 to 59
        cannot read '0000-01-01T00:00:00+00:01': the year in UTC is -1; expected 0 to 9999
        cannot read '9999-12-31T23:59:00-00:01': the year in UTC is 10000; expected 0 to 9999
    "#]],
    );
    assert_eq!(
        refusals::<Timestamp>(&literals),
        refusals::<OffsetDateTime>(&literals)
    );
}

#[test]
fn what_is_no_date_or_time_is_refused() {
    refused::<civil::DateTime, NaiveDateTime, PrimitiveDateTime>(
        &[
            "'2026-11-21T01:40:44Z'",
            "'2026-11-21T01:40:44+02:00'",
            "'2026-11-21'",
            "'2026-02-30 00:00'",
        ],
        &expect![[r#"
            cannot read '2026-11-21T01:40:44Z': expected the form 2026-11-21T01:40:44.123456789; the text differs from it at character 20
            cannot read '2026-11-21T01:40:44+02:00': expected the form 2026-11-21T01:40:44.123456789; the text differs from it at character 20
            cannot read '2026-11-21': expected the form 2026-11-21T01:40:44.123456789; the text differs from it at character 11
            cannot read '2026-02-30 00:00': the day is 30; expected 1 to 28
        "#]],
    );
    refused::<civil::Date, NaiveDate, time::Date>(
        &[
            "'2026-11-21T00:00:00'",
            "'21.11.2026'",
            "'2026-4-1'",
            "'2026-04-31'",
            "20261121",
        ],
        &expect![[r#"
            cannot read '2026-11-21T00:00:00': expected the form 2026-11-21; the text differs from it at character 11
            cannot read '21.11.2026': expected the form 2026-11-21; the text differs from it at character 3
            cannot read '2026-4-1': expected the form 2026-11-21; the text differs from it at character 7
            cannot read '2026-04-31': the day is 31; expected 1 to 30
            expected a text, found the integer 20261121
        "#]],
    );
    refused::<civil::Time, NaiveTime, time::Time>(
        &["'1:40'", "'01:40:44Z'", "'01:40:44,5'", "'23:59:60'", "0.5"],
        &expect![[r#"
            cannot read '1:40': expected the form 01:40:44.123456789; the text differs from it at character 2
            cannot read '01:40:44Z': expected the form 01:40:44.123456789; the text differs from it at character 9
            cannot read '01:40:44,5': expected the form 01:40:44.123456789; the text differs from it at character 9
            cannot read '23:59:60': the second is 60; expected 0 to 59
            expected a text, found the number 0.5
        "#]],
    );
}

#[track_caller]
fn unwritable<T: ColumnType>(value: &T) -> String {
    value.write().unwrap_err().to_string()
}

#[test]
fn what_has_no_text_that_sorts_is_refused() {
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    let leap = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_500_000_000).unwrap();
    let hour = |hours| UtcOffset::from_hms(hours, 0, 0).unwrap();
    let said = [
        unwritable(&Timestamp::MIN),
        unwritable(&civil::DateTime::MIN),
        unwritable(&civil::date(-1, 12, 31)),
        unwritable(&DateTime::<Utc>::MAX_UTC),
        unwritable(&NaiveDateTime::MIN),
        unwritable(&day(-1)),
        unwritable(&day(10_000)),
        unwritable(&leap),
        unwritable(
            &NaiveDate::from_ymd_opt(2016, 12, 31)
                .unwrap()
                .and_time(leap),
        ),
        unwritable(
            &NaiveDate::from_ymd_opt(2016, 12, 31)
                .unwrap()
                .and_time(leap)
                .and_utc(),
        ),
        unwritable(&time::Date::MIN),
        unwritable(&PrimitiveDateTime::MIN),
        unwritable(&UtcDateTime::MIN),
        unwritable(
            &Moment::of("0000-01-01T00:00:00")
                .time()
                .assume_offset(hour(1)),
        ),
        unwritable(
            &Moment::of("9999-12-31T23:30:00")
                .time()
                .assume_offset(hour(-1)),
        ),
    ];
    expect![[r#"
        -009999-01-02T01:59:59Z is out of range for the years 0000 to 9999
        -009999-01-01T00:00:00 is out of range for the years 0000 to 9999
        -000001-12-31 is out of range for the years 0000 to 9999
        +262142-12-31 23:59:59.999999999 UTC is out of range for the years 0000 to 9999
        -262143-01-01 00:00:00 is out of range for the years 0000 to 9999
        -0001-01-01 is out of range for the years 0000 to 9999
        +10000-01-01 is out of range for the years 0000 to 9999
        cannot be written: 23:59:60.500 is in a leap second, which SQLite's times do not have
        cannot be written: 2016-12-31 23:59:60.500 is in a leap second, which SQLite's times do not have
        cannot be written: 2016-12-31 23:59:60.500 UTC is in a leap second, which SQLite's times do not have
        -9999-01-01 is out of range for the years 0000 to 9999
        -9999-01-01 0:00:00.0 is out of range for the years 0000 to 9999
        -9999-01-01 0:00:00.0 +00 is out of range for the years 0000 to 9999
        0000-01-01 0:00:00.0 +01:00:00 is out of range for the years 0000 to 9999
        9999-12-31 23:30:00.0 -01:00:00 is out of range for the years 0000 to 9999"#]].assert_eq(&said.join("\n"));
}

/// They end when the last of the day's zones has reached 10000, and chrono's do not.
#[test]
fn the_last_day_is_beyond_the_timestamps_of_jiff() {
    let literal = "'9999-12-31T00:00:00Z'";
    expect![[r#"
        9999-12-31T00:00:00Z is out of range for jiff::Timestamp
    "#]]
    .assert_eq(&refusals::<Timestamp>(&[literal]));
    let moment = Moment::of("9999-12-31T00:00:00");
    check_read(literal, &moment.chrono().and_utc());
    check_read(literal, &moment.time().as_utc());
}
