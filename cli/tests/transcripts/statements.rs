//! SQL in the sources: each kind of mistake, and what cannot be seen.

use super::scratch::Scratch;
use expect_test::{Expect, expect};

const HEAD: &str = "use tablature::rusqlite::{Connection, Result, named_params, params};\n\n";

/// What `check` says of a file of the crate.
fn check(source: &str, expect: Expect) {
    let mut blog = Scratch::blog();
    blog.write("src/queries.rs", &format!("{HEAD}{source}"))
        .write("src/reset.sql", "-- Empties all tables.\nDELETE FROM comments;\nDELETE FROM posts;\nDELETE FROM authors;\n")
        .run("cargo tablature check");
    blog.ends(expect);
}

#[test]
fn all_is_well() {
    check(
        r##"const RECENT: &str = "SELECT id, title FROM posts ORDER BY published_at DESC LIMIT ?1";

pub fn all(db: &Connection, sql: &str) -> Result<()> {
    db.execute("INSERT INTO authors (email, name) VALUES (?1, ?2)", params!["ann@example.org", "Ann"])?;
    db.execute(
        "UPDATE posts SET title = :title, body = :body WHERE id = :id",
        named_params! { ":title": "A", ":body": "B", ":id": 1 },
    )?;
    db.execute("DELETE FROM comments WHERE id = ?", [1])?;
    db.execute("DELETE FROM comments", ())?;
    db.execute("UPDATE posts SET views = ? WHERE id = ?", (1, 2))?;
    db.execute("UPDATE posts SET views = :v", &[(":v", &1)])?;
    db.query_row(RECENT, [1], |row| row.get::<_, i64>(0))?;
    let mut statement = db.prepare(r#"SELECT "id" FROM posts WHERE title = ?1 AND views > ?2"#)?;
    statement.query_map(params!["a", 1], |row| row.get::<_, i64>(0))?;
    for table in ["posts", "authors"] {
        db.execute(&format!("DELETE FROM {table}"), [])?;
    }
    db.execute_batch(include_str!("reset.sql"))?;
    db.execute_batch("BEGIN; CREATE TEMP TABLE seen (id); INSERT INTO seen SELECT id FROM posts; COMMIT")?;
    db.execute("INSERT INTO seen VALUES (?)", [1])?;
    db.execute("PRAGMA optimize", [])?;
    db.execute(sql, [])?;
    let given: Vec<i64> = Vec::new();
    db.execute("DELETE FROM posts WHERE id IN (?1, ?2)", tablature::rusqlite::params_from_iter(given))?;
    Ok(())
}
"##,
        expect![[r#"
            $ cargo tablature check
            1 migration leads to the structs; proved up, down and up again, on 18 witness rows
            SQL in the sources: 14 calls checked, 2 not checked
              not checked: src/queries.rs:25: `sql` is given by the caller
              not checked: src/queries.rs:27: its arguments are put together at run time; the statement is checked

        "#]],
    );
}

#[test]
fn a_column_that_was_renamed() {
    let mut blog = Scratch::blog();
    blog.write(
        "src/queries.rs",
        r#"use crate::Post;
use tablature::rusqlite::{Connection, params};

const TITLES: &str = "SELECT title FROM posts";

pub fn all(db: &Connection) -> tablature::Result<()> {
    db.execute(
        "UPDATE posts
         SET title = ?1, body = ?2
         WHERE id = ?3",
        params!["a", "b", 1],
    )?;
    db.query_row(TITLES, [], |row| row.get::<_, String>(0))?;
    db.query_row(TITLES, [], |row| row.get::<_, String>(0))?;
    Post::query(db, "WHERE title = ?1 ORDER BY id", ["a"])?;
    db.execute(concat!("DELETE FROM posts ", "WHERE posts.title = ", "'a\\u{e9}' AND title <> ?1"), ["b"])?;
    Ok(())
}
"#,
    )
    .edit("pub title: String,", "#[column(renamed_from = \"title\")]\n    pub heading: String,")
    .edit("fts(title, body", "fts(heading, body")
    .quietly("cargo tablature generate")
    .run("cargo tablature check");
    blog.ends(expect![[r#"
        $ cargo tablature check
        SQL in the sources: 5 calls checked
        ! error: no column `title` in `posts`; it is called `heading` since `0002_rename_title_to_heading_in_posts`
        !  --> src/queries.rs:4:30
        !   |
        ! 4 | const TITLES: &str = "SELECT title FROM posts";
        !   |                              ^^^^^
        !   = note: used at src/queries.rs:13:8
        ! error: no column `title` in `posts`; it is called `heading` since `0002_rename_title_to_heading_in_posts`
        !  --> src/queries.rs:9:14
        !   |
        ! 9 |          SET title = ?1, body = ?2
        !   |              ^^^^^
        ! error: no column `title` in `posts`; it is called `heading` since `0002_rename_title_to_heading_in_posts`
        !   --> src/queries.rs:15:28
        !    |
        ! 15 |     Post::query(db, "WHERE title = ?1 ORDER BY id", ["a"])?;
        !    |                            ^^^^^
        ! error: no column `title` in `posts`; it is called `heading` since `0002_rename_title_to_heading_in_posts`
        !   --> src/queries.rs:16:53
        !    |
        ! 16 |     db.execute(concat!("DELETE FROM posts ", "WHERE posts.title = ", "'a\\u{e9}' AND title <> ?1"), ["b"])?;
        !    |                                                     ^^^^^^^^^^^

        exit 1
    "#]]);
}

#[test]
fn names_that_are_not_there() {
    check(
        r##"pub fn all(db: &Connection) -> Result<()> {
    db.execute("DELETE FROM post WHERE id = 1", [])?;
    db.prepare_cached("SELECT p.titel FROM posts AS p")?;
	db.execute("INSERT INTO posts (author_id, titel) VALUES (1, 'é')", [])?;
    db.execute(r#"UPDATE posts SET "body" = "titel""#, [])?;
    db.query_row("SELECT levenshtein(title, ?1) FROM posts", ["a"], |row| row.get::<_, i64>(0))?;
    Ok(())
}
"##,
        expect![[r##"
            $ cargo tablature check
            SQL in the sources: 5 calls checked
            ! error: no table `post`; did you mean `posts`?
            !  --> src/queries.rs:4:29
            !   |
            ! 4 |     db.execute("DELETE FROM post WHERE id = 1", [])?;
            !   |                             ^^^^
            ! error: no column `titel` in `posts`; did you mean `title`?
            !  --> src/queries.rs:5:31
            !   |
            ! 5 |     db.prepare_cached("SELECT p.titel FROM posts AS p")?;
            !   |                               ^^^^^^^
            ! error: no column `titel` in `posts`; did you mean `title`?
            !  --> src/queries.rs:6:44
            !   |
            ! 6 |     db.execute("INSERT INTO posts (author_id, titel) VALUES (1, 'é')", [])?;
            !   |                                               ^^^^^
            ! error: no column `titel` in `posts`; did you mean `title`?; a text stands in single quotes
            !  --> src/queries.rs:7:45
            !   |
            ! 7 |     db.execute(r#"UPDATE posts SET "body" = "titel""#, [])?;
            !   |                                             ^^^^^^^
            ! error: no such function: levenshtein; if the program brings it, say so in a comment: `// tablature: allow …`
            !  --> src/queries.rs:8:26
            !   |
            ! 8 |     db.query_row("SELECT levenshtein(title, ?1) FROM posts", ["a"], |row| row.get::<_, i64>(0))?;
            !   |                          ^^^^^^^^^^^

            exit 1
        "##]],
    );
}

#[test]
fn syntax() {
    check(
        r##"pub fn all(db: &Connection) -> Result<()> {
    db.execute("DELETE posts WHERE id = 1", [])?;
    db.execute("SELCT id FROM posts", [])?;
    db.prepare("SELECT id FROM posts WHERE")?;
    db.prepare("SELECT id FROM posts WHERE title = 'it's'")?;
    db.execute("DELETE FROM posts; DELETE FROM authors", [])?;
    db.execute_batch("DELETE FROM posts; DELETE authors; DELETE FROM comment;")?;
    Ok(())
}
"##,
        expect![[r#"
            $ cargo tablature check
            SQL in the sources: 6 calls checked
            ! error: near "posts": syntax error
            !  --> src/queries.rs:4:24
            !   |
            ! 4 |     db.execute("DELETE posts WHERE id = 1", [])?;
            !   |                        ^^^^^
            ! error: near "SELCT": syntax error
            !  --> src/queries.rs:5:17
            !   |
            ! 5 |     db.execute("SELCT id FROM posts", [])?;
            !   |                 ^^^^^
            ! error: incomplete input
            !  --> src/queries.rs:6:38
            !   |
            ! 6 |     db.prepare("SELECT id FROM posts WHERE")?;
            !   |                                      ^^^^^
            ! error: near "s": syntax error
            !  --> src/queries.rs:7:56
            !   |
            ! 7 |     db.prepare("SELECT id FROM posts WHERE title = 'it's'")?;
            !   |                                                        ^
            ! error: several statements; give one, or run them with `execute_batch`
            !  --> src/queries.rs:8:36
            !   |
            ! 8 |     db.execute("DELETE FROM posts; DELETE FROM authors", [])?;
            !   |                                    ^^^^^^^^^^^^^^^^^^^
            ! error: near "authors": syntax error
            !  --> src/queries.rs:9:49
            !   |
            ! 9 |     db.execute_batch("DELETE FROM posts; DELETE authors; DELETE FROM comment;")?;
            !   |                                                 ^^^^^^^
            ! error: no table `comment`; did you mean `comments`?
            !  --> src/queries.rs:9:70
            !   |
            ! 9 |     db.execute_batch("DELETE FROM posts; DELETE authors; DELETE FROM comment;")?;
            !   |                                                                      ^^^^^^^

            exit 1
        "#]],
    );
}

#[test]
fn columns_and_values() {
    check(
        r##"pub fn all(db: &Connection) -> Result<()> {
    db.execute("INSERT INTO authors (email, name) VALUES (?1)", ["a"])?;
    db.execute("INSERT INTO authors (email, name) VALUES (?1, ?2), (?1, ?2, ?3)", ["a", "b", "c"])?;
    db.execute("INSERT INTO authors VALUES (?1, ?2)", ["a", "b"])?;
    db.execute("INSERT INTO authors (email, name) SELECT title FROM posts", [])?;
    db.execute("INSERT INTO posts (author_id, title) VALUES (?1, ?2)", params![1, "a"])?;
    db.execute_batch("DELETE FROM posts; INSERT INTO authors (email) VALUES (?1)")?;
    Ok(())
}
"##,
        expect![[r#"
            $ cargo tablature check
            SQL in the sources: 6 calls checked
            ! error: `authors`: 2 columns (email, name), 1 value: `name` has none
            !  --> src/queries.rs:4:58
            !   |
            ! 4 |     db.execute("INSERT INTO authors (email, name) VALUES (?1)", ["a"])?;
            !   |                                                          ^^^^
            ! error: `authors`: 2 columns (email, name), row 2 has 3 values: `?3` has no column
            !  --> src/queries.rs:5:77
            !   |
            ! 5 |     db.execute("INSERT INTO authors (email, name) VALUES (?1, ?2), (?1, ?2, ?3)", ["a", "b", "c"])?;
            !   |                                                                             ^^
            ! error: `authors`: 3 columns (id, email, name), 2 values: `name` has none
            !  --> src/queries.rs:6:44
            !   |
            ! 6 |     db.execute("INSERT INTO authors VALUES (?1, ?2)", ["a", "b"])?;
            !   |                                            ^^^^^^^^
            ! error: `authors`: 2 columns (email, name), the SELECT returns 1 column: `name` has none
            !  --> src/queries.rs:7:29
            !   |
            ! 7 |     db.execute("INSERT INTO authors (email, name) SELECT title FROM posts", [])?;
            !   |                             ^^^^^^^
            ! error: `posts`: `body` is NOT NULL and has no default, and is left out
            !  --> src/queries.rs:8:29
            !   |
            ! 8 |     db.execute("INSERT INTO posts (author_id, title) VALUES (?1, ?2)", params![1, "a"])?;
            !   |                             ^^^^^
            ! error: 1 parameter, 0 arguments: `?1` for `email` has none
            !  --> src/queries.rs:9:42
            !   |
            ! 9 |     db.execute_batch("DELETE FROM posts; INSERT INTO authors (email) VALUES (?1)")?;
            !   |                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            ! error: `authors`: `name` is NOT NULL and has no default, and is left out
            !  --> src/queries.rs:9:54
            !   |
            ! 9 |     db.execute_batch("DELETE FROM posts; INSERT INTO authors (email) VALUES (?1)")?;
            !   |                                                      ^^^^^^^

            exit 1
        "#]],
    );
}

#[test]
fn parameters_and_arguments() {
    check(
        r##"pub fn all(db: &Connection) -> Result<()> {
    db.execute("INSERT INTO authors (email, name) VALUES (?1, ?2)", params!["a"])?;
    db.execute("INSERT INTO authors (email, name) VALUES (?1, ?2)", ("a", "b", "c"))?;
    db.execute("DELETE FROM authors WHERE id = ?", [])?;
    db.execute("DELETE FROM authors WHERE id = :id", named_params! { ":di": 1 })?;
    db.execute("UPDATE authors SET email = :email, name = :name", &[(":email", "a")])?;
    let mut statement = db.prepare("SELECT id FROM posts WHERE author_id = ?1 AND views > ?2")?;
    statement.query_map([1], |row| row.get::<_, i64>(0))?;
    let given = params![1];
    statement.query_row(given, |row| row.get::<_, i64>(0))?;
    db.prepare("DELETE FROM posts WHERE id = ?1")?.execute([1, 2])?;
    Connection::execute(db, "DELETE FROM posts", [1])?;
    Ok(())
}
"##,
        expect![[r#"
            $ cargo tablature check
            SQL in the sources: 8 calls checked
            ! error: 2 parameters, 1 argument: `?2` for `name` has none
            !  --> src/queries.rs:4:69
            !   |
            ! 4 |     db.execute("INSERT INTO authors (email, name) VALUES (?1, ?2)", params!["a"])?;
            !   |                                                                     ^^^^^^^^^^^^
            ! error: 2 parameters, 3 arguments: the last has none
            !  --> src/queries.rs:5:69
            !   |
            ! 5 |     db.execute("INSERT INTO authors (email, name) VALUES (?1, ?2)", ("a", "b", "c"))?;
            !   |                                                                     ^^^^^^^^^^^^^^^
            ! error: 1 parameter, 0 arguments: `?` (number 1) has none
            !  --> src/queries.rs:6:52
            !   |
            ! 6 |     db.execute("DELETE FROM authors WHERE id = ?", [])?;
            !   |                                                    ^^
            ! error: no parameter `:di`; did you mean `:id`?
            !  --> src/queries.rs:7:54
            !   |
            ! 7 |     db.execute("DELETE FROM authors WHERE id = :id", named_params! { ":di": 1 })?;
            !   |                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^
            ! error: `:name` has no argument, and would be NULL, or what an earlier run has given; give it one, even if it is NULL
            !  --> src/queries.rs:8:67
            !   |
            ! 8 |     db.execute("UPDATE authors SET email = :email, name = :name", &[(":email", "a")])?;
            !   |                                                                   ^^^^^^^^^^^^^^^^^^
            ! error: 2 parameters, 1 argument: `?2` has none
            !   --> src/queries.rs:10:25
            !    |
            ! 10 |     statement.query_map([1], |row| row.get::<_, i64>(0))?;
            !    |                         ^^^
            ! error: 2 parameters, 1 argument: `?2` has none
            !   --> src/queries.rs:12:25
            !    |
            ! 12 |     statement.query_row(given, |row| row.get::<_, i64>(0))?;
            !    |                         ^^^^^
            ! error: 1 parameter, 2 arguments: the last has none
            !   --> src/queries.rs:13:60
            !    |
            ! 13 |     db.prepare("DELETE FROM posts WHERE id = ?1")?.execute([1, 2])?;
            !    |                                                            ^^^^^^
            ! error: 0 parameters, 1 argument: the last has none
            !   --> src/queries.rs:14:50
            !    |
            ! 14 |     Connection::execute(db, "DELETE FROM posts", [1])?;
            !    |                                                  ^^^

            exit 1
        "#]],
    );
}

#[test]
fn what_cannot_be_seen() {
    check(
        r##"pub struct Filter {
    pub sql: String,
}

pub fn all(db: &Connection, filter: &Filter, name: &str) -> Result<()> {
    db.execute(&filter.sql, [])?;
    db.execute(&format!("DELETE FROM {name}"), [])?;
    let mut sql = String::from("SELECT id FROM posts");
    sql.push_str(" WHERE id = 1");
    db.prepare(&sql)?;
    db.execute(&["DELETE FROM posts", " WHERE id = 1"].concat(), [])?;
    shell(db).execute("ls", [])?;
    Ok(())
}

macro_rules! delete {
    ($db:expr, $table:literal) => {
        $db.execute(concat!("DELETE FROM ", $table), [])
    };
}

pub fn by_macro(db: &Connection) -> Result<()> {
    delete!(db, "posts")?;
    Ok(())
}
"##,
        expect![[r#"
            $ cargo tablature check
            1 migration leads to the structs; proved up, down and up again, on 18 witness rows
            SQL in the sources: 0 calls checked, 6 not checked
              not checked: src/queries.rs:8: it is put together at run time
              not checked: src/queries.rs:9: `format!` puts it together at run time
              not checked: src/queries.rs:12: `sql` is changed at run time
              not checked: src/queries.rs:13: it is put together at run time
              not checked: src/queries.rs:14: it does not look like SQL
              not checked: src/queries.rs:20: it is put together at run time

        "#]],
    );
}

#[test]
fn comments_that_silence() {
    check(
        r##"pub fn all(db: &Connection) -> Result<()> {
    // tablature: allow it is in the statistics database
    db.execute("DELETE FROM hits", [])?;
    db.execute("DELETE FROM visits", [])?; // tablature: allow the same
    let count: i64 = db
        .query_row(
            // tablature: allow the same
            "SELECT count(*) FROM hits",
            [],
            |row| row.get(0),
        )?;
    // tablature: allow
    db.execute("DELETE FROM hits", [count])?;
    // tablature: allow there is nothing below
    Ok(())
}
"##,
        expect![[r#"
            $ cargo tablature check
            SQL in the sources: 1 call checked, 3 allowed by a comment
            ! error: this `allow` has no reason; write it behind: `// tablature: allow it is another database`
            !   --> src/queries.rs:14:5
            !    |
            ! 14 |     // tablature: allow
            !    |     ^^^^^^^^^^^^^^^^^^^
            ! error: no table `hits`
            !   --> src/queries.rs:15:29
            !    |
            ! 15 |     db.execute("DELETE FROM hits", [count])?;
            !    |                             ^^^^
            ! error: this `allow` stands at no call that runs SQL; take it away
            !   --> src/queries.rs:16:5
            !    |
            ! 16 |     // tablature: allow there is nothing below
            !    |     ^^^^^^^^^^^^^^^^^^^

            exit 1
        "#]],
    );
}

#[test]
fn tables_of_their_own() {
    let mut blog = Scratch::blog();
    blog.write(
        "tests/own.rs",
        r##"use tablature::Connection;

fn database() -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch("CREATE TABLE seen (id INTEGER PRIMARY KEY, post INTEGER)").unwrap();
    db
}

#[test]
fn with_the_tables_of_the_file() {
    let db = database();
    assert_eq!(db.execute("INSERT INTO seen (post) VALUES (?1)", [1]).unwrap(), 1);
    assert_eq!(db.execute("INSERT INTO seen (pots) VALUES (?1)", [1]).unwrap(), 1);
}

#[test]
fn with_another_table_of_the_same_name() {
    let db = Connection::open_in_memory().unwrap();
    db.execute("CREATE TABLE posts (old)", []).unwrap();
    db.execute("INSERT INTO posts (old) VALUES (1)", []).unwrap();
    db.execute("INSERT INTO posts (older) VALUES (1)", []).unwrap();
}
"##,
    )
    .run("cargo tablature check");
    blog.ends(expect![[r#"
        $ cargo tablature check
        SQL in the sources: 6 calls checked
        ! error: no column `pots` in `seen`; did you mean `post`?
        !   --> tests/own.rs:13:46
        !    |
        ! 13 |     assert_eq!(db.execute("INSERT INTO seen (pots) VALUES (?1)", [1]).unwrap(), 1);
        !    |                                              ^^^^
        ! error: no column `older` in `posts`; did you mean `old`?
        !   --> tests/own.rs:21:36
        !    |
        ! 21 |     db.execute("INSERT INTO posts (older) VALUES (1)", []).unwrap();
        !    |                                    ^^^^^

        exit 1
    "#]]);
}

#[test]
fn what_the_program_brings() {
    check(
        r##"pub fn all(db: &Connection) -> Result<()> {
    db.create_scalar_function("slug", 1, FunctionFlags::SQLITE_UTF8, |_| Ok(1))?;
    db.create_collation("by_length", |a, b| a.cmp(b))?;
    rusqlite::vtab::array::load_module(db)?;
    db.prepare("SELECT slug(title) FROM posts ORDER BY title COLLATE by_length")?;
    db.prepare("SELECT slug(title, 1) FROM posts")?;
    db.prepare("SELECT title FROM posts WHERE id IN (SELECT value FROM rarray(?1))")?;
    Ok(())
}
"##,
        expect![[r#"
            $ cargo tablature check
            SQL in the sources: 3 calls checked
            ! error: wrong number of arguments to function slug()
            !  --> src/queries.rs:8:24
            !   |
            ! 8 |     db.prepare("SELECT slug(title, 1) FROM posts")?;
            !   |                        ^^^^

            exit 1
        "#]],
    );
}

#[test]
fn statements_of_tablature() {
    check(
        r##"use crate::Post;
use tablature::{Page, Search};

pub fn all(db: &Connection, names: Vec<(u8, u8)>) -> tablature::Result<()> {
    Post::execute(db, "UPDATE posts SET views = 1 WHERE titel = ?1", ["a"])?;
    Post::returning(db, "DELETE FROM posts WHERE id = ?1", [1, 2])?;
    Post::query(db, "WHERE id = 1", [])?;
    let page = Page::by(Post::COLUMNS.title).limit(2).filter("views > ?", [1]);
    let more = Page::by(crate::Post::COLUMNS.title).descending().filter("vievs > ? OR id = ?", [1]);
    let page = page.filter("views < ?", [9]).filter("author_id = :id", named_params! { ":id": 1 });
    let found = Search::from("rust").filter("views > ?", [1]);
    names.iter().filter(|it| it.0 == 1).filter("x", 1);
    Ok(())
}
"##,
        expect![[r#"
            $ cargo tablature check
            SQL in the sources: 5 calls checked, 3 not checked
              not checked: src/queries.rs:12: the table of the condition stands elsewhere
              not checked: src/queries.rs:12: the table of the condition stands elsewhere
              not checked: src/queries.rs:13: the table of the condition stands elsewhere
            ! error: no column `titel` in `posts`; did you mean `title`?
            !  --> src/queries.rs:7:57
            !   |
            ! 7 |     Post::execute(db, "UPDATE posts SET views = 1 WHERE titel = ?1", ["a"])?;
            !   |                                                         ^^^^^
            ! error: 1 parameter, 2 arguments: the last has none
            !  --> src/queries.rs:8:60
            !   |
            ! 8 |     Post::returning(db, "DELETE FROM posts WHERE id = ?1", [1, 2])?;
            !   |                                                            ^^^^^^
            ! error: no column `vievs` in `posts`; did you mean `views`?
            !   --> src/queries.rs:11:74
            !    |
            ! 11 |     let more = Page::by(crate::Post::COLUMNS.title).descending().filter("vievs > ? OR id = ?", [1]);
            !    |                                                                          ^^^^^

            exit 1
        "#]],
    );
}

#[test]
fn macros_of_the_crate() {
    check(
        r##"macro_rules! run {
    ($db:expr, $sql:literal) => { $db.execute($sql, []) };
    ($db:expr, $sql:expr, $($value:expr),+ $(,)?) => { $db.execute($sql, params![$($value),+]) };
}

macro_rules! count {
    ($db:ident from $table:literal) => {
        $db.query_row(concat!("SELECT count(*) FROM ", $table), [], |row| row.get::<_, i64>(0))
    };
}

#[macro_export]
macro_rules! clean {
    ($db:expr, $sql:expr) => {{
        $db.execute_batch("DELETE FROM post")?;
        $crate::run!($db, $sql)
    }};
}

#[macro_export]
macro_rules! exported {
    ($db:expr, $sql:expr) => { Connection::execute(&$db, $sql, []) };
}

macro_rules! read {
    ($row:ty, $db:expr, $sql:expr) => { <$row>::query($db, $sql, []) };
    ($row:ident, $db:expr) => { $row::query($db, "WHERE 1", []) };
}

macro_rules! greet {
    ($name:literal) => { println!("hello {}", $name.len()) };
}

mod inner {
    pub fn all(db: &Connection) -> Result<()> {
        macro_rules! script {
            ($text:expr) => { db.execute_batch($text) };
        }
        script!("DELETE FROM posts; DELETE FROM comment")?;
        script!(|a, b| a)
    }
}

pub fn all(db: &Connection, text: &str) -> Result<()> {
    run!(db, "DELETE FROM post")?;
    run!(db, "DELETE FROM posts")?;
    run!(db, "DELETE FROM posts WHERE title = ?1", "a")?;
    run!(db, "DELETE FROM posts WHERE titel = 'a'", "a",)?;
    run!(db, text, 1)?;
    // tablature: allow it is made by hand
    run!(db, text, 2)?;
    count!(db from "posts")?;
    exported!(db, "DELETE FROM post")?;
    clean!(db, "DELETE FROM posts")?;
    greet!("world");
    println!("DELETE FROM posts");
    other::task!("Select a file");
    other::task!("select a file");
    other::task!("UPDATE what is there");
    other::run!(db, "DELETE FROM posts");
    other::each!(db => "SELECT titel FROM posts");
    tablature::rusqlite::query!("SELECT id FROM posts WHERE title = ?1", text);
    Ok(())
}
"##,
        expect![[r#"
            $ cargo tablature check
            SQL in the sources: 8 calls checked, 1 allowed by a comment, 11 not checked
              not checked: src/queries.rs:10: it is put together at run time
              not checked: src/queries.rs:18: a macro puts it together
              not checked: src/queries.rs:24: a macro puts it together
              not checked: src/queries.rs:28: a macro puts it together
              not checked: src/queries.rs:29: a macro puts it together
              not checked: src/queries.rs:42: a macro puts it together
              not checked: src/queries.rs:49: its arguments are put together at run time; the statement is checked
              not checked: src/queries.rs:51: `text` is given by the caller
              not checked: src/queries.rs:56: a macro is given SQL, and what it does with it is not known
              not checked: src/queries.rs:63: a macro is given SQL, and what it does with it is not known
              and 1 more; `--list` names them all
            ! error: no table `post`; did you mean `posts`?
            !   --> src/queries.rs:17:40
            !    |
            ! 17 |         $db.execute_batch("DELETE FROM post")?;
            !    |                                        ^^^^
            ! error: no table `comment`; did you mean `comments`?
            !   --> src/queries.rs:41:49
            !    |
            ! 41 |         script!("DELETE FROM posts; DELETE FROM comment")?;
            !    |                                                 ^^^^^^^
            ! error: no table `post`; did you mean `posts`?
            !   --> src/queries.rs:47:27
            !    |
            ! 47 |     run!(db, "DELETE FROM post")?;
            !    |                           ^^^^
            ! error: no column `titel` in `posts`; did you mean `title`?
            !   --> src/queries.rs:50:39
            !    |
            ! 50 |     run!(db, "DELETE FROM posts WHERE titel = 'a'", "a",)?;
            !    |                                       ^^^^^
            ! error: no table `post`; did you mean `posts`?
            !   --> src/queries.rs:55:32
            !    |
            ! 55 |     exported!(db, "DELETE FROM post")?;
            !    |                                ^^^^

            exit 1
        "#]],
    );
}

#[test]
fn for_other_programs() {
    let mut blog = Scratch::blog();
    blog.write(
        "src/queries.rs",
        &format!("{HEAD}pub fn all(db: &Connection, sql: &str) -> Result<()> {{\n    db.execute(\"DELETE FROM post\", [])?;\n    db.execute_batch(sql)\n}}\n"),
    )
    .write("tests/broken.rs", "fn main( {}\n")
    .run("cargo tablature check --json");
    blog.ends(expect![[r#"
        $ cargo tablature check --json
        {
          "findings": [
            "src/queries.rs:4:29: no table `post`; did you mean `posts`?"
          ],
          "migrations": 1,
          "rows": 18,
          "safe_to_deploy": false,
          "statements": {
            "allowed": 0,
            "checked": 1,
            "findings": [
              {
                "column": 29,
                "end_column": 33,
                "end_line": 4,
                "file": "src/queries.rs",
                "line": 4,
                "message": "no table `post`; did you mean `posts`?",
                "sql": "DELETE FROM post"
              }
            ],
            "not_checked": [
              {
                "column": 8,
                "file": "tests/broken.rs",
                "line": 1,
                "reason": "it is no Rust that can be read: cannot parse string into token stream"
              },
              {
                "column": 8,
                "file": "src/queries.rs",
                "line": 5,
                "reason": "`sql` is given by the caller"
              }
            ]
          },
          "status": "failed",
          "unfilled": [],
          "unproved": []
        }

        exit 1
    "#]]);
}
