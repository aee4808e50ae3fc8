//! Many processes migrate at once, while others read and write.

use super::library::{Folder, Library, Side, connect, sound};
use super::process::Process;
use super::settings::settings;
use super::size::Size;
use expect_test::expect;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;
use tablature::migrations::{Runner, apply, read};
use tablature_faults::{LIBRARY, State};

const MANY: usize = 16;

/// Starts all, lets them go at once, and returns what each has said.
fn at_once(arguments: &[&str]) -> Vec<String> {
    let mut processes: Vec<_> = (0..MANY).map(|_| Process::new(arguments)).collect();
    processes.iter_mut().for_each(Process::go);
    processes.iter_mut().map(Process::line).collect()
}

#[test]
fn a_fresh_database_is_made_once() {
    let folder = Folder::new();
    let rounds = if Size::chosen().full { 50 } else { 5 };
    for round in 0..rounds {
        let path = folder.0.join(format!("{round}.db"));
        let said = at_once(&["open", path.to_str().unwrap()]);
        assert_eq!(said, vec!["done"; MANY], "round {round}");
        let db = Connection::open(&path).unwrap();
        assert_eq!(State::of(&db).unwrap().versions, "1,2");
        sound(&db, "after all");
    }
}

#[test]
fn pending_migrations_are_applied_once() {
    let library = Library::new(Size::chosen().rows, "wal");
    let folder = Folder::new();
    write_files(&folder.0);
    let (old, new) = (library.old().clone(), {
        let mut db = connect(&library.copy(), "wal");
        let applied = apply(&mut db, &read(&folder.0, Runner::Tablature).unwrap()).unwrap();
        assert_eq!(applied.len(), 50);
        State::of(&db).unwrap()
    });

    let path = library.copy();
    let at = path.to_str().unwrap();
    let mut readers: Vec<_> = (0..3).map(|_| Process::new(&["read", at])).collect();
    let mut writer = Process::new(&["write", at]);
    let mut said = at_once(&["apply", at, folder.0.to_str().unwrap()]);
    said.sort();
    let mut expected = vec!["done 0"; MANY - 1];
    expected.push("done 50");
    assert_eq!(said, expected);

    let both = BTreeSet::from([old.to_string(), new.to_string()]);
    for reader in &mut readers {
        reader.go();
        let told = reader.line();
        let seen = told.strip_prefix("done ").unwrap_or(&told);
        let seen: BTreeSet<String> = seen.split("; ").map(str::to_owned).collect();
        assert_eq!(seen, both, "what a reader has seen");
    }
    writer.go();
    let told = writer.line();
    let written: i64 = told
        .strip_prefix("done ")
        .and_then(|it| it.parse().ok())
        .expect(&told);
    let db = Connection::open(&path).unwrap();
    let kept: i64 = db
        .query_row(
            "SELECT count(*) FROM loans WHERE reader = 'writer'",
            (),
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(kept, written);
    assert_eq!(State::of(&db).unwrap(), new);
    sound(&db, "after all");
    println!("{MANY} processes, 50 pending, 3 readers, {written} rows written meanwhile");
}

/// Without a log, readers and writers wait for each other, and all the same nobody fails.
#[test]
fn a_rebuild_is_done_once() {
    for journal in super::library::JOURNALS {
        let library = Library::new(Size::chosen().rows, journal);
        let path = library.copy();
        let said = at_once(&["open", path.to_str().unwrap(), journal]);
        assert_eq!(said, vec!["done"; MANY], "{journal}");
        assert_eq!(library.side(&path, journal), Side::New);
    }
}

/// A rollback journal cannot be committed while somebody reads. Who waits too long is told, and may come again.
#[test]
fn somebody_reads_for_too_long() {
    let library = Library::new(100, "delete");
    let path = library.copy();
    let reader = connect(&path, "delete");
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM books")
        .unwrap();
    let mut db = connect(&path, "delete");
    db.busy_timeout(Duration::from_millis(50)).unwrap();
    let before = settings(&db);
    let error = LIBRARY.migrate(&mut db).unwrap_err();
    expect!["cannot migrate: database is locked; another connection has worked in it for longer than the busy timeout: let it end, then try again"].assert_eq(&error.to_string());
    assert_eq!(settings(&db), before);
    assert!(db.is_autocommit());
    reader.execute_batch("COMMIT").unwrap();
    assert_eq!(library.side(&path, "somebody has read"), Side::Old);
    assert_eq!(LIBRARY.migrate(&mut db).unwrap().len(), 1);
    assert_eq!(library.side(&path, "nobody reads"), Side::New);
}

/// The two of the library, and 49 behind them: tables, columns, indexes, rows.
fn write_files(folder: &Path) {
    for migration in LIBRARY.migrations() {
        fs::write(
            folder.join(format!("{}.up.sql", migration.stem)),
            migration.up,
        )
        .unwrap();
    }
    for number in 3..=51 {
        let table = format!("shelf_{}", number / 4);
        let sql = match number % 4 {
            0 => {
                format!("CREATE TABLE {table} (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;")
            }
            1 => format!("ALTER TABLE {table} ADD COLUMN height INTEGER NOT NULL DEFAULT 10;"),
            2 => format!("CREATE INDEX {table}_name_idx ON {table} (name);"),
            _ => "UPDATE authors SET name = name WHERE id = 1;".to_owned(),
        };
        fs::write(folder.join(format!("{number:04}_shelf.up.sql")), sql).unwrap();
    }
}
