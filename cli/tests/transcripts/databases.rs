//! Databases with rows.

use super::scratch::Scratch;
use expect_test::expect;
use tablature::Connection;

#[test]
fn up_down_and_up_again_with_rows() {
    let mut blog = Scratch::blog();
    blog.run("cargo tablature status blog.db")
        .run("cargo tablature up blog.db")
        .sql("blog.db", "INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann')")
        .sql("blog.db", "INSERT INTO posts (author_id, title, body, views) VALUES (1, 'Hello', 'World', 7)")
        .sql("blog.db", "INSERT INTO comments VALUES (1, 1, 'Nice')")
        .edit("pub views: i64", "pub views: f64")
        .edit("default = 0)", "default = 0.0)")
        .quietly("cargo tablature generate --allow convert:posts.views")
        .run("cargo tablature status blog.db")
        .run("cargo tablature status blog.db --json")
        .run("cargo tablature up blog.db")
        .run("cargo tablature up blog.db")
        .sql("blog.db", "SELECT posts.id, views, typeof(views), text FROM posts JOIN comments ON post_id = posts.id")
        .run("cargo tablature redo blog.db")
        .run("cargo tablature down blog.db --json")
        .sql("blog.db", "SELECT posts.id, views, typeof(views), text FROM posts JOIN comments ON post_id = posts.id")
        .run("cargo tablature status blog.db")
        .run("cargo tablature down blog.db --count 5")
        .run("cargo tablature down blog.db")
        .run("cargo tablature down blog.db --allow all")
        .run("cargo tablature down nowhere.db")
        .quietly("cargo tablature up blog.db");
    blog.shows(expect![[r#"
        $ cargo tablature status blog.db
        ! error: there is no database `blog.db`; name another path, or let `cargo tablature up` make it

        exit 1
        $ cargo tablature up blog.db
        applied 0001 initial

        blog.db> INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann')
        blog.db> INSERT INTO posts (author_id, title, body, views) VALUES (1, 'Hello', 'World', 7)
        blog.db> INSERT INTO comments VALUES (1, 1, 'Nice')
        $ cargo tablature status blog.db
        applied  0001 initial
        pending  0002 change_views_of_posts

        $ cargo tablature status blog.db --json
        {
          "migrations": [
            {
              "name": "initial",
              "state": "applied",
              "version": 1
            },
            {
              "name": "change_views_of_posts",
              "state": "pending",
              "version": 2
            }
          ],
          "status": "ok"
        }

        $ cargo tablature up blog.db
        applied 0002 change_views_of_posts

        $ cargo tablature up blog.db
        nothing to do

        blog.db> SELECT posts.id, views, typeof(views), text FROM posts JOIN comments ON post_id = posts.id
        1 | 7 | real | Nice
        $ cargo tablature redo blog.db
        undone 0002 change_views_of_posts
        applied 0002 change_views_of_posts

        $ cargo tablature down blog.db --json
        {
          "status": "ok",
          "undone": [
            {
              "milliseconds": 0,
              "name": "change_views_of_posts",
              "version": 2
            }
          ]
        }

        blog.db> SELECT posts.id, views, typeof(views), text FROM posts JOIN comments ON post_id = posts.id
        1 | 7 | integer | Nice
        $ cargo tablature status blog.db
        applied  0001 initial
        pending  0002 change_views_of_posts

        $ cargo tablature down blog.db --count 5
        ! error: down drops the rows of `authors`, 1 in all; agree with `--allow drop:authors`
        ! down drops the rows of `comments`, 1 in all; agree with `--allow drop:comments`
        ! down drops the rows of `posts`, 1 in all; agree with `--allow drop:posts`

        exit 2
        $ cargo tablature down blog.db
        ! error: down drops the rows of `authors`, 1 in all; agree with `--allow drop:authors`
        ! down drops the rows of `comments`, 1 in all; agree with `--allow drop:comments`
        ! down drops the rows of `posts`, 1 in all; agree with `--allow drop:posts`

        exit 2
        $ cargo tablature down blog.db --allow all
        undone 0001 initial

        $ cargo tablature down nowhere.db
        ! error: there is no database `nowhere.db`; name another path, or let `cargo tablature up` make it

        exit 1
    "#]]);
}

#[test]
fn only_up_makes_a_database() {
    let mut blog = Scratch::blog();
    for command in [
        "status", "rehearse", "down", "redo", "baseline", "adopt", "repair",
    ] {
        blog.run(&format!("cargo tablature {command} typo.db"));
        assert!(!blog.path("typo.db").exists(), "{command}");
    }
    blog.run("cargo tablature up typo.db")
        .run("cargo tablature status typo.db");
    blog.shows(expect![[r#"
        $ cargo tablature status typo.db
        ! error: there is no database `typo.db`; name another path, or let `cargo tablature up` make it

        exit 1
        $ cargo tablature rehearse typo.db
        ! error: there is no database `typo.db`; name another path, or let `cargo tablature up` make it

        exit 1
        $ cargo tablature down typo.db
        ! error: there is no database `typo.db`; name another path, or let `cargo tablature up` make it

        exit 1
        $ cargo tablature redo typo.db
        ! error: there is no database `typo.db`; name another path, or let `cargo tablature up` make it

        exit 1
        $ cargo tablature baseline typo.db
        ! error: there is no database `typo.db`; name another path, or let `cargo tablature up` make it

        exit 1
        $ cargo tablature adopt typo.db
        ! error: there is no database `typo.db`; name another path, or let `cargo tablature up` make it

        exit 1
        $ cargo tablature repair typo.db
        ! error: there is no database `typo.db`; name another path, or let `cargo tablature up` make it

        exit 1
        $ cargo tablature up typo.db
        applied 0001 initial

        $ cargo tablature status typo.db
        applied  0001 initial

    "#]]);
}

#[test]
fn a_row_that_a_new_rule_refuses_stops_everything() {
    let mut blog = Scratch::blog();
    blog.quietly("cargo tablature up blog.db")
        .sql("blog.db", "INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann'), (2, 'bob@example.org', 'Ann')")
        .edit("    pub name: String,", "    #[column(unique)]\n    pub name: String,")
        .quietly("cargo tablature generate")
        .run("cargo tablature up blog.db")
        .run("cargo tablature status blog.db");
    blog.shows(expect![[r#"
        blog.db> INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann'), (2, 'bob@example.org', 'Ann')
        $ cargo tablature up blog.db
        ! error: `0002_create_index_authors_name_key` refuses 2 rows of `authors`: (name) is not unique, at id 1, …; nothing was run: mend the rows, or the file

        exit 1
        $ cargo tablature status blog.db
        applied  0001 initial
        pending  0002 create_index_authors_name_key

    "#]]);
}

#[test]
fn an_applied_migration_is_changed() {
    let mut blog = Scratch::blog();
    blog.edit(
        "    pub body: String,",
        "    pub body: String,\n    pub slug: Option<String>,",
    )
    .quietly("cargo tablature generate")
    .quietly("cargo tablature up blog.db")
    .edit("pub slug: Option<String>", "pub slug: Option<i64>")
    .quietly("cargo tablature generate --amend")
    .run("cargo tablature status blog.db")
    .run("cargo tablature up blog.db")
    .run("cargo tablature redo blog.db")
    .run("cargo tablature up blog.db");
    blog.shows(expect![[r#"
        $ cargo tablature status blog.db
        applied  0001 initial
        changed  0002 add_slug_to_posts

        $ cargo tablature up blog.db
        ! error: migration `0002_add_slug_to_posts` was changed after it was applied: its checksum is f13381aefe7f363b, the history has 56b79e3ad7a7cace; restore the file, and make a new migration for the change; or, if it does the same as before, take it with `repair`

        exit 1
        $ cargo tablature redo blog.db
        undone 0002 add_slug_to_posts
        applied 0002 add_slug_to_posts

        $ cargo tablature up blog.db
        nothing to do

    "#]]);
}

#[test]
fn files_that_are_no_database() {
    let mut blog = Scratch::blog();
    blog.write(
        "notes.db",
        "This is a text, and a rather long one, as texts go; no database begins so.",
    )
    .run("cargo tablature status notes.db")
    .run("cargo tablature up notes.db")
    .run("cargo tablature up nowhere/blog.db")
    .run("cargo tablature up Cargo.toml/blog.db")
    .run("cargo tablature status src");
    blog.ends(expect![[r#"
        $ cargo tablature status notes.db
        ! error: cannot open `notes.db`: file is not a database; name a SQLite database that is not encrypted

        exit 1
        $ cargo tablature up notes.db
        ! error: cannot open `notes.db`: file is not a database; name a SQLite database that is not encrypted

        exit 1
        $ cargo tablature up nowhere/blog.db
        ! error: cannot open `nowhere/blog.db`: there is no folder `nowhere`; make it

        exit 1
        $ cargo tablature up Cargo.toml/blog.db
        ! error: cannot open `Cargo.toml/blog.db`: `Cargo.toml` is no folder; name another path

        exit 1
        $ cargo tablature status src
        ! error: cannot open `src`: it is a folder; name a database file

        exit 1
    "#]]);
}

#[test]
fn somebody_else_works_in_the_database() {
    let mut blog = Scratch::blog();
    let other = Connection::open(blog.path("blog.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    blog.run("cargo tablature up blog.db");
    other.execute_batch("ROLLBACK; BEGIN EXCLUSIVE").unwrap();
    blog.run("cargo tablature status blog.db");
    blog.ends(expect![[r#"
        $ cargo tablature up blog.db
        ! error: cannot migrate: database is locked; another connection has worked in it for longer than the busy timeout: let it end, then try again

        exit 1
        $ cargo tablature status blog.db
        ! error: cannot open `blog.db`: database is locked; another connection has worked in it for longer than the busy timeout: let it end, then try again

        exit 1
    "#]]);
}

#[test]
fn the_history_is_not_to_be_written_now() {
    let mut blog = Scratch::blog();
    blog.quietly("cargo tablature up blog.db");
    let other = Connection::open(blog.path("blog.db")).unwrap();
    other
        .execute_batch("UPDATE tablature_migrations SET checksum = '0'; BEGIN IMMEDIATE")
        .unwrap();
    blog.run("cargo tablature repair blog.db");
    other
        .execute_batch("ROLLBACK; DELETE FROM tablature_migrations; BEGIN IMMEDIATE")
        .unwrap();
    blog.run("cargo tablature baseline blog.db");
    blog.ends(expect![[r#"
        $ cargo tablature repair blog.db
        ! error: cannot write the history: database is locked; another connection has worked in it for longer than the busy timeout: let it end, then try again

        exit 1
        $ cargo tablature baseline blog.db
        ! error: cannot write the history: database is locked; another connection has worked in it for longer than the busy timeout: let it end, then try again

        exit 1
    "#]]);
}

#[test]
fn baseline_says_what_it_has_marked() {
    let mut blog = Scratch::blog();
    blog.quietly("cargo tablature up blog.db")
        .run("cargo tablature baseline blog.db")
        .edit("pub name: String,", "pub name: String,\n    pub initial: Option<String>,")
        .quietly("cargo tablature generate")
        .sql("blog.db", "ALTER TABLE authors ADD COLUMN initial TEXT")
        .run("cargo tablature baseline blog.db")
        .run("cargo tablature baseline blog.db --through 1")
        .run("cargo tablature baseline blog.db --through 0")
        .sql("blog.db", "INSERT INTO tablature_migrations SELECT 3, 'more', checksum, applied_at, duration_ms, tool, down, down_hook FROM tablature_migrations WHERE version = 1")
        .run("cargo tablature baseline blog.db")
        .run("cargo tablature baseline blog.db --json");
    blog.shows(expect![[r#"
        $ cargo tablature baseline blog.db
        nothing to do: the history has migration 0001 `initial` already

        blog.db> ALTER TABLE authors ADD COLUMN initial TEXT
        $ cargo tablature baseline blog.db
        1 migration is marked as applied; nothing was run

        $ cargo tablature baseline blog.db --through 1
        ! error: the database is not as migration 1 leaves it: on the way there, `authors.initial` is gone; name the last migration that it has had, or change the database first

        exit 1
        $ cargo tablature baseline blog.db --through 0
        nothing to do: there is no migration to mark

        blog.db> INSERT INTO tablature_migrations SELECT 3, 'more', checksum, applied_at, duration_ms, tool, down, down_hook FROM tablature_migrations WHERE version = 1
        $ cargo tablature baseline blog.db
        nothing to do: the history has migration 0002 `add_initial_to_authors` already, and is at 0003 `more`

        $ cargo tablature baseline blog.db --json
        {
          "marked": 0,
          "status": "ok",
          "through": 2
        }

    "#]]);
}

#[test]
fn a_database_of_another_runner() {
    let mut blog = Scratch::unwritten();
    blog.edit(
        "migrations = \"migrations\"",
        "migrations = \"migrations\", runner = sqlx",
    )
    .quietly("cargo tablature generate");
    blog.run("cargo tablature up blog.db");
    blog.ends(expect![[r#"
        $ cargo tablature up blog.db
        ! error: the migrations of `BLOG` are run by sqlx; run them with it

        exit 2
    "#]]);
}
