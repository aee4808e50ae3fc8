//! SQL in the sources: in calls of Tablature, and in macros of the crate.

use super::statements::check;
use expect_test::expect;

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
