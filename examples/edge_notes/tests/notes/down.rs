//! The way back, on rows: what the older version has a word for is there, all else is as it was.

use super::filled;
use super::rows::Rows;
use super::stages::{STAGES, run, up_to};
use edge_notes::SCHEMA;
use tablature::{Connection, diff, inspect, testing};

#[test]
fn each_down_leads_to_the_version_before_with_its_rows() {
    let mut db = filled();
    let mut rows = Rows::of(&db);
    for (at, migration) in SCHEMA.migrations().iter().enumerate().rev() {
        run(&mut db, migration.down.unwrap());
        (STAGES[at].down)(&mut rows);
        assert_eq!(Rows::of(&db), rows, "{}", migration.stem);
        testing::check(&db).unwrap();

        let mut before = Connection::open_in_memory().unwrap();
        up_to(&mut before, at);
        let changes = diff::diff(&inspect(&before).unwrap(), &inspect(&db).unwrap());
        assert!(changes.is_empty(), "{}: {changes:?}", migration.stem);
    }
}

#[test]
fn up_again_after_all_downs_makes_the_same_tables() {
    let mut db = filled();
    for migration in SCHEMA.migrations().iter().rev() {
        run(&mut db, migration.down.unwrap());
    }
    for migration in SCHEMA.migrations() {
        run(&mut db, migration.up);
    }
    assert!(SCHEMA.verify(&db).unwrap().is_empty());
}
