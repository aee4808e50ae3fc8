//! Tablature, and beside it what SQLite does without it.

#[path = "../../answer.rs"]
mod answer;
mod big;
mod shop;

use big::BIG;
use rusqlite::Connection;
use shop::SHOP;
use std::time::Duration;
use tablature::{JournalMode, Options, Synchronous};

/// Opening takes microseconds, so an answer is about so many.
const OPENINGS: usize = 500;

/// What [`Options::new`] sets, in one go.
const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;";

fn main() {
    answer::answer(|work, settings, path| match work {
        "migrate" => {
            let db = SHOP.open_with(path, &options(settings)).unwrap();
            let applied: i64 = db
                .query_row("SELECT count(*) FROM tablature_migrations", (), |row| {
                    row.get(0)
                })
                .unwrap();
            assert_eq!(applied, 50);
        }
        "alone" => alone(settings, path),
        "open" => (0..OPENINGS).for_each(|_| drop(SHOP.open(path).unwrap())),
        "plain" => (0..OPENINGS).for_each(|_| drop(plain(path))),
        "fill" => fill(path),
        "rebuild" => drop(BIG.open(path).unwrap()),
        "bare" => bare(path),
        other => panic!("no such work: {other}"),
    });
}

fn options(settings: &str) -> Options {
    match settings {
        "delete" => Options::new()
            .journal_mode(JournalMode::Delete)
            .synchronous(Synchronous::Full),
        _ => Options::new(),
    }
}

/// No runner could take less: no history, and nothing is looked at.
fn alone(settings: &str, path: &str) {
    let mut db = Connection::open(path).unwrap();
    if settings != "delete" {
        db.execute_batch(PRAGMAS).unwrap();
    }
    let transaction = db.transaction().unwrap();
    for script in SHOP.migrations() {
        transaction.execute_batch(script.up).unwrap();
    }
    transaction.commit().unwrap();
}

fn plain(path: &str) -> Connection {
    let db = Connection::open(path).unwrap();
    db.busy_timeout(Duration::from_secs(5)).unwrap();
    db.execute_batch(PRAGMAS).unwrap();
    db
}

fn fill(path: &str) {
    let mut db = plain(path);
    BIG.migrate_to(&mut db, 1).unwrap();
    db.execute_batch(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
         INSERT INTO readings SELECT i, i * 7919 % 997, i * 104729 % 1000003, 'Place ' || i * 31 % 5003, i / 7.0, 'unit ' || i % 7,
           iif(i % 3, NULL, 'remark ' || i), i % 2 FROM n",
    )
    .unwrap();
}

/// SQLite's own recipe, in the order that it recommends: <https://www.sqlite.org/lang_altertable.html#otheralter>.
fn bare(path: &str) {
    let db = plain(path);
    db.execute_batch(
        "PRAGMA foreign_keys = OFF;
         BEGIN IMMEDIATE;
         CREATE TABLE readings__new (
           id INTEGER PRIMARY KEY,
           sensor INTEGER NOT NULL,
           taken_at INTEGER NOT NULL,
           place TEXT NOT NULL COLLATE nocase,
           value REAL NOT NULL,
           unit TEXT NOT NULL,
           remark TEXT,
           checked INTEGER NOT NULL CONSTRAINT checked_values CHECK (checked IN (0, 1))
         ) STRICT;
         INSERT INTO readings__new (id, sensor, taken_at, place, value, unit, remark, checked)
           SELECT id, sensor, taken_at, place, value, unit, remark, checked FROM readings;
         DROP TABLE readings;
         PRAGMA legacy_alter_table = ON;
         ALTER TABLE readings__new RENAME TO readings;
         PRAGMA legacy_alter_table = OFF;
         CREATE INDEX readings_sensor_taken_at_idx ON readings (sensor, taken_at);
         CREATE INDEX readings_place_idx ON readings (place);
         PRAGMA foreign_key_check;
         PRAGMA user_version = 2;
         COMMIT;
         PRAGMA foreign_keys = ON;",
    )
    .unwrap();
}
