//! What the history says of a database, of which nothing is run.

use super::scratch::Scratch;
use expect_test::expect;

const INITIAL: (&str, &str) = (
    "pub name: String,",
    "pub name: String,\n    pub initial: Option<String>,",
);

#[test]
fn a_history_of_sqlx_is_taken_over() {
    let mut blog = Scratch::blog();
    blog.run("cargo tablature adopt blog.db")
        .quietly("cargo tablature up blog.db")
        .run("cargo tablature adopt blog.db")
        .sql("blog.db", "DROP TABLE tablature_migrations")
        .sql("blog.db", "PRAGMA user_version = 0")
        .sql(
            "blog.db",
            "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, success BOOLEAN)",
        )
        .sql("blog.db", "INSERT INTO _sqlx_migrations VALUES (1, 1)")
        .edit(INITIAL.0, INITIAL.1)
        .quietly("cargo tablature generate")
        .run("cargo tablature status blog.db")
        .run("cargo tablature adopt blog.db")
        .run("cargo tablature adopt blog.db")
        .run("cargo tablature adopt blog.db --json")
        .run("cargo tablature up blog.db");
    blog.shows(expect![[r#"
        $ cargo tablature adopt blog.db
        ! error: there is no database `blog.db`; name another path, or let `cargo tablature up` make it

        exit 1
        $ cargo tablature adopt blog.db
        nothing to do: there is no history of refinery, sqlx, rusqlite_migration, d1 or diesel

        blog.db> DROP TABLE tablature_migrations
        blog.db> PRAGMA user_version = 0
        blog.db> CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, success BOOLEAN)
        blog.db> INSERT INTO _sqlx_migrations VALUES (1, 1)
        $ cargo tablature status blog.db
        ! error: the database was migrated by sqlx so far; `adopt` takes its history over, or let sqlx go on and name it as the runner

        exit 1
        $ cargo tablature adopt blog.db
        1 migration is marked as applied, as sqlx says; nothing was run

        $ cargo tablature adopt blog.db
        nothing to do: the history has migration 0001 `initial` already

        $ cargo tablature adopt blog.db --json
        {
          "marked": 0,
          "status": "ok",
          "through": 1,
          "tool": "sqlx"
        }

        $ cargo tablature up blog.db
        applied 0002 add_initial_to_authors

    "#]]);
}

#[test]
fn what_is_not_there_is_not_adopted() {
    let mut blog = Scratch::blog();
    blog.sql("blog.db", "PRAGMA user_version = 1")
        .run("cargo tablature adopt blog.db")
        .run("cargo tablature status blog.db");
    blog.shows(expect![[r#"
        blog.db> PRAGMA user_version = 1
        $ cargo tablature adopt blog.db
        ! error: the database is not as migration 1 leaves it: on the way there, table `authors` is new; name the last migration that it has had, or change the database first

        exit 1
        $ cargo tablature status blog.db
        pending  0001 initial

    "#]]);
}

#[test]
fn a_file_whose_text_alone_has_changed_is_repaired() {
    let mut blog = Scratch::blog();
    blog.edit(INITIAL.0, INITIAL.1)
        .quietly("cargo tablature generate")
        .run("cargo tablature repair nowhere.db")
        .quietly("cargo tablature up blog.db")
        .run("cargo tablature repair blog.db")
        .edit_file(
            "migrations/0002_add_initial_to_authors.up.sql",
            "ADD COLUMN initial",
            "ADD COLUMN \"initial\"",
        )
        .quietly("cargo tablature generate")
        .run("cargo tablature up blog.db")
        .run("cargo tablature repair blog.db")
        .run("cargo tablature repair blog.db --json")
        .run("cargo tablature up blog.db");
    blog.shows(expect![[r#"
        $ cargo tablature repair nowhere.db
        ! error: there is no database `nowhere.db`; name another path, or let `cargo tablature up` make it

        exit 1
        $ cargo tablature repair blog.db
        nothing to do: the history has the files as they are

        $ cargo tablature up blog.db
        ! error: migration `0002_add_initial_to_authors` was changed after it was applied: its checksum is 07639e20780b9354, the history has 9d7af8fec47e5566; restore the file, and make a new migration for the change; or, if it does the same as before, take it with `repair`

        exit 1
        $ cargo tablature repair blog.db
        repaired 0002 add_initial_to_authors; nothing was run

        $ cargo tablature repair blog.db --json
        {
          "repaired": [],
          "status": "ok"
        }

        $ cargo tablature up blog.db
        nothing to do

    "#]]);
}

#[test]
fn a_file_that_does_another_thing_is_not() {
    let mut blog = Scratch::blog();
    blog.edit(INITIAL.0, INITIAL.1)
        .quietly("cargo tablature generate")
        .quietly("cargo tablature up blog.db")
        .edit("initial: Option<String>", "initial: Option<i64>")
        .quietly("cargo tablature generate --amend")
        .run("cargo tablature repair blog.db")
        .run("cargo tablature status blog.db");
    blog.shows(expect![[r#"
        $ cargo tablature repair blog.db
        ! error: the database is not as the files of the applied migrations leave it: on the way there, `authors.initial` changes its type from TEXT to INTEGER; restore the file, and make a new migration for the change

        exit 1
        $ cargo tablature status blog.db
        applied  0001 initial
        changed  0002 add_initial_to_authors

    "#]]);
}

#[test]
fn a_database_that_is_ahead_is_told_which_command_goes_back() {
    let mut blog = Scratch::blog();
    blog.edit(INITIAL.0, INITIAL.1)
        .quietly("cargo tablature generate")
        .quietly("cargo tablature up blog.db")
        .edit(INITIAL.1, INITIAL.0)
        .remove("migrations/0002_add_initial_to_authors.up.sql")
        .remove("migrations/0002_add_initial_to_authors.down.sql")
        .remove("schema.sql")
        .quietly("cargo tablature generate")
        .run("cargo tablature up blog.db")
        .run("cargo tablature down blog.db --count 1")
        .run("cargo tablature up blog.db");
    blog.shows(expect![[r#"
        $ cargo tablature up blog.db
        ! error: the database is ahead: it has had migration 0002 `add_initial_to_authors`, of which there is no file here; get the newer files, or go back with `cargo tablature down --count 1`

        exit 1
        $ cargo tablature down blog.db --count 1
        undone 0002 add_initial_to_authors

        $ cargo tablature up blog.db
        nothing to do

    "#]]);
}

#[test]
fn another_migration_has_had_the_number() {
    let mut blog = Scratch::blog();
    blog.quietly("cargo tablature up blog.db")
        .sql(
            "blog.db",
            "UPDATE tablature_migrations SET name = 'first', checksum = '0'",
        )
        .sql("blog.db", "PRAGMA user_version = 0")
        .run("cargo tablature up blog.db");
    blog.shows(expect![[r#"
        blog.db> UPDATE tablature_migrations SET name = 'first', checksum = '0'
        blog.db> PRAGMA user_version = 0
        $ cargo tablature up blog.db
        ! error: the database has had another migration 1, `first`, where there is `0001_initial` here; undo it with `cargo tablature down`, if it is the newest that was applied, or give yours another number

        exit 1
    "#]]);
}
