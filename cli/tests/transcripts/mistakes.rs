//! SQL in the sources: each kind of mistake.

use super::scratch::Scratch;
use super::statements::check;
use expect_test::expect;

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
