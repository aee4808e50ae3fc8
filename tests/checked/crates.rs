//! A crate of its own, checked by cargo: what is told at once, and what is noticed.

use expect_test::{Expect, expect};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const MANIFEST: &str = r#"[package]
name = "NAME"
version = "0.1.0"
edition = "2024"

[workspace]

[dependencies]
tablature = { path = "WORKSPACE/runtime", default-features = false, features = ["checked"] }
"#;

const POSTS: &str = r#"use tablature::{Connection, Result, sql};

pub fn titles(db: &Connection, author: i64) -> Result<Vec<String>> {
    Ok(sql!(String, "SELECT title FROM posts WHERE author_id = ?1", author).all(db)?)
}

pub fn hand_over(db: &Connection, from: i64, to: i64) -> Result<usize> {
    sql!("UPDATE posts SET author_id = :to WHERE author_id = :from", from = from, to = to).execute(db)
}
"#;

const MAIN: &str = r#"mod posts;

fn main() -> tablature::Result<()> {
    let db = tablature::Connection::open_in_memory()?;
    let id = tablature::sql!(i64, "INSERT INTO posts (author_id, title) VALUES (1, 'A') RETURNING id").one(&db)?;
    println!("{id} {:?} {}", posts::titles(&db, 1)?, posts::hand_over(&db, 1, 2)?);
    Ok(())
}
"#;

const FIRST: &str = "CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL, title TEXT NOT NULL) STRICT;\n";

struct Crate(PathBuf);

impl Crate {
    fn new(folder: &str) -> Self {
        let this = Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder));
        if this.0.exists() {
            fs::remove_dir_all(&this.0).unwrap();
        }
        let workspace = env!("CARGO_MANIFEST_DIR");
        this.write(
            "Cargo.toml",
            &MANIFEST
                .replace("WORKSPACE", workspace)
                .replace("NAME", folder),
        );
        let lock = fs::read_to_string(Path::new(workspace).join("Cargo.lock")).unwrap();
        this.write("Cargo.lock", &lock);
        this.write("src/main.rs", MAIN);
        this.write("src/posts.rs", POSTS);
        this.write("migrations/0001_create_posts.up.sql", FIRST);
        this.write("schema.sql", "-- migration 0001_create_posts\n");
        this
    }

    fn write(&self, path: &str, text: &str) -> &Self {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// What `cargo check` says of the crate, without what it says of its own work.
    fn check(&self, expect: Expect) -> &Self {
        self.check_with(&[], expect)
    }

    fn check_with(&self, variables: &[(&str, &str)], expect: Expect) -> &Self {
        // The dependencies are those of the tests of the compiler's messages.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .with_file_name("tests")
            .join("trybuild");
        let output = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline", "--message-format", "short"])
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", target)
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let mut lines: Vec<&str> = said.lines().map(str::trim_end).collect();
        lines.retain(|line| !line.starts_with("error: could not compile"));
        expect.assert_eq(&lines.join("\n"));
        self
    }
}

