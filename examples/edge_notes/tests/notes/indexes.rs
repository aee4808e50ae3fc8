//! Which index each question takes: no list of one user's rows reads those of the others.

use super::filled;
use edge_notes::notes::Note;
use edge_notes::users::User;
use tablature::rusqlite::params_from_iter;
use tablature::testing::assert_uses_index;
use tablature::types::Value;
use tablature::{Connection, Table};

fn check(select: &str, rest: &str, index: &str) {
    let db = filled();
    let sql = format!("{select} {rest}");
    assert_uses_index!(db, &sql, index);
    looks_up(&db, &sql);
}

/// Nothing is read as a whole, and nothing is sorted.
fn looks_up(db: &Connection, sql: &str) {
    let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let nothing = params_from_iter(vec![Value::Null; plan.parameter_count()]);
    let lines = plan.query_map(nothing, |row| row.get(3)).unwrap();
    for line in lines {
        let line: String = line.unwrap();
        let slow = line.starts_with("SCAN") || line.starts_with("USE TEMP B-TREE");
        assert!(!slow, "{sql}: {line}");
    }
}

#[test]
fn each_question_takes_its_index() {
    let notes = Note::SQL.select;
    check(User::SQL.select, User::OF, "users_email_key");
    check(notes, Note::NEWEST, "notes_user_id_updated_at_idx");
    check(notes, Note::PINNED, "notes_pinned");
    check(notes, Note::AT, "notes_user_id_slug_key");
    check(notes, Note::SHOWN_TO, "shares_granted_to_idx");
    check(notes, Note::TAGGED, "tags_user_id_name_key");
    check(notes, Note::TAGGED, "note_tags_tag_id_idx");
}

/// A cascade, and the way from a row to its children, look them up: by an index, or by the primary key.
#[test]
fn each_foreign_key_is_looked_up() {
    let db = filled();
    for (table, column) in [
        ("notes", "user_id"),
        ("tags", "user_id"),
        ("note_tags", "note_id"),
        ("note_tags", "tag_id"),
        ("shares", "note_id"),
        ("shares", "granted_by"),
        ("shares", "granted_to"),
    ] {
        looks_up(&db, &format!("DELETE FROM {table} WHERE {column} = ?1"));
    }
}
