//! SQL in the sources: what is checked, and what cannot be seen.

use super::scratch::Scratch;
use expect_test::{Expect, expect};

const HEAD: &str = "use tablature::rusqlite::{Connection, Result, named_params, params};\n\n";

/// What `check` says of a file of the crate.
pub(super) fn check(source: &str, expect: Expect) {
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

#[test]
fn what_is_in_an_attached_database_is_not_known() {
    check(
        r##"pub fn copy(db: &Connection, path: &str) -> Result<()> {
    db.execute("DELETE FROM hits", [])?;
    db.execute("ATTACH ?1 AS other", [path])?;
    db.execute("INSERT INTO other.things SELECT id FROM posts", [])?;
    db.execute("INSERT INTO things SELECT id FROM posts", [])?;
    db.execute_batch("CREATE TABLE other.more (id); DROP INDEX other.more_idx; DELETE FROM comments")?;
    db.execute("DELETE FROM main.pots", [])?;
    db.execute("UPDATE posts SET titel = ?1", ["a"])?;
    db.execute("DETACH other", [])?;
    Ok(())
}

pub fn later(db: &Connection) -> Result<()> {
    db.execute("DELETE FROM Other.things", [])?;
    db.execute("DELETE FROM another.things", [])?;
    db.execute("CREATE TABLE another.more (id)", [])?;
    db.execute("DELETE FROM pots", [])?;
    Ok(())
}
"##,
        expect![[r#"
            $ cargo tablature check
            SQL in the sources: 8 calls checked, 4 not checked
              not checked: src/queries.rs:6: what is in the attached database `other` is not known
              not checked: src/queries.rs:7: what is in the attached database is not known
              not checked: src/queries.rs:8: what is in the attached database `other` is not known
              not checked: src/queries.rs:16: what is in the attached database `Other` is not known
            ! error: no table `hits`
            !  --> src/queries.rs:4:29
            !   |
            ! 4 |     db.execute("DELETE FROM hits", [])?;
            !   |                             ^^^^
            ! error: no table `main.pots`; did you mean `posts`?
            !  --> src/queries.rs:9:34
            !   |
            ! 9 |     db.execute("DELETE FROM main.pots", [])?;
            !   |                                  ^^^^
            ! error: no column `titel` in `posts`; did you mean `title`?
            !   --> src/queries.rs:10:34
            !    |
            ! 10 |     db.execute("UPDATE posts SET titel = ?1", ["a"])?;
            !    |                                  ^^^^^
            ! error: no table `another.things`; if the program attaches `another`, say so in a comment: `// tablature: allow …`
            !   --> src/queries.rs:17:29
            !    |
            ! 17 |     db.execute("DELETE FROM another.things", [])?;
            !    |                             ^^^^^^^^^^^^^^
            ! error: unknown database another; if the program attaches `another`, say so in a comment: `// tablature: allow …`
            !   --> src/queries.rs:18:30
            !    |
            ! 18 |     db.execute("CREATE TABLE another.more (id)", [])?;
            !    |                              ^^^^^^^
            ! error: no table `pots`; did you mean `posts`?
            !   --> src/queries.rs:19:29
            !    |
            ! 19 |     db.execute("DELETE FROM pots", [])?;
            !    |                             ^^^^

            exit 1
        "#]],
    );
}

#[test]
fn tables_that_are_functions() {
    check(
        r##"pub fn all(db: &Connection) -> Result<()> {
    db.prepare("SELECT value FROM generate_series(1, 3)")?;
    db.prepare("SELECT id FROM posts, generate_series (1, 3)")?;
    db.prepare("SELECT posts.id FROM posts, json_each('[1]')")?;
    db.execute("INSERT INTO pots (id) VALUES (1)", [])?;
    Ok(())
}
"##,
        expect![[r#"
            $ cargo tablature check
            SQL in the sources: 4 calls checked
            ! error: no table `generate_series`; if the program brings it, say so in a comment: `// tablature: allow …`
            !  --> src/queries.rs:4:35
            !   |
            ! 4 |     db.prepare("SELECT value FROM generate_series(1, 3)")?;
            !   |                                   ^^^^^^^^^^^^^^^
            ! error: no table `generate_series`; if the program brings it, say so in a comment: `// tablature: allow …`
            !  --> src/queries.rs:5:39
            !   |
            ! 5 |     db.prepare("SELECT id FROM posts, generate_series (1, 3)")?;
            !   |                                       ^^^^^^^^^^^^^^^
            ! error: no table `pots`; did you mean `posts`?
            !  --> src/queries.rs:7:29
            !   |
            ! 7 |     db.execute("INSERT INTO pots (id) VALUES (1)", [])?;
            !   |                             ^^^^

            exit 1
        "#]],
    );
}