#[test]
fn every_stale_statement_is_told_when_a_migration_changes() {
    let stale = Crate::new("stale");
    stale.check(expect![""]);
    // A migration that is edited.
    let renamed = FIRST.replace("author_id", "writer_id");
    stale.write("migrations/0001_create_posts.up.sql", &renamed);
    stale.check(expect![[r#"
        src/posts.rs:4:21: error: no such column: author_id; there are `id`, `writer_id`, `title`
                 SELECT title FROM posts WHERE author_id = ?1
                                               ^
        src/posts.rs:8:10: error: no such column: author_id; there are `id`, `writer_id`, `title`
                 UPDATE posts SET author_id = :to WHERE author_id = :from
                                  ^
        src/main.rs:5:35: error: table posts has no column named author_id; there are `id`, `writer_id`, `title`
                 INSERT INTO posts (author_id, title) VALUES (1, 'A') RETURNING id
                                    ^"#]]);
    stale.write("migrations/0001_create_posts.up.sql", FIRST);
    stale.check(expect![""]);
    // A migration that is new: `cargo tablature generate` writes it, and with it `schema.sql`.
    stale.write(
        "migrations/0002_rename_author_id.up.sql",
        "ALTER TABLE posts RENAME COLUMN author_id TO writer_id;\n",
    );
    stale.write(
        "schema.sql",
        "-- migration 0001_create_posts\n-- migration 0002_rename_author_id\n",
    );
    stale.check(expect![[r#"
        src/posts.rs:4:21: error: no such column: author_id; there are `id`, `writer_id`, `title`
                 SELECT title FROM posts WHERE author_id = ?1
                                               ^
        src/posts.rs:8:10: error: no such column: author_id; there are `id`, `writer_id`, `title`
                 UPDATE posts SET author_id = :to WHERE author_id = :from
                                  ^
        src/main.rs:5:35: error: table posts has no column named author_id; there are `id`, `writer_id`, `title`
                 INSERT INTO posts (author_id, title) VALUES (1, 'A') RETURNING id
                                    ^"#]]);
}

#[test]
fn the_command_line_reads_a_schema_that_a_statement_waits_for() {
    let waiting = Crate::new("waiting");
    waiting.write(
        "src/posts.rs",
        &POSTS.replace("SELECT title FROM", "SELECT subtitle FROM"),
    );
    // The first is told nothing; what was built for it is not taken for checked.
    for asked in ["waiting", "another", ""] {
        let told = match asked {
            "waiting" => expect![""],
            _ => expect![[r#"
                src/posts.rs:4:21: error: no such column: subtitle; did you mean `title`?
                         SELECT subtitle FROM posts WHERE author_id = ?1
                                ^"#]],
        };
        waiting.check_with(&[("TABLATURE_DUMP", asked)], told);
    }
}

#[test]
fn a_text_in_double_quotes_is_a_column() {
    let quoted = Crate::new("quoted");
    quoted.write(
        "src/posts.rs",
        &POSTS
            .replace(
                "\"SELECT title FROM posts WHERE author_id",
                "r#\"SELECT title FROM posts WHERE \"slug\" > \"title\" AND author_id",
            )
            .replace("?1\", author", "?1\"#, author"),
    );
    quoted.check(expect![[r#"
        src/posts.rs:4:21: error: no such column: "slug" - should this be a string literal in single-quotes?; there are `id`, `author_id`, `title`
                 SELECT title FROM posts WHERE "slug" > "title" AND author_id = ?1
                                               ^"#]]);
}

#[test]
fn a_folder_of_another_name_is_told_in_the_manifest() {
    let elsewhere = Crate::new("elsewhere");
    fs::rename(elsewhere.0.join("migrations"), elsewhere.0.join("sql")).unwrap();
    elsewhere.check(expect![[r#"
        src/posts.rs:4:21: error: there is no folder `migrations`; run `cargo tablature generate`; a folder of another name is named in `Cargo.toml`, in `[package.metadata.tablature]`: `migrations = "db/migrations"`
        src/posts.rs:8:10: error: there is no folder `migrations`; run `cargo tablature generate`; a folder of another name is named in `Cargo.toml`, in `[package.metadata.tablature]`: `migrations = "db/migrations"`
        src/main.rs:5:35: error: there is no folder `migrations`; run `cargo tablature generate`; a folder of another name is named in `Cargo.toml`, in `[package.metadata.tablature]`: `migrations = "db/migrations"`"#]]);
    let manifest = fs::read_to_string(elsewhere.0.join("Cargo.toml")).unwrap();
    let told = format!("{manifest}\n[package.metadata.tablature]\nmigrations = \"sql\"\n");
    elsewhere.write("Cargo.toml", &told);
    elsewhere.check(expect![""]);
    elsewhere.write("Cargo.toml", &format!("{told}runner = \"refinery\"\n"));
    elsewhere.check(expect![[r#"
        src/posts.rs:4:21: error: `0001_create_posts.up.sql` is not what refinery calls a migration; another runner is named in `Cargo.toml`, in `[package.metadata.tablature]`: `runner = "sqlx"`
        src/posts.rs:8:10: error: `0001_create_posts.up.sql` is not what refinery calls a migration; another runner is named in `Cargo.toml`, in `[package.metadata.tablature]`: `runner = "sqlx"`
        src/main.rs:5:35: error: `0001_create_posts.up.sql` is not what refinery calls a migration; another runner is named in `Cargo.toml`, in `[package.metadata.tablature]`: `runner = "sqlx"`"#]]);
    elsewhere.write("Cargo.toml", &format!("{told}runner = \"flyway\"\n"));
    elsewhere.check(expect![[r#"
        src/posts.rs:4:21: error: unknown runner `flyway` in `Cargo.toml`; expected one of `tablature`, `refinery`, `sqlx`, `d1`, `diesel`, `rusqlite_migration`
        src/posts.rs:8:10: error: unknown runner `flyway` in `Cargo.toml`; expected one of `tablature`, `refinery`, `sqlx`, `d1`, `diesel`, `rusqlite_migration`
        src/main.rs:5:35: error: unknown runner `flyway` in `Cargo.toml`; expected one of `tablature`, `refinery`, `sqlx`, `d1`, `diesel`, `rusqlite_migration`"#]]);
    elsewhere.write("Cargo.toml", &told);
    elsewhere.write(
        "sql/0002_wrong.up.sql",
        "ALTER TABLE posts DROP COLUMN subtitle;\n",
    );
    elsewhere.write("schema.sql", "-- migration 0002_wrong\n");
    elsewhere.check(expect![[r#"
        src/posts.rs:4:21: error: the migration `0002_wrong.up.sql` fails: no such column: "subtitle"
        src/posts.rs:8:10: error: the migration `0002_wrong.up.sql` fails: no such column: "subtitle"
        src/main.rs:5:35: error: the migration `0002_wrong.up.sql` fails: no such column: "subtitle""#]]);
}
