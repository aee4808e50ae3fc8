use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use tablature_faults::{LIBRARY, State};

/// A database that has had the first migration and has rows; and what the second one makes of it.
pub(super) struct Library {
    folder: Folder,
    old: State,
    new: State,
}

/// Which of the two a database has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Old,
    New,
}

pub(super) const JOURNALS: [&str; 2] = ["wal", "delete"];

impl Library {
    pub(super) fn new(books: u32, journal: &str) -> Self {
        let folder = Folder::new();
        let path = folder.0.join("old.db");
        let mut db = connect(&path, journal);
        LIBRARY.migrate_to(&mut db, 1).unwrap();
        fill(&db, books);
        let old = State::of(&db).unwrap();
        drop(db);
        let copy = folder.0.join("new.db");
        fs::copy(&path, &copy).unwrap();
        let mut db = connect(&copy, journal);
        assert_eq!(LIBRARY.migrate(&mut db).unwrap().len(), 1);
        let new = State::of(&db).unwrap();
        assert_eq!(old.rows, new.rows);
        assert_ne!(old.schema, new.schema);
        assert_eq!((&*old.versions, &*new.versions), ("1", "1,2"));
        Self { folder, old, new }
    }

    /// A fresh copy of the old database, always in the same place.
    pub(super) fn copy(&self) -> PathBuf {
        let path = self.folder.0.join("copy.db");
        for ending in ["", "-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(beside(&path, ending));
        }
        fs::copy(self.folder.0.join("old.db"), &path).unwrap();
        path
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder.0
    }

    pub(super) fn old(&self) -> &State {
        &self.old
    }

    /// Opens a database as somebody who knows nothing of what has happened to it. It is sound, and on one of the sides.
    pub(super) fn side(&self, path: &Path, point: &str) -> Side {
        let db = Connection::open(path).unwrap();
        sound(&db, point);
        let state = State::of(&db).unwrap();
        if state == self.old {
            return Side::Old;
        }
        assert_eq!(state, self.new, "neither old nor new, {point}");
        Side::New
    }

    /// The next one who opens it completes it.
    pub(super) fn completes(&self, path: &Path, point: &str) {
        let db = LIBRARY.open(path).unwrap();
        assert_eq!(State::of(&db).unwrap(), self.new, "{point}");
    }
}

/// Pages, rows, references and full-text search are right.
pub(super) fn sound(db: &Connection, point: &str) {
    let text = |sql: &str| -> String { db.query_row(sql, (), |row| row.get(0)).unwrap() };
    assert_eq!(text("PRAGMA integrity_check"), "ok", "{point}");
    let orphans = "SELECT CAST(count(*) AS TEXT) FROM pragma_foreign_key_check";
    assert_eq!(text(orphans), "0", "{point}");
    db.execute_batch("INSERT INTO books_fts (books_fts, rank) VALUES ('integrity-check', 1)")
        .unwrap_or_else(|error| panic!("{error}, {point}"));
}

/// A connection of an application that sets its own pragmas.
pub(super) fn connect(path: &Path, journal: &str) -> Connection {
    let db = Connection::open(path).unwrap();
    db.pragma_update(None, "journal_mode", journal).unwrap();
    db
}

pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The last books are gone, so that the counter is ahead of the rows.
fn fill(db: &Connection, books: u32) {
    db.execute_batch(&format!(
        "BEGIN;
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
         INSERT INTO authors SELECT i, 'author ' || i FROM n;
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {books} + 7)
         INSERT INTO books SELECT i, 1 + i % 100, iif(i % 2, 'Book ', 'book ') || i % 1000,
           concat_ws(' ', 'the', i % 17, 'th tale of', i * 7919 % 104729, 'and', hex(i * 104729), replace(hex(zeroblob(60)), '00', 'la ')), 1900 + i % 126 FROM n;
         INSERT INTO loans SELECT id, id, 'reader ' || id FROM books WHERE id % 10 = 1 AND id <= {books};
         DELETE FROM books WHERE id > {books};
         COMMIT"
    ))
    .unwrap();
}

/// A folder that goes away.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("tablature-faults-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
