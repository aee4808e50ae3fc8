//! When something was written, whoever wrote it.

use super::filled;
use edge_notes::notes::{NewNote, Note};
use jiff::Timestamp;
use tablature::{Insert, Table, update};

#[test]
fn the_database_writes_them() {
    let before = Timestamp::now();
    let db = filled();
    let note = NewNote {
        user_id: 1,
        slug: "new",
        title: "New",
        body: "",
    };
    let id = note.insert(&db).unwrap();
    let note = Note::get(&db, id).unwrap().unwrap();
    // SQLite's clock has milliseconds.
    assert!(note.created_at.as_millisecond() >= before.as_millisecond());
    assert_eq!(note.created_at, note.updated_at);
}

#[test]
fn every_change_is_seen_and_none_of_the_beginning_is_taken() {
    let db = filled();
    let before = Note::get(&db, 7).unwrap().unwrap();
    // As a Worker does it, which does not think of moments.
    db.execute("UPDATE notes SET body = 'changed' WHERE id = 7", ())
        .unwrap();
    let after = Note::get(&db, 7).unwrap().unwrap();
    assert!(after.updated_at > before.updated_at);
    assert_eq!(after.created_at, before.created_at);
    let taken = update!(&db, Note(7) { created_at: before.updated_at });
    assert!(taken.is_err());
}

/// `new Date().toISOString()`: three digits, which are read as well.
#[test]
fn a_moment_of_javascript_is_read() {
    let db = filled();
    db.execute(
        "UPDATE notes SET updated_at = '2026-11-21T01:40:44.123Z' WHERE id = 7",
        (),
    )
    .unwrap();
    let note = Note::get(&db, 7).unwrap().unwrap();
    assert_eq!(note.updated_at.to_string(), "2026-11-21T01:40:44.123Z");
}
