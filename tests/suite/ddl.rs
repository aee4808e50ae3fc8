//! Every attribute, with the DDL it makes, executed.

mod columns;
mod constraints;
mod foreign_keys;
mod fts;
mod indexes;
mod names;
mod taken_over;
mod triggers;

use expect_test::Expect;
use tablature::Connection;

/// The text is as expected, SQLite takes it, and keeps every object of it.
fn check(ddl: &str, expect: Expect) -> Connection {
    expect.assert_eq(ddl);
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(ddl)
        .unwrap_or_else(|error| panic!("{error}\n{ddl}"));
    let created: usize = ddl
        .lines()
        .filter(|line| line.starts_with("CREATE "))
        .count();
    let kept: i64 = db
        .query_row(
            "SELECT count(*) FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                OR type = 'trigger' AND name LIKE '%\\_fts\\_%' ESCAPE '\\'",
            (),
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(kept, i64::try_from(created).unwrap(), "{ddl}");
    db
}

/// SQLite refuses a statement on the table of `ddl` with this message.
fn refuses(db: &Connection, sql: &str, expect: Expect) {
    expect.assert_eq(&db.execute_batch(sql).unwrap_err().to_string());
}
