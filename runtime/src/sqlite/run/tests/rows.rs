//! Rows that new constraints refuse, counted before anything runs.

use super::super::{migrate, preflight_of};
use super::{Script, Work, script};
use expect_test::{Expect, expect};
use rusqlite::Connection;

const BEFORE: &str = "CREATE TABLE authors (id INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER, slug TEXT, age INTEGER);
CREATE TABLE tags (name TEXT, post INTEGER, weight INTEGER, PRIMARY KEY (name, post)) WITHOUT ROWID;
CREATE TABLE keys (id TEXT PRIMARY KEY);";

const ROWS: &str = "INSERT INTO authors VALUES (1, 'a'), (2, 'A'), (3, NULL);
INSERT INTO posts VALUES (1, 1, 'x', 3), (4, 9, 'x', NULL), (9, NULL, 'y', NULL), (17, 2, 'y', -1), (18, 2, 'z', NULL), (19, 2, NULL, NULL);
INSERT INTO tags VALUES ('t', 1, NULL), ('u', 2, 1);
INSERT INTO keys VALUES ('a'), (NULL), (NULL);";

const REBUILD: &str = "ALTER TABLE posts RENAME TO posts__old;
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER, slug TEXT, age INTEGER NOT NULL);
INSERT INTO posts (id, author, slug, age) SELECT id, author, slug, age FROM posts__old;
DROP TABLE posts__old;";

/// What is told of the pending migrations. Where rows are refused, the migrations themselves fail, too.
fn check(pending: &[&str], expect: Expect) {
    let mut scripts = vec![script(1, "0001_create_posts", BEFORE)];
    let stems = ["0002_second", "0003_third"];
    for ((up, stem), version) in pending.iter().zip(stems).zip(2..) {
        let name = stem.split_at(5).1;
        scripts.push(Script {
            version,
            name,
            stem,
            up,
            down: None,
        });
    }
    let mut db = Connection::open_in_memory().unwrap();
    super::migrate(&mut db, &scripts[..1]).unwrap();
    db.execute_batch(ROWS).unwrap();
    let work = Work::from(scripts.as_slice());
    let refusals = preflight_of(&db, &work).unwrap();
    let lines: Vec<String> = refusals.iter().map(ToString::to_string).collect();
    expect.assert_eq(&lines.join("\n"));
    let unchecked = super::MigrateOptions::new().check_rows(false);
    let runs = migrate(
        &mut db,
        &Work {
            options: &unchecked,
            ..work
        },
    );
    assert!(refusals.is_empty() || runs.is_err(), "{lines:?}");
}

