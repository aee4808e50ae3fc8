//! Migrations on a copy, and those that only the program can run.

use super::scratch::Scratch;
use expect_test::expect;
use std::fs;

const ROWS: &str =
    "INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann'), (2, 'bob@example.org', 'Bob')";
const POSTS: &str = "INSERT INTO posts (id, author_id, title, body, subtitle) VALUES (1, 1, 'a', 'b', NULL), (7, 1, 'c', 'd', 'e')";

fn with_rows() -> Scratch {
    let mut blog = Scratch::blog();
    blog.quietly("cargo tablature up blog.db")
        .sql("blog.db", ROWS)
        .sql("blog.db", POSTS);
    blog
}

#[test]
fn a_rehearsal_tells_what_would_happen_and_touches_nothing() {
    let mut blog = with_rows();
    let before = fs::read(blog.path("blog.db")).unwrap();
    blog.edit("pub views: i64", "pub views: f64")
        .edit("default = 0)", "default = 0.0)")
        .quietly("cargo tablature generate --allow convert:posts.views")
        .run("cargo tablature rehearse blog.db");
    assert_eq!(fs::read(blog.path("blog.db")).unwrap(), before);
    assert!(!blog.path("blog.db-wal").exists());
    blog.quietly("cargo tablature up blog.db")
        .run("cargo tablature rehearse blog.db")
        .run("cargo tablature rehearse blog.db --json")
        .run("cargo tablature rehearse other.db");
    blog.shows(expect![[r#"
        blog.db> INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann'), (2, 'bob@example.org', 'Bob')
        blog.db> INSERT INTO posts (id, author_id, title, body, subtitle) VALUES (1, 1, 'a', 'b', NULL), (7, 1, 'c', 'd', 'e')
        $ cargo tablature rehearse blog.db
        0002_change_views_of_posts
         0 ms  PRAGMA legacy_alter_table = ON
         0 ms  ALTER TABLE posts RENAME TO posts__old
         0 ms  PRAGMA legacy_alter_table = OFF
         0 ms  CREATE TABLE posts (
         0 ms  INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, views, published_at FROM posts__old
         0 ms  DROP TABLE posts__old
         0 ms  CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC)
         0 ms  CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN
         0 ms  CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN
         0 ms  CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON posts BEGIN
        rows
          authors: 2 before, 2 after
          comments: 0 before, 0 after
          posts: 2 before, 2 after
        space
          48 KiB before, 52 KiB after, and 20 KiB of journal meanwhile
        would succeed in 0 ms; `blog.db` was only read

        $ cargo tablature rehearse blog.db
        nothing is pending

        $ cargo tablature rehearse blog.db --json
        {
          "steps": [],
          "rows": {
            "authors": [
              2,
              2
            ],
            "comments": [
              0,
              0
            ],
            "posts": [
              2,
              2
            ]
          },
          "bytes": [
            53248,
            53248
          ],
          "journal_bytes": 0,
          "milliseconds": 0,
          "refusals": [],
          "error": null
        }

        $ cargo tablature rehearse other.db
        ! error: there is no database `other.db`; name another path, or let `cargo tablature up` make it

        exit 1
    "#]]);
}

#[test]
fn a_rehearsal_names_the_rows_that_are_refused() {
    let mut blog = with_rows();
    blog.edit("subtitle: Option<String>", "subtitle: String")
        .quietly("cargo tablature generate --allow T201")
        .run("cargo tablature rehearse blog.db")
        .run("cargo tablature rehearse blog.db --json --scratch .")
        .run("cargo tablature up blog.db")
        .sql("blog.db", "SELECT count(*) FROM posts");
    blog.shows(expect![[r#"
        blog.db> INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann'), (2, 'bob@example.org', 'Bob')
        blog.db> INSERT INTO posts (id, author_id, title, body, subtitle) VALUES (1, 1, 'a', 'b', NULL), (7, 1, 'c', 'd', 'e')
        $ cargo tablature rehearse blog.db
        0002_change_subtitle_of_posts
         0 ms  ALTER TABLE posts ALTER COLUMN subtitle SET NOT NULL
        rows
          authors: 2 before, 2 after
          comments: 0 before, 0 after
          posts: 2 before, 2 after
        space
          48 KiB before, 48 KiB after, and 0 KiB of journal meanwhile
        `0002_change_subtitle_of_posts` refuses 1 row of `posts`: `subtitle` is NULL, at id 1
        would fail; `blog.db` was only read
        ! error: migration `0002_change_subtitle_of_posts` failed at statement 1, `ALTER TABLE posts ALTER COLUMN subtitle SET NOT NULL`: constraint failed; the database is as it was: mend the file, or the rows that it cannot take

        exit 1
        $ cargo tablature rehearse blog.db --json --scratch .
        {
          "steps": [
            {
              "migration": "0002_change_subtitle_of_posts",
              "sql": "ALTER TABLE posts ALTER COLUMN subtitle SET NOT NULL",
              "milliseconds": 0
            }
          ],
          "rows": {
            "authors": [
              2,
              2
            ],
            "comments": [
              0,
              0
            ],
            "posts": [
              2,
              2
            ]
          },
          "bytes": [
            49152,
            49152
          ],
          "journal_bytes": 0,
          "milliseconds": 0,
          "refusals": [
            {
              "stem": "0002_change_subtitle_of_posts",
              "table": "posts",
              "reason": "`subtitle` is NULL",
              "rows": 1,
              "key": "id",
              "first": [
                "1"
              ]
            }
          ],
          "error": "migration `0002_change_subtitle_of_posts` failed at statement 1, `ALTER TABLE posts ALTER COLUMN subtitle SET NOT NULL`: constraint failed; the database is as it was: mend the file, or the rows that it cannot take"
        }
        ! error: migration `0002_change_subtitle_of_posts` failed at statement 1, `ALTER TABLE posts ALTER COLUMN subtitle SET NOT NULL`: constraint failed; the database is as it was: mend the file, or the rows that it cannot take

        exit 1
        $ cargo tablature up blog.db
        ! error: `0002_change_subtitle_of_posts` refuses 1 row of `posts`: `subtitle` is NULL, at id 1; nothing was run: mend the rows, or the file

        exit 1
        blog.db> SELECT count(*) FROM posts
        2
    "#]]);
}

#[test]
fn a_function_of_the_program_is_the_programs_to_run() {
    let mut blog = with_rows();
    blog.edit("pub name: String,\n", "pub name: String,\n    pub initial: Option<String>,\n")
        .edit(
            "#[schema(migrations = \"migrations\")]",
            "#[schema(migrations = \"migrations\", hook(2, up = initials))]",
        )
        .edit(
            "fn main() ->",
            "fn initials(db: &tablature::Transaction<'_>) -> tablature::Result<()> {\n    db.execute(\"UPDATE authors SET initial = substr(name, 1, 1)\", ())?;\n    Ok(())\n}\n\nfn main() ->",
        )
        .quietly("cargo tablature generate")
        .run("cargo tablature up blog.db")
        .run("cargo tablature rehearse blog.db")
        .run("cargo tablature baseline blog.db")
        .run("cargo tablature status blog.db")
        .quietly("cargo check --tests --quiet");
    blog.shows(expect![[r#"
        blog.db> INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann'), (2, 'bob@example.org', 'Bob')
        blog.db> INSERT INTO posts (id, author_id, title, body, subtitle) VALUES (1, 1, 'a', 'b', NULL), (7, 1, 'c', 'd', 'e')
        $ cargo tablature up blog.db
        ! error: migration 0002 `add_initial_to_authors` has a hook, a function of the program, so it cannot be applied from here; the program does it: `BLOG.open` or `BLOG.migrate`

        exit 2
        $ cargo tablature rehearse blog.db
        ! error: migration 0002 `add_initial_to_authors` has a hook, a function of the program, so it cannot be rehearsed from here; the program does it: `BLOG.open` or `BLOG.migrate`

        exit 2
        $ cargo tablature baseline blog.db
        ! error: migration 0002 `add_initial_to_authors` has a hook, a function of the program, so it cannot be marked from here; the program does it: `BLOG.baseline`

        exit 2
        $ cargo tablature status blog.db
        applied  0001 initial
        pending  0002 add_initial_to_authors

    "#]]);
}
