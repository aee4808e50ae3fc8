//! The committed files, applied by wrangler to local D1 with rows: up, all at once, back, and what D1 enforces.

use super::rows::Rows;
use super::stages::STAGES;
use super::wrangler::D1;
use edge_notes::SCHEMA;
use tablature::testing;

/// Each version is released by itself, and finds what users have written until then; then all are taken back.
#[test]
fn upgrades_and_ways_back_lose_nothing() {
    let Some(d1) = D1::new("d1_upgrades") else {
        return;
    };
    let mut rows = Rows::default();
    for (at, stage) in STAGES.iter().enumerate() {
        d1.release(at + 1);
        d1.apply();
        (stage.up)(&mut rows);
        let db = d1.open();
        assert_eq!(Rows::of(&db), rows, "version {}", at + 1);
        testing::check(&db).unwrap();
        db.execute_batch(stage.rows).unwrap();
        rows = Rows::of(&db);
    }
    assert!(SCHEMA.verify(&d1.open()).unwrap().is_empty());
    for (at, stage) in STAGES.iter().enumerate().rev() {
        d1.back(at + 1);
        (stage.down)(&mut rows);
        assert_eq!(Rows::of(&d1.open()), rows, "back from version {}", at + 1);
    }
}

/// Somebody who was away for four versions.
#[test]
fn all_at_once() {
    let Some(d1) = D1::new("d1_at_once") else {
        return;
    };
    d1.release(1);
    d1.apply();
    let db = d1.open();
    db.execute_batch(STAGES[0].rows).unwrap();
    let mut rows = Rows::of(&db);
    drop(db);
    for (at, stage) in STAGES.iter().enumerate().skip(1) {
        d1.release(at + 1);
        (stage.up)(&mut rows);
    }
    d1.apply();
    let db = d1.open();
    assert_eq!(Rows::of(&db), rows);
    let history =
        "SELECT group_concat(name, ' ') FROM (SELECT name FROM d1_migrations ORDER BY id)";
    // tablature: allow wrangler makes the table of its history
    let history: String = db.query_row(history, (), |row| row.get(0)).unwrap();
    let files: Vec<String> = SCHEMA
        .migrations()
        .iter()
        .map(|it| format!("{}.sql", it.stem))
        .collect();
    assert_eq!(history, files.join(" "));
    assert!(SCHEMA.verify(&db).unwrap().is_empty());
}

/// The constraints are the database's: D1 enforces them by itself, whoever writes.
#[test]
fn d1_refuses_and_cascades() {
    let Some(d1) = D1::new("d1_enforces") else {
        return;
    };
    for number in 1..=STAGES.len() {
        d1.release(number);
    }
    d1.apply();
    d1.execute("INSERT INTO users (email) VALUES ('ann@example.org'), ('bob@example.org');
                INSERT INTO notes (user_id, slug, title, body) VALUES (1, 'a', 'A', ''), (2, 'a', 'A', '')").unwrap();
    for (sql, refusal) in [
        (
            "INSERT INTO users (email) VALUES ('ANN@example.org')",
            "UNIQUE constraint failed: users.email",
        ),
        (
            "INSERT INTO users (email) VALUES ('nobody')",
            "CHECK constraint failed: email_has_at",
        ),
        (
            "INSERT INTO tags (user_id, name) VALUES (3, 'home')",
            "FOREIGN KEY constraint failed",
        ),
        (
            "UPDATE notes SET created_at = ''",
            "notes.created_at is immutable",
        ),
    ] {
        let said = d1.execute(sql).unwrap_err();
        assert!(said.contains(refusal), "{sql}: {said}");
    }
    d1.execute("DELETE FROM users WHERE id = 1").unwrap();
    let rows = Rows::of(&d1.open());
    assert_eq!((rows.0["users"].len(), rows.0["notes"].len()), (1, 1));
}

/// The recipe of SQLite's manual, beside ours: D1 is content, the notes are gone, and the comparison sees it.
#[test]
fn the_textbooks_rebuild_would_delete_all_notes() {
    let Some(d1) = D1::new("d1_textbook") else {
        return;
    };
    d1.release(1);
    d1.apply();
    let db = d1.open();
    db.execute_batch(STAGES[0].rows).unwrap();
    let mut rows = Rows::of(&db);
    drop(db);
    d1.put(
        "0002_textbook",
        "PRAGMA foreign_keys = OFF;
         CREATE TABLE users_new (id INTEGER PRIMARY KEY, email TEXT NOT NULL, created_at INTEGER);
         INSERT INTO users_new SELECT * FROM users;
         DROP TABLE users;
         ALTER TABLE users_new RENAME TO users;",
    );
    d1.apply();
    let found = Rows::of(&d1.open());
    assert_ne!(found, rows);
    rows.0.get_mut("notes").unwrap().clear();
    assert_eq!(found, rows);
}
