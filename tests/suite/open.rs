//! Opening a database, with the tables that the structs say.

mod refused;

use expect_test::expect;
use std::path::PathBuf;
use std::time::Duration;
use tablature::{Connection, JournalMode, Options, Synchronous, Table, insert};

#[derive(Table)]
#[table(fts(title))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

tablature::schema! {
    /// Posts.
    pub(super) static POSTS = [Post];
}

pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tablature-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn setting(db: &Connection, name: &str) -> String {
    db.query_row(
        &format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}"),
        (),
        |row| row.get(0),
    )
    .unwrap()
}

#[test]
fn the_settings_are_as_documented() {
    let folder = Folder::new("settings");
    let db = POSTS.open(folder.0.join("blog.db")).unwrap();
    let settings = [
        "journal_mode",
        "synchronous",
        "foreign_keys",
        "recursive_triggers",
    ]
    .map(|name| setting(&db, name));
    assert_eq!(settings, ["wal", "1", "1", "1"]);
    let timeout: i64 = db
        .query_row("PRAGMA busy_timeout", (), |row| row.get(0))
        .unwrap();
    assert_eq!(timeout, 5000);
    assert!(db.execute_batch("SELECT \"no such column\"").is_err());

    let options = Options::new()
        .busy_timeout(Duration::from_secs(1))
        .journal_mode(JournalMode::Truncate)
        .synchronous(Synchronous::Full)
        .foreign_keys(false)
        .recursive_triggers(false)
        .double_quoted_strings(true)
        .stable_plans(false)
        .statement_cache(3);
    let db = POSTS
        .open_with(folder.0.join("other.db"), &options)
        .unwrap();
    let settings = [
        "journal_mode",
        "synchronous",
        "foreign_keys",
        "recursive_triggers",
    ]
    .map(|name| setting(&db, name));
    assert_eq!(settings, ["truncate", "2", "0", "0"]);
    db.execute_batch("SELECT \"no such column\"").unwrap();
}

#[test]
fn a_database_is_created_once_and_opened_again() {
    let folder = Folder::new("again");
    let path = folder.0.join("blog.db");
    insert!(&POSTS.open(&path).unwrap(), Post { title: "kept" }).unwrap();
    let db = POSTS.open(&path).unwrap();
    assert_eq!(Post::get(&db, 1).unwrap().unwrap().title, "kept");
    db.execute_batch("CREATE TABLE mine (x); CREATE INDEX mine_too ON post (title)")
        .unwrap();
    POSTS.open(&path).unwrap();
}

#[test]
fn many_may_open_a_fresh_database_at_once() {
    let folder = Folder::new("many");
    let path = folder.0.join("blog.db");
    let opened: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    POSTS
                        .open(&path)
                        .map(drop)
                        .map_err(|error| error.to_string())
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert_eq!(opened, vec![Ok(()); 8]);
}

#[test]
fn a_database_that_differs_is_refused() {
    let folder = Folder::new("differs");
    let path = folder.0.join("blog.db");
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE post (id INTEGER PRIMARY KEY, title TEXT) STRICT")
        .unwrap();
    let error = POSTS.open(&path).unwrap_err();
    expect!["the database differs from the structs: table `post` has another definition"]
        .assert_eq(&error.to_string());
    Connection::open(&path)
        .unwrap()
        .execute_batch("ALTER TABLE post RENAME TO other")
        .unwrap();
    let error = POSTS.open(&path).unwrap_err();
    expect!["the database differs from the structs: table `post` is missing"]
        .assert_eq(&error.to_string());
}

#[test]
fn the_schema_tells_its_tables() {
    assert_eq!(
        POSTS.tables().map(|table| table.name).collect::<Vec<_>>(),
        ["post"]
    );
    assert_eq!(POSTS.ddl(), Post::DDL);
}
