use crate::{check, check_read, refusals};
use expect_test::expect;
use std::borrow::Cow;
use std::sync::Arc;
use tablature::types::Value;
use tablature::{ColumnType, Connection, Insert, Table};

#[test]
fn integers_reach_from_end_to_end() {
    macro_rules! ends {
        ($($ty:ty)*) => { $(
            check(<$ty>::MIN, &<$ty>::MIN.to_string());
            check(<$ty>::MAX, &<$ty>::MAX.to_string());
        )* };
    }
    ends! { i8 i16 i32 i64 isize u8 u16 u32 }
    check(0_u64, "0");
    check(u64::MAX >> 1, "9223372036854775807");
    check(0_usize, "0");
    check(usize::MAX >> 1, "9223372036854775807");
}

#[test]
fn an_integer_that_does_not_fit_is_refused() {
    expect![[r#"
        128 is out of range for i8
        -129 is out of range for i8
        expected an integer, found the number 1.0
        expected an integer, found the text '1'
        expected an integer, found a blob of 1 bytes
        expected an integer, found NULL
        256 is out of range for u8
        -1 is out of range for u8
        32768 is out of range for i16
        65536 is out of range for u16
        2147483648 is out of range for i32
        4294967296 is out of range for u32
        -1 is out of range for u32
        -1 is out of range for u64
        -9223372036854775808 is out of range for usize
        expected 0 or 1, found the integer 2
        expected 0 or 1, found the integer -1
        expected 0 or 1, found the text 'true'
        expected 0 or 1, found NULL
    "#]]
    .assert_eq(
        &[
            refusals::<i8>(&["128", "-129", "1.0", "'1'", "x'01'", "NULL"]),
            refusals::<u8>(&["256", "-1"]),
            refusals::<i16>(&["32768"]),
            refusals::<u16>(&["65536"]),
            refusals::<i32>(&["2147483648"]),
            refusals::<u32>(&["4294967296", "-1"]),
            refusals::<u64>(&["-1"]),
            refusals::<usize>(&["-9223372036854775808"]),
            refusals::<bool>(&["2", "-1", "'true'", "NULL"]),
        ]
        .concat(),
    );
}

#[test]
fn bools_are_zero_and_one() {
    check(false, "0");
    check(true, "1");
}

#[test]
fn numbers_are_stored_as_they_are() {
    check(0.1_f64, "0.1");
    check(1.0_f64, "1.0");
    check(-0.0_f64, "0.0");
    check(f64::MAX, "1.7976931348623157e308");
    check(f64::MIN_POSITIVE, "2.2250738585072014e-308");
    check(f64::INFINITY, "9e999");
    check(f64::NEG_INFINITY, "-9e999");
    check(0.1_f32, "0.10000000149011612");
    check(f32::MAX, "3.4028234663852886e38");
    check(f32::MIN_POSITIVE, "1.1754943508222875e-38");
    check(f32::from_bits(1), "1.401298464324817e-45");
    check(f32::NEG_INFINITY, "-9e999");
    check_read("0.1", &0.1_f32);
    check_read("9007199254740992", &9_007_199_254_740_992.0_f64);
    expect![[r#"
        expected a number, found the integer 9007199254740993
        expected a number, found the integer 9223372036854775807
        expected a number, found the text '1.5'
        expected a number, found NULL
        1000000000000000000000000000000000000000 is out of range for f32
        -1000000000000000000000000000000000000000 is out of range for f32
        expected a number, found a blob of 1 bytes
    "#]]
    .assert_eq(
        &[
            refusals::<f64>(&["9007199254740993", "9223372036854775807", "'1.5'", "NULL"]),
            refusals::<f32>(&["1e39", "-1e39", "x'00'"]),
        ]
        .concat(),
    );
    for error in [f64::NAN.write(), f32::NAN.write(), Some(f64::NAN).write()] {
        assert_eq!(
            error.unwrap_err().to_string(),
            "NaN cannot be stored: SQLite has none, and would store NULL"
        );
    }
}

#[test]
fn texts_are_stored_as_they_are() {
    for (text, stored) in [
        ("", "''"),
        ("it's", "'it''s'"),
        ("ünïcödé 🦀", "'ünïcödé 🦀'"),
        ("1", "'1'"),
        ("NULL", "'NULL'"),
    ] {
        check(String::from(text), stored);
        check(Box::<str>::from(text), stored);
        check(Arc::<str>::from(text), stored);
        check(Cow::Borrowed(text), stored);
    }
    check('a', "'a'");
    check('\'', "''''");
    check('🦀', "'🦀'");
    check(char::MAX, "'\u{10FFFF}'");
    check_read("char(97, 0, 98)", &"a\0b".to_owned());
    check_read("char(0)", &'\0');
    expect![[r#"
        expected UTF-8 text, found a text that is not
        expected a text, found a blob of 1 bytes
        expected a text, found the integer 1
        expected a text, found the number 1.5
        expected a text, found NULL
        expected a text, found the integer 1
        expected a text, found the integer 1
        expected one character, found the text ''
        expected one character, found the text 'ab'
        expected one character, found the text '🇪🇺'
        expected a text, found the integer 1
    "#]]
    .assert_eq(
        &[
            refusals::<String>(&["CAST(x'ff' AS TEXT)", "x'61'", "1", "1.5", "NULL"]),
            refusals::<Arc<str>>(&["1"]),
            refusals::<Cow<'_, str>>(&["1"]),
            refusals::<char>(&["''", "'ab'", "'🇪🇺'", "1"]),
        ]
        .concat(),
    );
}

#[test]
fn bytes_are_stored_as_they_are() {
    check(Vec::<u8>::new(), "X''");
    check(vec![0, 255], "X'00FF'");
    check(Box::<[u8]>::from([0, 255]), "X'00FF'");
    check([0, 127, 128, 255], "X'007F80FF'");
    check([0_u8; 0], "X''");
    expect![[r#"
        expected a blob, found the text '00'
        expected a blob, found NULL
        expected 4 bytes, found 0
        expected 4 bytes, found 5
        expected a blob, found the text '0000'
    "#]]
    .assert_eq(
        &[
            refusals::<Vec<u8>>(&["'00'", "NULL"]),
            refusals::<[u8; 4]>(&["x''", "x'0001020304'", "'0000'"]),
        ]
        .concat(),
    );
}

#[test]
fn a_value_is_whatever_there_is() {
    for (literal, value) in [
        ("NULL", Value::Null),
        ("1", Value::Integer(1)),
        ("1.0", Value::Real(1.0)),
        ("'1'", Value::Text("1".into())),
        ("x'01'", Value::Blob(vec![1])),
    ] {
        check_read(literal, &value);
    }
    expect![[r#"
        expected UTF-8 text, found a text that is not
    "#]]
    .assert_eq(&refusals::<Value>(&["CAST(x'ff' AS TEXT)"]));
}

#[test]
fn a_json_value_is_its_text() {
    use serde_json::{Value, json};

    check(
        json!({"a": [1, 2.5, null, "it's"]}),
        "'{\"a\":[1,2.5,null,\"it''s\"]}'",
    );
    check(Value::Null, "'null'");
    check(json!(u64::MAX), "'18446744073709551615'");
    expect![[r#"
        cannot read '{': EOF while parsing an object at line 1 column 1
        expected a text, found the integer 1
        expected a text, found NULL
    "#]]
    .assert_eq(&refusals::<Value>(&["'{'", "1", "NULL"]));
}

#[derive(Table, Debug, PartialEq, Clone)]
struct Counter {
    #[column(primary_key)]
    id: i64,
    hits: u64,
    ratio: f64,
    open: bool,
    hash: [u8; 4],
    small: Option<f32>,
    #[expect(clippy::option_option, reason = "what becomes of it is under test")]
    #[column(json)]
    nested: Option<Option<Vec<Option<i32>>>>,
    #[column(json)]
    list: Vec<Option<String>>,
    any: Value,
}

fn counters() -> (Connection, Counter) {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(Counter::DDL).unwrap();
    let counter = Counter {
        id: 1,
        hits: 0,
        ratio: 0.5,
        open: true,
        hash: [0, 1, 254, 255],
        small: Some(0.1),
        nested: Some(Some(vec![Some(1), None])),
        list: vec![None, Some("null".into())],
        any: Value::Real(1.0),
    };
    (db, counter)
}

#[test]
fn a_value_that_does_not_fit_is_named_with_its_column() {
    let (db, _) = counters();
    let (ratio, open, hash, list, any) = (0.5, true, [0; 4], vec![], Value::Null);
    let beyond = 1_u64 << 63;
    let said = [
        tablature::insert!(
            &db,
            Counter {
                hits: u64::MAX,
                ratio,
                open,
                hash,
                list: &list,
                any: &any
            }
        ),
        tablature::insert!(
            &db,
            Counter {
                hits: beyond,
                ratio,
                open,
                hash,
                list: &list,
                any: &any
            }
        ),
        tablature::insert!(
            &db,
            Counter {
                hits: 1,
                ratio: f64::NAN,
                open,
                hash,
                list: &list,
                any: &any
            }
        ),
        tablature::insert!(
            &db,
            Counter {
                hits: 1,
                ratio,
                open,
                hash,
                list: &list,
                any: &any,
                small: f32::NAN
            }
        ),
    ]
    .map(|result| result.unwrap_err().to_string());
    expect![[r#"
        `counter`.`hits`: 18446744073709551615 is out of range for a 64-bit signed integer
        `counter`.`hits`: 9223372036854775808 is out of range for a 64-bit signed integer
        `counter`.`ratio`: NaN cannot be stored: SQLite has none, and would store NULL
        `counter`.`small`: NaN cannot be stored: SQLite has none, and would store NULL"#]]
    .assert_eq(&said.join("\n"));
    assert_eq!(Counter::count(&db).unwrap(), 0);
}

#[test]
fn the_table_refuses_what_the_type_cannot_be() {
    let (db, counter) = counters();
    expect![[r#"
        CREATE TABLE counter (
          id INTEGER PRIMARY KEY,
          hits INTEGER NOT NULL,
          ratio REAL NOT NULL,
          open INTEGER NOT NULL CONSTRAINT open_values CHECK (open IN (0, 1)),
          hash BLOB NOT NULL CONSTRAINT hash_length CHECK (length(hash) = 4),
          small REAL,
          nested TEXT CONSTRAINT nested_json CHECK (nested IS NULL OR json_valid(nested)),
          list TEXT NOT NULL CONSTRAINT list_json CHECK (list IS NULL OR json_valid(list)),
          any ANY
        ) STRICT;
    "#]]
    .assert_eq(Counter::DDL);
    counter.insert(&db).unwrap();
    let said = [
        "open = 2",
        "open = NULL",
        "hash = x'00'",
        "hash = 'abcd'",
        "small = 'one'",
        "nested = '['",
        "list = 'null,'",
    ]
    .map(|assignment| {
        let sql = format!("UPDATE counter SET {assignment}");
        db.execute(&sql, ()).unwrap_err().to_string()
    });
    expect![[r#"
        CHECK constraint failed: open_values
        NOT NULL constraint failed: counter.open
        CHECK constraint failed: hash_length
        cannot store TEXT value in BLOB column counter.hash
        cannot store TEXT value in REAL column counter.small
        CHECK constraint failed: nested_json
        CHECK constraint failed: list_json"#]]
    .assert_eq(&said.join("\n"));
    assert_eq!(Counter::all(&db).unwrap(), [counter]);
}

/// JSON has one `null`, so `Some(None)` and `None` are stored as one: NULL.
#[test]
fn a_nested_option_comes_back_as_json_knows_it() {
    let (db, counter) = counters();
    for (id, nested, stored, read) in [
        (1, None, "NULL", None),
        (2, Some(None), "NULL", None),
        (3, Some(Some(vec![])), "'[]'", Some(Some(vec![]))),
        (
            4,
            Some(Some(vec![Some(1), None])),
            "'[1,null]'",
            Some(Some(vec![Some(1), None])),
        ),
    ] {
        let row = Counter {
            id,
            nested,
            ..counter.clone()
        };
        row.insert(&db).unwrap();
        let literal: String = db
            .query_row(
                "SELECT quote(nested) FROM counter WHERE id = ?1",
                [id],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(literal, stored);
        let found = Counter::get(&db, id).unwrap().unwrap();
        assert_eq!(
            found,
            Counter {
                nested: read,
                ..row
            }
        );
    }
    db.execute("UPDATE counter SET nested = 'null'", ())
        .unwrap();
    assert_eq!(Counter::get(&db, 4).unwrap().unwrap().nested, None);
}