#[test]
fn each_constraint_tells_how_many_rows_break_it_and_which() {
    check(
        &[REBUILD],
        expect!["`0002_second` refuses 4 rows of `posts`: `age` is NULL, at id 4, 9, 18, …"],
    );
    check(
        &[
            "ALTER TABLE posts ALTER COLUMN age SET NOT NULL; ALTER TABLE posts ADD CONSTRAINT old CHECK (age >= 0); CREATE UNIQUE INDEX slugs ON posts (slug)",
        ],
        expect![[r#"
            `0002_second` refuses 4 rows of `posts`: `age` is NULL, at id 4, 9, 18, …
            `0002_second` refuses 1 row of `posts`: CHECK `old` (age >= 0) is false, at id 17
            `0002_second` refuses 4 rows of `posts`: (slug) is not unique, at id 1, 9, …"#]],
    );
    check(
        &["CREATE UNIQUE INDEX emails ON authors (email COLLATE nocase)"],
        expect!["`0002_second` refuses 2 rows of `authors`: (email) is not unique, at id 1, …"],
    );
    check(
        &["CREATE UNIQUE INDEX slugs ON posts (slug, author) WHERE age > 0"],
        expect![""],
    );
    check(
        &["ALTER TABLE tags ALTER COLUMN weight SET NOT NULL"],
        expect!["`0002_second` refuses 1 row of `tags`: `weight` is NULL, at name, post 't', 1"],
    );
    check(
        &["ALTER TABLE keys ALTER COLUMN id SET NOT NULL"],
        expect!["`0002_second` refuses 2 rows of `keys`: `id` is NULL, at rowid 2, 3"],
    );
    check(
        &[&REBUILD.replace(
            "author INTEGER, slug TEXT, age INTEGER NOT NULL",
            "author INTEGER REFERENCES authors (id), slug TEXT UNIQUE, age INTEGER",
        )],
        expect![[r#"
            `0002_second` refuses 1 row of `posts`: `authors` has no row for their (author), at id 4
            `0002_second` refuses 4 rows of `posts`: (slug) is not unique, at id 1, 9, …"#]],
    );
}

#[test]
fn what_a_later_migration_finds_is_counted_while_it_is_certain() {
    check(
        &["ALTER TABLE posts ADD COLUMN title TEXT", REBUILD],
        expect!["`0003_third` refuses 4 rows of `posts`: `age` is NULL, at id 4, 9, 18, …"],
    );
    check(
        &[
            "UPDATE posts SET slug = 'a'",
            "ALTER TABLE tags ALTER COLUMN weight SET NOT NULL; ALTER TABLE posts ALTER COLUMN age SET NOT NULL",
        ],
        expect!["`0003_third` refuses 1 row of `tags`: `weight` is NULL, at name, post 't', 1"],
    );
}

#[test]
fn of_what_a_migration_writes_itself_nothing_is_told() {
    for up in [
        "UPDATE posts SET age = 0 WHERE age IS NULL; ALTER TABLE posts ALTER COLUMN age SET NOT NULL",
        "DELETE FROM posts WHERE age IS NULL; ALTER TABLE posts ALTER COLUMN age SET NOT NULL",
        &REBUILD.replace("slug, age FROM", "slug, coalesce(age, 0) FROM"),
        &REBUILD.replace("posts__old;\nDROP", "posts__old WHERE age > 0;\nDROP"),
        "WITH n AS (SELECT 1) UPDATE posts SET age = 0; ALTER TABLE posts ALTER COLUMN age SET NOT NULL",
        "ALTER TABLE posts DROP COLUMN age; ALTER TABLE posts ADD COLUMN age INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE posts RENAME TO old; ALTER TABLE tags RENAME TO posts; ALTER TABLE posts ALTER COLUMN weight SET NOT NULL",
        "ALTER TABLE posts RENAME COLUMN age TO years; ALTER TABLE posts RENAME COLUMN id TO age; ALTER TABLE posts RENAME COLUMN years TO id",
        "CREATE TRIGGER mends AFTER INSERT ON tags BEGIN UPDATE posts SET age = 0; END; INSERT INTO tags VALUES ('x', 1, 1); ALTER TABLE posts ALTER COLUMN age SET NOT NULL",
        "INSERT INTO authors VALUES (9, NULL); ALTER TABLE posts ADD COLUMN more INTEGER REFERENCES authors",
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, author INTEGER); DROP TABLE parent",
        "PRAGMA ignore_check_constraints = ON; ALTER TABLE posts ADD CONSTRAINT old CHECK (age > 0)",
        &REBUILD.replace(
            "age INTEGER NOT NULL",
            "age INTEGER NOT NULL ON CONFLICT IGNORE, CHECK (id < 5)",
        ),
        &REBUILD.replace("slug TEXT", "slug TEXT UNIQUE ON CONFLICT REPLACE"),
    ] {
        check(&[up], expect![""]);
    }
}

#[test]
fn nothing_is_told_where_the_migration_takes_the_rows_after_all() {
    const KEY: &str = "CREATE TABLE new (id INTEGER PRIMARY KEY, author INTEGER REFERENCES authors, slug TEXT, age INTEGER);
        INSERT INTO new (id, author, slug, age) SELECT id, author, slug, age FROM posts;
        DROP TABLE posts; ALTER TABLE new RENAME TO posts;";
    for pending in [
        &[KEY, "DELETE FROM posts WHERE author = 9"][..],
        &[KEY, "INSERT INTO authors VALUES (9, 'i')"],
        &[KEY, "DROP TABLE posts"],
        &["DROP TABLE main.posts; CREATE TABLE posts (age INTEGER NOT NULL)"],
        &["ALTER TABLE main.posts DROP COLUMN age; ALTER TABLE main.posts ADD COLUMN age INTEGER NOT NULL DEFAULT 0"],
        &["ALTER TABLE main.posts RENAME COLUMN age TO a; ALTER TABLE main.posts RENAME COLUMN id TO age; ALTER TABLE posts ALTER COLUMN age SET NOT NULL"],
        &["CREATE TABLE new (n INTEGER, slug TEXT UNIQUE); INSERT INTO new (n, slug) SELECT DISTINCT 1, slug FROM posts;
           DROP TABLE posts; ALTER TABLE new RENAME TO posts"],
        &["CREATE TABLE new (slug TEXT CHECK (slug = 'slug')); INSERT INTO new (slug) SELECT 'slug' FROM posts; DROP TABLE posts; ALTER TABLE new RENAME TO posts"],
        &["CREATE TABLE new (slug TEXT UNIQUE);
           CREATE TRIGGER one BEFORE INSERT ON new BEGIN DELETE FROM new WHERE slug = new.slug; END",
          "INSERT INTO new (slug) SELECT slug FROM posts; DROP TABLE posts; ALTER TABLE new RENAME TO posts"],
    ] {
        check(pending, expect![""]);
    }
}

#[test]
fn the_error_says_that_nothing_has_run() {
    let mut db = Connection::open_in_memory().unwrap();
    let first = script(1, "0001_create_posts", BEFORE);
    super::migrate(&mut db, &[first]).unwrap();
    db.execute_batch(ROWS).unwrap();
    super::refused(
        &mut db,
        &[first, script(2, "0002_rebuild", REBUILD)],
        expect![
            "`0002_rebuild` refuses 4 rows of `posts`: `age` is NULL, at id 4, 9, 18, …; nothing was run: mend the rows, or the file"
        ],
    );
}
