mod checks;
mod column_types;
mod foreign_keys;
mod generated;
mod keys;
mod triggers;

use super::{Unfilled, fill};
use crate::inspect;
use crate::sqlite::quoted;
use expect_test::Expect;
use rusqlite::Connection;
use std::fmt::Write as _;

/// Fills an empty database of a schema, and compares all of its rows.
fn check(ddl: &str, rows: usize, expect: Expect) {
    let shown = shown(&database(ddl), rows);
    assert_eq!(
        shown,
        self::shown(&database(ddl), rows),
        "not deterministic"
    );
    expect.assert_eq(&shown);
}

fn database(ddl: &str) -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(ddl).unwrap();
    db
}

fn shown(db: &Connection, rows: usize) -> String {
    let schema = inspect(db).unwrap();
    let unfilled = fill(db, &schema, rows, 1).unwrap();
    assert_clean(db);
    let mut shown = String::new();
    let tables = schema.tables.iter().map(|it| &it.name);
    for table in tables.chain(schema.fts.iter().map(|it| &it.name)) {
        let rows = texts(db, &format!("SELECT * FROM {}", quoted(table)));
        if !rows.is_empty() {
            let _ = writeln!(shown, "{table}\n  {}", rows.join("\n  "));
        }
    }
    for Unfilled { table, reason } in unfilled {
        let _ = writeln!(shown, "unfilled {table}: {reason}");
    }
    shown
}

fn assert_clean(db: &Connection) {
    assert_eq!(texts(db, "SELECT * FROM pragma_foreign_key_check"), [""; 0]);
    assert_eq!(texts(db, "PRAGMA integrity_check"), ["'ok'"]);
}

/// The rows that a query gives, as SQL literals on one line each.
fn texts(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(sql).unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map((), |row| {
        let values = (0..columns).map(|at| {
            Ok(match row.get(at)? {
                rusqlite::types::Value::Null => "NULL".to_owned(),
                rusqlite::types::Value::Integer(it) => it.to_string(),
                rusqlite::types::Value::Real(it) => format!("{it:?}"),
                rusqlite::types::Value::Text(it) => format!("'{}'", it.escape_debug()),
                rusqlite::types::Value::Blob(it) => format!("x{it:02x?}"),
            })
        });
        Ok(values.collect::<rusqlite::Result<Vec<_>>>()?.join(" | "))
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}
