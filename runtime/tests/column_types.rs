//! What every column type stores, reads and refuses, on SQLite.

#![cfg(all(
    feature = "chrono",
    feature = "jiff",
    feature = "rust_decimal",
    feature = "serde_json",
    feature = "time",
    feature = "url",
    feature = "uuid"
))]
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]
#![expect(
    clippy::needless_raw_string_hashes,
    reason = "as expect-test writes them"
)]

#[path = "column_types/date_refusals.rs"]
mod date_refusals;
#[path = "column_types/dates.rs"]
mod dates;
#[path = "column_types/moment.rs"]
mod moment;
#[path = "column_types/others.rs"]
mod others;
#[path = "column_types/random.rs"]
mod random;
#[path = "column_types/standard.rs"]
mod standard;

use std::fmt::{Debug, Write as _};
use tablature::{ColumnType, Connection, Parameter};

/// Stores the value, alone and in an `Option`, and reads it. `stored` is SQL's literal for what is then in the table.
#[track_caller]
fn check<T: ColumnType + Parameter + PartialEq + Debug>(value: T, stored: &str) {
    let db = table_of::<T>();
    db.execute("INSERT INTO t VALUES (?1)", [value.write().unwrap()])
        .unwrap();
    let (ty, literal, same, found): (String, String, bool, bool) = db
        .query_row(
            &format!("SELECT typeof(value), quote(value), value IS {stored}, value = ?1 FROM t"),
            [value.parameter().unwrap()],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .unwrap();
    assert_eq!(ty, T::FACTS.ty.name().to_lowercase(), "{value:?}");
    assert!(same, "{value:?} is stored as {literal}, not {stored}");
    assert!(found, "{value:?} as a parameter");

    let rows = [Some(value), None];
    assert_eq!(read_all::<Option<T>>(&db, "t"), rows[..1]);
    db.execute("DELETE FROM t", ()).unwrap();
    for row in &rows {
        db.execute("INSERT INTO t VALUES (?1)", [row.write().unwrap()])
            .unwrap();
    }
    assert_eq!(read_all::<Option<T>>(&db, "t ORDER BY rowid"), rows);
    let [value, _] = rows;
    assert_eq!(
        read_all::<T>(&db, "t WHERE value IS NOT NULL"),
        [value.unwrap()]
    );
}

/// SQL's literal is read as this value.
#[track_caller]
fn check_read<T: ColumnType + PartialEq + Debug>(literal: &str, value: &T) {
    let found = &read_all::<T>(
        &Connection::open_in_memory().unwrap(),
        &format!("(SELECT {literal} AS value)"),
    )[0];
    assert_eq!(found, value, "{literal}");
}

/// What is said when these literals are read, a line for each.
#[track_caller]
fn refusals<T: ColumnType + Debug>(literals: &[&str]) -> String {
    let db = Connection::open_in_memory().unwrap();
    let mut lines = String::new();
    for literal in literals {
        let sql = format!("SELECT {literal}");
        let mut statement = db.prepare(&sql).unwrap();
        let mut rows = statement.query(()).unwrap();
        let value = rows.next().unwrap().unwrap().get_ref(0).unwrap();
        let error = T::read(value).unwrap_err();
        writeln!(lines, "{error}").unwrap();
    }
    lines
}

fn table_of<T: ColumnType>() -> Connection {
    let db = Connection::open_in_memory().unwrap();
    let ty = T::FACTS.ty.name();
    db.execute_batch(&format!("CREATE TABLE t (value {ty}) STRICT"))
        .unwrap();
    db
}

#[track_caller]
fn read_all<T: ColumnType>(db: &Connection, from: &str) -> Vec<T> {
    let mut statement = db.prepare(&format!("SELECT value FROM {from}")).unwrap();
    let mut rows = statement.query(()).unwrap();
    let mut values = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        values.push(T::read(row.get_ref(0).unwrap()).unwrap());
    }
    values
}
