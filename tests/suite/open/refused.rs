//! What cannot be opened, and how to proceed.

use super::super::migrations::OURS;
use super::{Folder, POSTS, Post};
use expect_test::{Expect, expect};
use std::fs;
use std::time::Duration;
use tablature::{Connection, Error, JournalMode, Options, Schema, Table as _, insert};

fn check(folder: &Folder, path: &str, expect: Expect) {
    check_schema(&POSTS, folder, path, expect);
}

fn check_schema(schema: &Schema, folder: &Folder, path: &str, expect: Expect) {
    let options = Options::new().busy_timeout(Duration::from_millis(20));
    let said = match schema.open_with(folder.0.join(path), &options) {
        Ok(_) => "opened".to_owned(),
        Err(error) => error.to_string(),
    };
    expect.assert_eq(&said.replace(&folder.0.display().to_string(), "/data"));
}

#[test]
fn what_is_no_database_is_named_with_its_path() {
    let folder = Folder::new("no-database");
    let text = "This is a text, and a rather long one, as texts go; no database begins so.";
    fs::write(folder.0.join("notes.db"), text.repeat(20)).unwrap();
    check(
        &folder,
        "notes.db",
        expect![
            "cannot open `/data/notes.db`: file is not a database; name a SQLite database that is not encrypted"
        ],
    );
    assert_eq!(
        fs::read_to_string(folder.0.join("notes.db")).unwrap(),
        text.repeat(20)
    );
    check(
        &folder,
        "",
        expect!["cannot open `/data/`: it is a folder; name a database file"],
    );
    check(
        &folder,
        "nowhere/blog.db",
        expect!["cannot open `/data/nowhere/blog.db`: there is no folder `/data/nowhere`; make it"],
    );
    check(
        &folder,
        "notes.db/blog.db",
        expect![
            "cannot open `/data/notes.db/blog.db`: `/data/notes.db` is no folder; name another path"
        ],
    );
    insert!(
        &POSTS.open(folder.0.join("blog.db")).unwrap(),
        Post { title: "a" }
    )
    .unwrap();
    let mut bytes = fs::read(folder.0.join("blog.db")).unwrap();
    bytes[100..200].fill(0xFF);
    fs::write(folder.0.join("torn.db"), bytes).unwrap();
    check(
        &folder,
        "torn.db",
        expect![
            "cannot open `/data/torn.db`: database disk image is malformed; restore a backup, or try `.recover` of the sqlite3 shell"
        ],
    );
}

#[test]
fn what_somebody_else_has_locked_is_named_with_its_path() {
    let folder = Folder::new("locked");
    let path = folder.0.join("blog.db");
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch("CREATE TABLE mine (x); BEGIN EXCLUSIVE")
        .unwrap();
    check(
        &folder,
        "blog.db",
        expect![
            "cannot open `/data/blog.db`: database is locked; another connection has worked in it for longer than the busy timeout: let it end, then try again"
        ],
    );
    other
        .execute_batch("ROLLBACK; DROP TABLE mine; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE")
        .unwrap();
    // It has no tables yet, and only one may create them.
    check(
        &folder,
        "blog.db",
        expect![
            "cannot open `/data/blog.db`: database is locked; another connection has worked in it for longer than the busy timeout: let it end, then try again"
        ],
    );
    check_schema(
        &OURS,
        &folder,
        "blog.db",
        expect![
            "cannot open `/data/blog.db`: database is locked; another connection has worked in it for longer than the busy timeout: let it end, then try again"
        ],
    );
}

#[test]
fn who_waits_for_a_lock_in_vain_is_told_how_to_proceed() {
    let folder = Folder::new("waits");
    let path = folder.0.join("blog.db");
    let options = Options::new().busy_timeout(Duration::from_millis(20));
    let (db, other) = (
        POSTS.open_with(&path, &options).unwrap(),
        POSTS.open(&path).unwrap(),
    );
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = insert!(&db, Post { title: "a" }).unwrap_err();
    expect!["`post`: database is locked; another connection has worked in it for longer than the busy timeout: let it end, then try again"].assert_eq(&error.to_string());
    let error = Error::from(db.execute("DELETE FROM post", ()).unwrap_err());
    expect!["database is locked; another connection has worked in it for longer than the busy timeout: let it end, then try again"].assert_eq(&error.to_string());
    db.execute_batch("BEGIN; SELECT * FROM post").unwrap();
    insert!(&other, Post { title: "a" }).unwrap();
    other.execute_batch("COMMIT").unwrap();
    // To wait would not help: what was read is no longer so.
    let error = insert!(&db, Post { title: "b" }).unwrap_err();
    expect!["`post`: database is locked; another connection has written since this transaction began to read: begin it anew, as IMMEDIATE"].assert_eq(&error.to_string());
}

#[test]
fn who_reads_a_locked_database_in_vain_is_told_how_to_proceed() {
    let folder = Folder::new("reads");
    let path = folder.0.join("blog.db");
    let options = Options::new()
        .journal_mode(JournalMode::Delete)
        .busy_timeout(Duration::from_millis(20));
    let db = POSTS.open_with(&path, &options).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let error = Post::get(&db, 1).err().unwrap();
    expect!["database is locked; another connection has worked in it for longer than the busy timeout: let it end, then try again"].assert_eq(&error.to_string());
}
