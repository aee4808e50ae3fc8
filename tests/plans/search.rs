//! A rebuild of a table leaves its full-text index alone, as long as the texts are the same: to index again costs many times
//! what the rows cost.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use tablature::migrations::Runner;
use tablature::plan::{Hints, Target, plan};
use tablature::{Connection, inspect};

const BOOKS: &str = "CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, blurb TEXT, year INTEGER) STRICT;";
const SEARCH: &str =
    "CREATE VIRTUAL TABLE books_fts USING fts5(title, blurb, content = 'books', content_rowid = 'id');
    CREATE TRIGGER books_fts_insert AFTER INSERT ON books BEGIN
      INSERT INTO books_fts (rowid, title, blurb) VALUES (new.id, new.title, new.blurb);
    END;";

/// What the index consists of. It has grown row by row, so making it anew would give other pages.
fn index(db: &Connection) -> u64 {
    let mut statement = db
        .prepare("SELECT id, block FROM books_fts_data ORDER BY id")
        .unwrap();
    let mut rows = statement.query(()).unwrap();
    let mut hasher = DefaultHasher::new();
    while let Some(row) = rows.next().unwrap() {
        let (id, block): (i64, Vec<u8>) = (row.get(0).unwrap(), row.get(1).unwrap());
        (id, block).hash(&mut hasher);
    }
    hasher.finish()
}

fn database(books: &str, search: &str) -> Connection {
    let db = tablature::plan::scratch().unwrap();
    db.execute_batch(books).unwrap();
    db.execute_batch(search).unwrap();
    db
}

/// Whether the index is the same after the migration. It is right in any case.
fn check(books: &str, search: &str, runner: Runner, stays: bool) {
    let db = database(BOOKS, SEARCH);
    for id in 1..=20 {
        let sql = "INSERT INTO books VALUES (?1, 'Title ' || ?1, iif(?1 % 5, 'blurb ' || ?1, NULL), 1900)";
        db.execute(sql, [id]).unwrap();
    }
    let to = inspect(&database(books, search)).unwrap();
    let mut hints = Hints::default();
    hints.allow("convert:books.year").unwrap();
    let plan = plan(&inspect(&db).unwrap(), &to, &hints, Target::new(runner)).unwrap();
    let script = plan.script();
    assert!(script.contains("INSERT INTO books"), "no rebuild: {script}");
    let before = index(&db);
    db.execute_batch("BEGIN").unwrap();
    db.execute_batch(&script).unwrap();
    db.execute_batch("COMMIT").unwrap();
    assert_eq!(index(&db) == before, stays, "{script}");
    db.execute_batch("INSERT INTO books_fts (books_fts, rank) VALUES ('integrity-check', 1)")
        .unwrap();
    // What the test relies on: to make it anew is seen.
    db.execute_batch("INSERT INTO books_fts (books_fts) VALUES ('rebuild')")
        .unwrap();
    assert_ne!(index(&db), before);
}

#[test]
fn the_index_stays_where_the_texts_stay() {
    for runner in Runner::ALL {
        let other_type = BOOKS.replace("year INTEGER", "year TEXT");
        check(&other_type, SEARCH, runner, true);
        let other_order =
            BOOKS.replace("title TEXT NOT NULL", "title TEXT NOT NULL COLLATE nocase");
        check(&other_order, SEARCH, runner, true);
    }
}

#[test]
fn the_index_is_made_anew_where_the_texts_change() {
    for runner in Runner::ALL {
        let filled = BOOKS.replace("blurb TEXT,", "blurb TEXT NOT NULL DEFAULT 'none',");
        check(&filled, SEARCH, runner, false);
        let more = SEARCH.replace("fts5(title, blurb,", "fts5(title, blurb, year,");
        let other_order =
            BOOKS.replace("title TEXT NOT NULL", "title TEXT NOT NULL COLLATE nocase");
        let more = more
            .replace("(rowid, title, blurb)", "(rowid, title, blurb, year)")
            .replace("new.title, new.blurb)", "new.title, new.blurb, new.year)");
        check(&other_order, &more, runner, false);
    }
}
