mod plans;
mod property;

use super::{Checked as _, statement};
use crate::Connection;
use expect_test::{Expect, expect};

const SCHEMA: &str = "
    CREATE TABLE authors (id INTEGER PRIMARY KEY, email TEXT NOT NULL, name TEXT);
    CREATE TABLE posts (
        id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES authors, slug TEXT NOT NULL,
        title TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'draft', length INTEGER AS (length(title))
    );
    CREATE VIEW titles AS SELECT title FROM posts;
    CREATE VIRTUAL TABLE posts_fts USING fts5(title, content = 'posts', content_rowid = 'id');";

fn blog() -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(SCHEMA).unwrap();
    db
}

/// The message, and the place below the statement.
fn check(sql: &str, expect: Expect) {
    let said = match statement(&blog(), sql) {
        Ok(_) => "prepares".to_owned(),
        Err(super::StatementError::Refused { explanation, .. }) => {
            let marks = explanation.range.map_or(String::new(), |range| {
                format!("\n{}{}", " ".repeat(range.start), "^".repeat(range.len()))
            });
            format!("{}\n{sql}{marks}", explanation.message)
        }
        Err(error) => error.to_string(),
    };
    expect.assert_eq(&said);
}

#[test]
fn unknown_tables() {
    check(
        "SELECT 1 FROM pots",
        expect![[r#"
        no table `pots`; did you mean `posts`?
        SELECT 1 FROM pots
                      ^^^^"#]],
    );
    check(
        "INSERT INTO main.author (name) VALUES (?)",
        expect![[r#"
        no table `main.author`; did you mean `authors`?
        INSERT INTO main.author (name) VALUES (?)
                         ^^^^^^"#]],
    );
    check(
        "INSERT INTO other.\"things\" SELECT 1",
        expect![[r#"
        no table `other.things`
        INSERT INTO other."things" SELECT 1
                    ^^^^^^^^^^^^^^"#]],
    );
    check(
        "DELETE FROM \"frobnications\"",
        expect![[r#"
        no table `frobnications`
        DELETE FROM "frobnications"
                    ^^^^^^^^^^^^^^^"#]],
    );
}

#[test]
fn unknown_columns() {
    check(
        "SELECT titel FROM posts WHERE id = ?1",
        expect![[r#"
        no column `titel` in `posts`; did you mean `title`?
        SELECT titel FROM posts WHERE id = ?1
               ^^^^^"#]],
    );
    check(
        "SELECT p.titel FROM posts AS p JOIN authors a ON a.id = p.author_id",
        expect![[r#"
        no column `titel` in `posts`; did you mean `title`?
        SELECT p.titel FROM posts AS p JOIN authors a ON a.id = p.author_id
               ^^^^^^^"#]],
    );
    check(
        "SELECT a.title FROM posts AS p JOIN authors a ON a.id = p.author_id",
        expect![[r#"
        no column `title` in `authors`
        SELECT a.title FROM posts AS p JOIN authors a ON a.id = p.author_id
               ^^^^^^^"#]],
    );
    check(
        "SELECT emale FROM posts JOIN authors ON authors.id = author_id",
        expect![[r#"
        no column `emale` in `authors` or `posts`; did you mean `email`?
        SELECT emale FROM posts JOIN authors ON authors.id = author_id
               ^^^^^"#]],
    );
    check("SELECT \"titel\" FROM posts", expect!["prepares"]);
    check(
        "SELECT posts.frob FROM posts",
        expect![[r#"
        no column `frob` in `posts`
        SELECT posts.frob FROM posts
               ^^^^^^^^^^"#]],
    );
    check(
        "UPDATE posts SET titel = ?1",
        expect![[r#"
        no column `titel` in `posts`; did you mean `title`?
        UPDATE posts SET titel = ?1
                         ^^^^^"#]],
    );
    check(
        "INSERT INTO posts (author_id, slug, titel) VALUES (?1, ?2, ?3)",
        expect![[r#"
        no column `titel` in `posts`; did you mean `title`?
        INSERT INTO posts (author_id, slug, titel) VALUES (?1, ?2, ?3)
                                            ^^^^^"#]],
    );
    check(
        "INSERT INTO posts (author_id) VALUES (1) ON CONFLICT (id) DO UPDATE SET slugg = 1",
        expect!["prepares"],
    );
    check(
        "SELECT email FROM authors WHERE EXISTS (SELECT 1 FROM posts WHERE author_id = a.id)",
        expect![[r#"
        no such column: a.id
        SELECT email FROM authors WHERE EXISTS (SELECT 1 FROM posts WHERE author_id = a.id)
                                                                                      ^"#]],
    );
    check(
        "SELECT name, (SELECT author_id) FROM authors WHERE id IN (SELECT author_id FROM posts)",
        expect![[r#"
        no column `author_id` here
        SELECT name, (SELECT author_id) FROM authors WHERE id IN (SELECT author_id FROM posts)
                             ^^^^^^^^^"#]],
    );
}

#[test]
fn columns_and_values() {
    check(
        "INSERT INTO posts (author_id, slug, title, status) VALUES (?1, ?2, ?3)",
        expect![[r#"
        `posts`: 4 columns (author_id, slug, title, status), 3 values: `status` has none
        INSERT INTO posts (author_id, slug, title, status) VALUES (?1, ?2, ?3)
                                                                  ^^^^^^^^^^^^"#]],
    );
    check(
        "INSERT INTO posts (author_id, slug) VALUES (?1, ?2, upper(?3))",
        expect![[r#"
        `posts`: 2 columns (author_id, slug), 3 values: `upper(?3)` has no column
        INSERT INTO posts (author_id, slug) VALUES (?1, ?2, upper(?3))
                                                            ^^^^^^^^^"#]],
    );
    check(
        "INSERT INTO posts (author_id, slug) VALUES (?1, ?2), (?3), (?4, ?5)",
        expect![[r#"
        `posts`: 2 columns (author_id, slug), row 2 has 1 value: `slug` has none
        INSERT INTO posts (author_id, slug) VALUES (?1, ?2), (?3), (?4, ?5)
                                                             ^^^^"#]],
    );
    check(
        "REPLACE INTO authors VALUES (?1, '?')",
        expect![[r#"
        `authors`: 3 columns (id, email, name), 2 values: `name` has none
        REPLACE INTO authors VALUES (?1, '?')
                                    ^^^^^^^^^"#]],
    );
    check(
        "INSERT INTO posts VALUES (1, 2, 3, 4, 5, 6, 7)",
        expect![[r#"
        `posts`: 5 columns (id, author_id, slug, title, status), 7 values: `6` and `7` have no column
        INSERT INTO posts VALUES (1, 2, 3, 4, 5, 6, 7)
                                                 ^^^^"#]],
    );
    check(
        "INSERT INTO posts (author_id, slug, title) SELECT id, email FROM authors",
        expect![[r#"
        `posts`: 3 columns (author_id, slug, title), the SELECT returns 2 columns: `title` has none
        INSERT INTO posts (author_id, slug, title) SELECT id, email FROM authors
                    ^^^^^"#]],
    );
    check(
        "INSERT INTO authors SELECT id, email FROM authors",
        expect![[r#"
        `authors`: 3 columns (id, email, name), the SELECT returns 2 columns: `name` has none
        INSERT INTO authors SELECT id, email FROM authors
                    ^^^^^^^"#]],
    );
    check(
        "WITH t AS (SELECT 1) INSERT OR IGNORE INTO authors (id, email) VALUES (1, 2, 3) RETURNING id",
        expect![[r#"
        `authors`: 2 columns (id, email), 3 values: `3` has no column
        WITH t AS (SELECT 1) INSERT OR IGNORE INTO authors (id, email) VALUES (1, 2, 3) RETURNING id
                                                                                     ^"#]],
    );
}

#[test]
fn what_is_not_understood_is_left_to_sqlite() {
    check(
        "SELEC 1",
        expect![[r#"
        near "SELEC": syntax error
        SELEC 1
        ^^^^^"#]],
    );
    check(
        "INSERT INTO posts (author_id VALUES (1)",
        expect![[r#"
        near "VALUES": syntax error
        INSERT INTO posts (author_id VALUES (1)
                                     ^^^^^^"#]],
    );
    check(
        "SELECT frob(1)",
        expect![[r#"
        no such function: frob
        SELECT frob(1)
               ^^^^"#]],
    );
    check(
        "SELECT 1; SELECT 2",
        expect![[r#"
            several statements; give one, or run them with `execute_batch`
            SELECT 1; SELECT 2
                      ^^^^^^^^"#]],
    );
    check(
        "SELECT 1; SELECT x FROM posts",
        expect![[r#"
        no column `x` in `posts`
        SELECT 1; SELECT x FROM posts
                         ^"#]],
    );
    check(
        "SELECT '",
        expect![[r#"
        unrecognized token: "'"
        SELECT '
               ^"#]],
    );
}

#[test]
fn an_index_that_is_not_used() {
    let db = blog();
    db.execute_batch("CREATE INDEX slugs ON posts (slug)")
        .unwrap();
    let said = |sql: &str, index: &str| match crate::testing::uses_index(&db, sql, index) {
        Ok(()) => "it is used".to_owned(),
        Err(error) => error.to_string(),
    };
    let by_slug = "SELECT title FROM posts WHERE slug = ?1";
    expect!["it is used"].assert_eq(&said(by_slug, "slugs"));
    expect!["there is no index `slug`; the indexes are slugs"].assert_eq(&said(by_slug, "slug"));
    expect![[r#"
        `SELECT id FROM posts WHERE title = ?1` does not use the index `slugs`; SQLite runs it so:
        SCAN posts
    "#]]
    .assert_eq(&said("SELECT id FROM posts WHERE title = ?1", "slugs"));
    expect!["incomplete input"].assert_eq(&said("SELECT", "slugs"));
}

#[test]
fn names_that_are_given() {
    use crate::rusqlite::types::Null;
    let db = blog();
    let sql = "INSERT INTO authors (email, name) VALUES (:email, :name)";
    let said = |it: Result<usize, super::StatementError>| match it {
        Ok(rows) => format!("{rows} rows"),
        Err(error) => error.to_string(),
    };
    let named = |pairs: &[(&str, &str)]| said(db.execute_checked(sql, pairs));
    expect!["`:name` has no argument, and would be NULL, or what an earlier run has given; give it one, even if it is NULL"].assert_eq(&named(&[(":email", "a")]));
    expect!["`:email` and `:name` have no argument, and would be NULL, or what an earlier run has given; give each one, even if it is NULL"].assert_eq(&named(&[]));
    expect!["no parameter `:nane`; did you mean `:name`?"]
        .assert_eq(&named(&[(":email", "a"), (":nane", "b")]));
    expect!["`:name` has two arguments; give it one"].assert_eq(&named(&[
        (":email", "a"),
        (":name", "b"),
        (":name", "c"),
    ]));
    expect!["no parameter `:rest`; the parameters are :email, :name"].assert_eq(&named(&[
        (":email", "a"),
        (":name", "b"),
        (":rest", "c"),
    ]));
    expect!["1 rows"].assert_eq(&named(&[(":email", "a"), (":name", "b")]));
    let null: [(&str, &dyn rusqlite::ToSql); 2] = [(":email", &"a"), (":name", &Null)];
    expect!["1 rows"].assert_eq(&said(db.execute_checked(sql, &null)));
    expect!["`:name` has no argument, and would be NULL, or what an earlier run has given; give it one, even if it is NULL"].assert_eq(&said(db.execute_checked(sql, &null[..1])));
    expect!["`:name` has no argument, and would be NULL, or what an earlier run has given; give it one, even if it is NULL"].assert_eq(&said(db.execute_checked(sql, &[(c":email", "a")])));
    expect!["2 rows"].assert_eq(&said(
        db.execute_checked("UPDATE authors SET name = ?", &[(1, "a")]),
    ));
    expect!["2 rows"].assert_eq(&said(
        db.execute_checked("UPDATE authors SET name = ?3", &[("?3", "a")]),
    ));
    expect!["no parameter `?2`; did you mean `?1`?"].assert_eq(&said(
        db.execute_checked("UPDATE authors SET name = ?", &[(2, "a")]),
    ));
    let count: i64 = db
        .query_row("SELECT count(*) FROM authors", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 2, "a refused statement writes nothing");
}

#[test]
fn values_that_are_given() {
    let db = blog();
    let said = |sql: &str, count: usize| {
        let values = vec![1; count];
        let params = crate::rusqlite::params_from_iter(values);
        match db.execute_checked(sql, params) {
            Ok(rows) => format!("{rows} rows"),
            Err(error) => error.to_string(),
        }
    };
    expect!["2 parameters, 1 argument: `?` (number 2) for `name` has none"]
        .assert_eq(&said("INSERT INTO authors (email, name) VALUES (?, ?)", 1));
    expect!["3 parameters, 1 argument: `?2` for `email` and `:x` for `name` have none"].assert_eq(
        &said(
            "INSERT INTO authors (email, name) VALUES (?2, lower(:x))",
            1,
        ),
    );
    expect!["3 parameters, 1 argument: `?2` and `?3` have none"]
        .assert_eq(&said("UPDATE authors SET name = ?3", 1));
    expect!["0 parameters, 1 argument: the last has none"]
        .assert_eq(&said("UPDATE authors SET name = 'x'", 2));
    expect!["1 rows"].assert_eq(&said("INSERT INTO authors (email) VALUES (?)", 1));
    expect!["NOT NULL constraint failed: authors.email"]
        .assert_eq(&said("INSERT INTO authors (name) VALUES (?)", 1));
}
