//! What a backup brings back, and what is no backup.

use super::{folder, with_jobs};
use image_stats::backup::{RestoreError, back_up, restore};
use image_stats::files::File;
use image_stats::jobs::Job;
use image_stats::{STATS, sample, versions};
use std::fs;
use std::path::Path;
use tablature::{Connection, Table, testing};

#[test]
fn a_backup_brings_everything_back() {
    let folder = folder("restored");
    let (path, copy) = (folder.join("stats.db"), folder.join("copy.db"));
    let mut db = versions::open(&path).unwrap();
    let files = sample::files(&db, "photos/", 10).unwrap();
    tablature::Insert::insert_all(&db, sample::jobs(&files, 1_000)).unwrap();
    let before = (File::all(&db).unwrap(), Job::all(&db).unwrap());
    back_up(&db, &copy).unwrap();
    db.execute_batch("DELETE FROM files; DROP TABLE settings")
        .unwrap();

    // Another window has the database open, and reads.
    let window = versions::open(&path).unwrap();
    assert_eq!(Job::count(&window).unwrap(), 0);
    restore(&mut db, &copy).unwrap();
    assert_eq!(Job::count(&window).unwrap(), 1_000);
    assert_eq!((File::all(&db).unwrap(), Job::all(&db).unwrap()), before);
    assert!(STATS.verify(&db).unwrap().is_empty());
    testing::check(&db).unwrap();
    let beside = |end: &str| folder.join(format!("copy.db{end}")).exists();
    assert!(!beside("-wal") && !beside("-shm"));
}

#[test]
fn a_backup_of_an_older_version_is_upgraded() {
    let folder = folder("older");
    let path = folder.join("old.db");
    let mut old = Connection::open(&path).unwrap();
    STATS.migrate_to(&mut old, 1).unwrap();
    old.execute("INSERT INTO files VALUES (1, 'A', 'png', 1, 1)", ())
        .unwrap();
    drop(old);
    let bytes = fs::read(&path).unwrap();
    let mut db = with_jobs(3, 10);
    restore(&mut db, &path).unwrap();
    let paths: Vec<String> = File::all(&db)
        .unwrap()
        .into_iter()
        .map(|it| it.folded)
        .collect();
    assert_eq!((paths, Job::count(&db).unwrap()), (vec!["a".to_owned()], 0));
    assert!(STATS.pending(&db).unwrap().is_empty());
    assert_eq!(fs::read(&path).unwrap(), bytes, "a backup is only read");
}

/// What restoring a file says; the database is as it was.
fn refused(path: &Path) -> String {
    let mut db = with_jobs(3, 10);
    let error: RestoreError = restore(&mut db, path).unwrap_err();
    assert_eq!(
        (File::count(&db).unwrap(), Job::count(&db).unwrap()),
        (3, 10)
    );
    error.to_string()
}

#[test]
fn what_is_no_backup_changes_nothing() {
    let folder = folder("refused");
    let at = |name: &str| folder.join(name);
    assert!(refused(&at("missing.db")).starts_with("cannot restore: unable to open"));
    assert!(!at("missing.db").exists());

    fs::write(at("empty.db"), "").unwrap();
    let empty = "the backup cannot be used: it has no statistics";
    assert_eq!(refused(&at("empty.db")), empty);

    fs::write(at("text.db"), "not a database, ".repeat(1_000)).unwrap();
    assert_eq!(
        refused(&at("text.db")),
        "cannot restore: file is not a database"
    );

    let other = Connection::open(at("other.db")).unwrap();
    other
        .execute_batch("CREATE TABLE files (id INTEGER PRIMARY KEY)")
        .unwrap();
    assert_eq!(refused(&at("other.db")), empty);

    let newer = STATS.open(at("newer.db")).unwrap();
    newer
        .execute_batch(
            "CREATE TEMP TABLE next AS SELECT * FROM tablature_migrations WHERE version = 3;
             UPDATE next SET version = 4, name = 'from_the_future';
             INSERT INTO tablature_migrations SELECT * FROM next",
        )
        .unwrap();
    drop(newer);
    assert_eq!(
        refused(&at("newer.db")),
        "the backup cannot be used: the database is ahead: it has had migration 0004 `from_the_future`, which this program does not know; run a newer one, or go back with `migrate_down_to(3)`"
    );

    back_up(&with_jobs(20, 5_000), &at("torn.db")).unwrap();
    let bytes = fs::read(at("torn.db")).unwrap();
    let (middle, end) = (bytes.len() / 2, bytes.len() / 2 + 20_000);
    let torn = [&bytes[..middle], &vec![0xAA; 20_000], &bytes[end..]].concat();
    fs::write(at("torn.db"), torn).unwrap();
    let error = refused(&at("torn.db"));
    assert!(
        error.starts_with("the backup cannot be used: the database is unsound"),
        "{error}"
    );
}
