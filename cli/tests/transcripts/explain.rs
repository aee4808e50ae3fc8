//! Which statements want an index, and what to write.

use super::scratch::Scratch;
use expect_test::expect;

const QUERIES: &str = r#"use crate::Post;
use tablature::Connection;

pub fn all(db: &Connection, sql: &str) -> tablature::Result<()> {
    db.execute("UPDATE posts SET views = views + 1 WHERE title = ?1", ["a"])?;
    Post::query(db, "WHERE author_id = ?1 ORDER BY views DESC, title LIMIT 10", [1])?;
    Post::query(db, "WHERE author_id = ?1 ORDER BY published_at DESC", [1])?;
    db.query_row(
        "SELECT count(*) FROM posts JOIN authors USING (name)",
        [],
        |_| Ok(()),
    )
    .ok();
    db.prepare("SELECT email FROM authors WHERE name LIKE '%a%'")?;
    // tablature: allow there are few of them
    db.prepare("SELECT email FROM authors WHERE name = ?1")?;
    db.prepare("SELECT * FROM posts")?;
    db.prepare(sql)?;
    Ok(())
}
"#;

#[test]
fn what_wants_an_index() {
    let mut blog = Scratch::blog();
    blog.write("src/queries.rs", QUERIES)
        .run("cargo tablature explain");
    blog.ends(expect![[r#"
        $ cargo tablature explain
        SQL in the sources: 6 calls checked, 1 allowed by a comment, 1 not checked
          not checked: src/queries.rs:18: `sql` is given by the caller
        1 finding of `cargo tablature check` comes first
        5 statements have a plan
        note: all rows of `authors` are read to choose among them; no index on its columns is known that would help
          --> src/queries.rs:14:17
           |
        14 |     db.prepare("SELECT email FROM authors WHERE name LIKE '%a%'")?;
           |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        ! error: all rows of `posts` are read to choose among them; with `#[table(index(title))]` on `Post` they would not be
        !  --> src/queries.rs:5:17
        !   |
        ! 5 |     db.execute("UPDATE posts SET views = views + 1 WHERE title = ?1", ["a"])?;
        !   |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        ! error: rows of `posts` are sorted, since no index has them in this order; with `#[table(index(author_id, views desc, title))]` on `Post` they would not be
        !  --> src/queries.rs:6:22
        !   |
        ! 6 |     Post::query(db, "WHERE author_id = ?1 ORDER BY views DESC, title LIMIT 10", [1])?;
        !   |                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        exit 1
    "#]]);
}

#[test]
fn nothing_wants_one() {
    let mut blog = Scratch::blog();
    blog.write(
        "src/queries.rs",
        "use crate::Post;\n\npub fn all(db: &tablature::Connection) -> tablature::Result<Vec<Post>> {\n    Ok(Post::query(db, \"WHERE author_id = ?1 ORDER BY published_at DESC\", [1])?)\n}\n",
    )
    .run("cargo tablature explain --plans");
    blog.ends(expect![[r#"
        $ cargo tablature explain --plans
        src/queries.rs:4: SELECT * FROM "posts" WHERE author_id = ?1 ORDER BY published_at DESC
          SEARCH posts USING INDEX posts_author_id_published_at_idx (author_id=?)
        SQL in the sources: 1 call checked
        1 statement has a plan

    "#]]);
}

#[test]
fn foreign_keys_without_an_index() {
    let mut blog = Scratch::blog();
    blog.edit(
        "#[table(name = \"comments\")]",
        "#[table(name = \"comments\", index_foreign_keys = false)]",
    )
    .quietly("cargo tablature generate")
    .run("cargo tablature explain");
    blog.ends(expect![[r#"
        $ cargo tablature explain
        0 statements have a plan
        ! error: `comments` (post_id) refers to `posts` and has no index: each DELETE of a row of `posts` reads all of `comments`; write `#[table(index(post_id))]` on `Comment`

        exit 1
    "#]]);
}

#[test]
fn columns_whose_fields_have_other_names() {
    let mut blog = Scratch::blog();
    blog.edit("pub title: String,", "#[column(name = \"title\")]\n    pub heading: String,")
        .edit("fts(title, body", "fts(heading, body")
        .edit(
            "#[table(name = \"comments\")]",
            "#[table(name = \"comments\", index_foreign_keys = false)]",
        )
        .edit("pub post_id: i64,", "#[column(name = \"post_id\")]\n    pub unique: i64,")
        .quietly("cargo tablature generate")
        .write(
            "src/queries.rs",
            "pub fn all(db: &tablature::Connection) {\n    db.prepare(\"SELECT id FROM posts WHERE author_id = 1 ORDER BY views, Title DESC\").ok();\n}\n",
        )
        .run("cargo tablature explain");
    blog.ends(expect![[r#"
        $ cargo tablature explain
        SQL in the sources: 1 call checked
        1 statement has a plan
        ! error: rows of `posts` are sorted, since no index has them in this order; with `#[table(index(author_id, views, heading desc))]` on `Post` they would not be
        !  --> src/queries.rs:2:17
        !   |
        ! 2 |     db.prepare("SELECT id FROM posts WHERE author_id = 1 ORDER BY views, Title DESC").ok();
        !   |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        ! error: `comments` (post_id) refers to `posts` and has no index: each DELETE of a row of `posts` reads all of `comments`; write `#[table(index(r#unique))]` on `Comment`

        exit 1
    "#]]);
}

#[test]
fn for_other_programs() {
    let mut blog = Scratch::blog();
    blog.write(
        "src/queries.rs",
        "pub fn all(db: &tablature::Connection) {\n    db.prepare(\"SELECT id FROM posts WHERE title = ?1\").ok();\n}\n",
    )
    .run("cargo tablature explain --json");
    blog.ends(expect![[r#"
        $ cargo tablature explain --json
        {
          "findings": [
            {
              "column": 17,
              "file": "src/queries.rs",
              "index": [
                "title"
              ],
              "kind": "scan",
              "line": 2,
              "message": "all rows of `posts` are read to choose among them; with `#[table(index(title))]` on `Post` they would not be",
              "table": "posts",
              "write": "`#[table(index(title))]` on `Post`"
            }
          ],
          "foreign_keys": [],
          "not_checked": [],
          "refused": 0,
          "statements": 1,
          "status": "failed"
        }

        exit 1
    "#]]);
}
