//! From a database of any version to the structs.

use super::filled;
use super::rows::Rows;
use super::stages::{STAGES, up_to};
use edge_notes::SCHEMA;
use expect_test::expect;
use tablature::plan::Hints;
use tablature::{Connection, testing};

#[test]
fn every_stage_is_pushed_with_its_rows() {
    for stage in 0..=STAGES.len() {
        let mut db = Connection::open_in_memory().unwrap();
        up_to(&mut db, stage);
        let mut rows = Rows::of(&db);
        for later in &STAGES[stage..] {
            (later.up)(&mut rows);
        }
        SCHEMA.push(&mut db, &Hints::default()).unwrap();
        assert_eq!(Rows::of(&db), rows, "from stage {stage}");
        testing::check(&db).unwrap();
        assert!(SCHEMA.verify(&db).unwrap().is_empty());
        let again = SCHEMA.push(&mut db, &Hints::default()).unwrap();
        assert_eq!(again.to_string(), "nothing to do");
    }
}

/// A database of development may have tables of its own.
#[test]
fn what_the_structs_do_not_say_stays() {
    let mut db = Connection::open_in_memory().unwrap();
    up_to(&mut db, STAGES.len());
    db.execute_batch(
        "CREATE TABLE scratch (id INTEGER PRIMARY KEY); INSERT INTO scratch VALUES (1)",
    )
    .unwrap();
    let rows = Rows::of(&db);
    SCHEMA.push(&mut db, &Hints::default()).unwrap();
    assert_eq!(Rows::of(&db), rows);
}

/// What a struct no longer says holds rows, perhaps: that is asked, and nothing happens before.
#[test]
fn nothing_is_lost_without_an_agreement() {
    let mut db = filled();
    db.execute_batch("ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")
        .unwrap();
    let rows = Rows::of(&db);
    let error = SCHEMA.push(&mut db, &Hints::default()).unwrap_err();
    expect![[r#"T102: drops `notes.colour` with its values; agree with `Hints::allow("drop:notes.colour")`"#]]
        .assert_eq(&error.to_string());
    assert_eq!(Rows::of(&db), rows);
    let mut hints = Hints::default();
    hints.allow("drop:notes.colour").unwrap();
    let steps = SCHEMA.push(&mut db, &hints).unwrap();
    expect!["rewrite  ALTER TABLE notes DROP COLUMN colour"].assert_eq(&steps.to_string());
}
