//! A schema of two hundred tables is planned and proved while its author waits.

use std::fmt::Write as _;
use std::time::{Duration, Instant};
use tablature::migrations::Runner;
use tablature::plan::{self, Hints, Target, Version};

fn read(sql: &str) -> tablature::schema::Schema {
    let db = plan::scratch().unwrap();
    db.execute_batch(sql).unwrap();
    tablature::inspect(&db).unwrap()
}

fn tables() -> String {
    let mut sql = String::new();
    for table in 0..200 {
        let _ = write!(
            sql,
            "CREATE TABLE table_{table} (id INTEGER PRIMARY KEY, title TEXT NOT NULL, status TEXT CHECK (status IN ('draft', 'live')), "
        );
        for column in 0..6 {
            let _ = write!(sql, "column_{column} INTEGER, ");
        }
        let parent = table / 2;
        let _ = writeln!(
            sql,
            "parent INTEGER CONSTRAINT fk REFERENCES table_{parent} ON DELETE CASCADE) STRICT;"
        );
        let _ = writeln!(
            sql,
            "CREATE INDEX by_title_{table} ON table_{table} (title);"
        );
    }
    sql
}

/// The bound is for slow machines that have other things to do; a fast one needs a tenth of it.
fn check(to: &str, target: Target, steps: usize) {
    let (from, to) = (read(&tables()), read(to));
    let start = Instant::now();
    let proved = plan::proved(&from, &to, &Hints::default(), target).unwrap();
    let took = start.elapsed();
    println!("{took:?}");
    assert_eq!(proved.up.steps.len(), steps, "{}", proved.up.script());
    assert!(proved.down.is_ok());
    assert!(took < Duration::from_secs(10), "{took:?}");
}

#[test]
fn three_changes_of_two_hundred_tables() {
    let to = tables()
        .replace(
            "CREATE TABLE table_7 (id INTEGER PRIMARY KEY,",
            "CREATE TABLE table_7 (id INTEGER PRIMARY KEY, subtitle TEXT,",
        )
        .replace(
            "CREATE TABLE table_150 (id INTEGER PRIMARY KEY, title TEXT NOT NULL,",
            "CREATE TABLE table_150 (id INTEGER PRIMARY KEY, title TEXT,",
        )
        .replace(
            "CREATE INDEX by_title_99 ON table_99 (title)",
            "CREATE INDEX by_title_99 ON table_99 (title, status)",
        );
    check(
        &to,
        Target::new(Runner::Tablature).version(Version::new(3, 53)),
        4,
    );
}

#[test]
fn a_change_that_refuses_some_of_the_rows_of_two_hundred_tables() {
    let to = tables().replace(
        "CREATE TABLE table_150 (id INTEGER PRIMARY KEY, title TEXT NOT NULL, status TEXT",
        "CREATE TABLE table_150 (id INTEGER PRIMARY KEY, title TEXT NOT NULL, status TEXT NOT NULL",
    );
    check(
        &to,
        Target::new(Runner::Tablature).version(Version::new(3, 53)),
        1,
    );
}

#[test]
fn a_table_to_which_forty_others_refer_is_rebuilt_along_with_them() {
    let to = tables().replace(
        "CREATE TABLE table_5 (id INTEGER PRIMARY KEY, title TEXT NOT NULL,",
        "CREATE TABLE table_5 (id INTEGER PRIMARY KEY, title TEXT,",
    );
    check(&to, Target::new(Runner::Sqlx), 318);
}
