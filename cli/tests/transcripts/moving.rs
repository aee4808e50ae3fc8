//! Crates whose migrations another tool has written: the folder and its numbers are taken over.

use super::scratch::Scratch;
use expect_test::{Expect, expect};

const NOTES: &str = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL);\n";
const TAGS: &str = "CREATE TABLE tags (name VARCHAR(40) NOT NULL UNIQUE, note_id INTEGER NOT NULL REFERENCES notes (id));\n";

/// The files of a tool; then its folder is found, pulled and checked, a column comes, and the series goes on.
fn check(files: &[(&str, &str)], folder: &str, expect: Expect) {
    let mut app = Scratch::unwritten();
    for (path, text) in files {
        app.write(path, text);
    }
    let pull = format!("cargo tablature pull {folder} --out src/models.rs --migrations {folder}");
    app.run(&format!("cargo tablature init --migrations {folder}"))
        .run(&pull)
        .write("src/main.rs", "mod models;\n\nfn main() {}\n")
        .run("cargo tablature check");
    app.edit_file(
        "src/models.rs",
        "    pub text: String,\n",
        "    pub text: String,\n    pub seen: Option<i64>,\n",
    );
    app.run("cargo tablature generate");
    app.shows(expect);
}

#[test]
fn from_refinery() {
    check(
        &[
            ("migrations/V1__notes.sql", NOTES),
            ("migrations/V2__tags.sql", TAGS),
        ],
        "migrations",
        expect![[r#"
            $ cargo tablature init --migrations migrations
            found 2 migrations of refinery in migrations
            write in the crate, with all structs that derive `Table` in the list:

                tablature::schema! {
                    #[schema(migrations = "migrations", runner = refinery)]
                    pub static SCHEMA = [];
                }

            then run `cargo tablature generate`
            or `cargo tablature pull migrations --out src/models.rs --migrations migrations` writes the structs, and this

            $ cargo tablature pull migrations --out src/models.rs --migrations migrations
            pulled 2 structs from migrations
            wrote src/models.rs
            wrote schema.sql
            write `mod models;` in the crate, and run `cargo tablature check`

            $ cargo tablature check
            2 migrations lead to the structs; each was proved up, down and up again, on 12 witness rows
              up alone: `V1__notes` has no way back
              up alone: `V2__tags` has no way back

            $ cargo tablature generate
            0003 add_seen_to_notes
            changes
              `notes.seen` is new
            steps
              instant  ALTER TABLE notes ADD COLUMN seen INTEGER
            proved up, down and up again, on 12 witness rows
            wrote migrations/V003__add_seen_to_notes.sql
            wrote migrations_down/V003__add_seen_to_notes.sql
            wrote schema.sql

            == migrations/V003__add_seen_to_notes.sql
            -- `notes.seen` is new
            -- Runs in one transaction, with foreign keys on.

            ALTER TABLE notes ADD COLUMN seen INTEGER;

            == migrations_down/V003__add_seen_to_notes.sql
            -- The way back from add_seen_to_notes.
            -- Runs in one transaction, with foreign keys on.

            ALTER TABLE notes DROP COLUMN seen;

        "#]],
    );
}

#[test]
fn from_sqlx() {
    check(
        &[
            ("migrations/20250108000000_notes.sql", NOTES),
            ("migrations/20250108000001_tags.up.sql", TAGS),
            (
                "migrations/20250108000001_tags.down.sql",
                "DROP TABLE tags;\n",
            ),
        ],
        "migrations",
        expect![[r#"
            $ cargo tablature init --migrations migrations
            found 2 migrations of sqlx in migrations
            write in the crate, with all structs that derive `Table` in the list:

                tablature::schema! {
                    #[schema(migrations = "migrations", runner = sqlx)]
                    pub static SCHEMA = [];
                }

            then run `cargo tablature generate`
            or `cargo tablature pull migrations --out src/models.rs --migrations migrations` writes the structs, and this

            $ cargo tablature pull migrations --out src/models.rs --migrations migrations
            pulled 2 structs from migrations
            wrote src/models.rs
            wrote schema.sql
            write `mod models;` in the crate, and run `cargo tablature check`

            $ cargo tablature check
            2 migrations lead to the structs; each was proved up, down and up again, on 12 witness rows
              up alone: `MOMENT_notes` has no way back

            $ cargo tablature generate
            MOMENT add_seen_to_notes
            changes
              `notes.seen` is new
            steps
              instant  ALTER TABLE notes ADD COLUMN seen INTEGER
            proved up, down and up again, on 12 witness rows
            wrote migrations/MOMENT_add_seen_to_notes.up.sql
            wrote migrations/MOMENT_add_seen_to_notes.down.sql
            wrote schema.sql

            == migrations/MOMENT_add_seen_to_notes.down.sql
            -- The way back from add_seen_to_notes.
            -- Runs in one transaction, with foreign keys on.

            ALTER TABLE notes DROP COLUMN seen;

            == migrations/MOMENT_add_seen_to_notes.up.sql
            -- `notes.seen` is new
            -- Runs in one transaction, with foreign keys on.

            ALTER TABLE notes ADD COLUMN seen INTEGER;

        "#]],
    );
}

#[test]
fn from_diesel() {
    check(
        &[
            ("migrations/2025-01-08-000000_notes/up.sql", NOTES),
            (
                "migrations/2025-01-08-000000_notes/down.sql",
                "DROP TABLE notes;\n",
            ),
            ("migrations/2025-01-08-000001_tags/up.sql", TAGS),
            (
                "migrations/2025-01-08-000001_tags/down.sql",
                "DROP TABLE tags;\n",
            ),
        ],
        "migrations",
        expect![[r#"
            $ cargo tablature init --migrations migrations
            found 2 migrations of diesel in migrations
            write in the crate, with all structs that derive `Table` in the list:

                tablature::schema! {
                    #[schema(migrations = "migrations", runner = diesel)]
                    pub static SCHEMA = [];
                }

            then run `cargo tablature generate`
            or `cargo tablature pull migrations --out src/models.rs --migrations migrations` writes the structs, and this

            $ cargo tablature pull migrations --out src/models.rs --migrations migrations
            pulled 2 structs from migrations
            wrote src/models.rs
            wrote schema.sql
            write `mod models;` in the crate, and run `cargo tablature check`

            $ cargo tablature check
            2 migrations lead to the structs; each was proved up, down and up again, on 12 witness rows

            $ cargo tablature generate
            MOMENT add_seen_to_notes
            changes
              `notes.seen` is new
            steps
              instant  ALTER TABLE notes ADD COLUMN seen INTEGER
            proved up, down and up again, on 12 witness rows
            wrote migrations/MOMENT_add_seen_to_notes/up.sql
            wrote migrations/MOMENT_add_seen_to_notes/down.sql
            wrote schema.sql

            == migrations/MOMENT_add_seen_to_notes/down.sql
            -- The way back from add_seen_to_notes.
            -- Runs in one transaction, with foreign keys on.

            ALTER TABLE notes DROP COLUMN seen;

            == migrations/MOMENT_add_seen_to_notes/up.sql
            -- `notes.seen` is new
            -- Runs in one transaction, with foreign keys on.

            ALTER TABLE notes ADD COLUMN seen INTEGER;

        "#]],
    );
}

#[test]
fn from_rusqlite_migration() {
    check(
        &[
            ("migrations/01-notes/up.sql", NOTES),
            ("migrations/02-tags/up.sql", TAGS),
            ("migrations/02-tags/down.sql", "DROP TABLE tags;\n"),
        ],
        "migrations",
        expect![[r#"
            $ cargo tablature init --migrations migrations
            found 2 migrations of rusqlite_migration in migrations
            write in the crate, with all structs that derive `Table` in the list:

                tablature::schema! {
                    #[schema(migrations = "migrations", runner = rusqlite_migration)]
                    pub static SCHEMA = [];
                }

            then run `cargo tablature generate`
            or `cargo tablature pull migrations --out src/models.rs --migrations migrations` writes the structs, and this

            $ cargo tablature pull migrations --out src/models.rs --migrations migrations
            pulled 2 structs from migrations
            wrote src/models.rs
            wrote schema.sql
            write `mod models;` in the crate, and run `cargo tablature check`

            $ cargo tablature check
            2 migrations lead to the structs; each was proved up, down and up again, on 12 witness rows
              up alone: `01-notes` has no way back

            $ cargo tablature generate
            0003 add_seen_to_notes
            changes
              `notes.seen` is new
            steps
              instant  ALTER TABLE notes ADD COLUMN seen INTEGER
            proved up, down and up again, on 12 witness rows
            wrote migrations/03-add_seen_to_notes/up.sql
            wrote migrations/03-add_seen_to_notes/down.sql
            wrote schema.sql

            == migrations/03-add_seen_to_notes/down.sql
            -- The way back from add_seen_to_notes.
            -- Runs in one transaction, with foreign keys on.

            ALTER TABLE notes DROP COLUMN seen;

            == migrations/03-add_seen_to_notes/up.sql
            -- `notes.seen` is new
            -- Runs in one transaction, with foreign keys on.

            ALTER TABLE notes ADD COLUMN seen INTEGER;

        "#]],
    );
}

#[test]
fn from_drizzle() {
    const FIRST: &str = "CREATE TABLE `notes` (\n\t`id` integer PRIMARY KEY NOT NULL,\n\t`text` text NOT NULL\n);\n--> statement-breakpoint\nCREATE INDEX `by_text` ON `notes` (`text`);\n";
    check(
        &[
            ("drizzle/0000_calm_notes.sql", FIRST),
            ("drizzle/0001_quick_tags.sql", TAGS),
            ("drizzle/meta/_journal.json", "{}"),
        ],
        "drizzle",
        expect![[r#"
            $ cargo tablature init --migrations drizzle
            found 2 migrations of d1 in drizzle
            write in the crate, with all structs that derive `Table` in the list:

                tablature::schema! {
                    #[schema(migrations = "drizzle", runner = d1)]
                    pub static SCHEMA = [];
                }

            then run `cargo tablature generate`
            or `cargo tablature pull drizzle --out src/models.rs --migrations drizzle` writes the structs, and this
            drizzle's journal does not know what `generate` adds: wrangler applies the files by their names, drizzle's own migrator does not

            $ cargo tablature pull drizzle --out src/models.rs --migrations drizzle
            pulled 2 structs from drizzle
            wrote src/models.rs
            wrote schema.sql
            write `mod models;` in the crate, and run `cargo tablature check`

            $ cargo tablature check
            2 migrations lead to the structs; each was proved up, down and up again, on 12 witness rows
              up alone: `0000_calm_notes` has no way back
              up alone: `0001_quick_tags` has no way back

            $ cargo tablature generate
            0002 add_seen_to_notes
            changes
              `notes.seen` is new
            steps
              instant  ALTER TABLE notes ADD COLUMN seen INTEGER
            proved up, down and up again, on 12 witness rows
            wrote drizzle/0002_add_seen_to_notes.sql
            wrote drizzle_down/0002_add_seen_to_notes.sql
            wrote schema.sql

            == drizzle/0002_add_seen_to_notes.sql
            -- `notes.seen` is new
            -- Runs in one transaction, with foreign keys on.

            ALTER TABLE notes ADD COLUMN seen INTEGER;

            == drizzle_down/0002_add_seen_to_notes.sql
            -- The way back from add_seen_to_notes.
            -- Runs in one transaction, with foreign keys on.

            ALTER TABLE notes DROP COLUMN seen;

        "#]],
    );
}

/// A migration that is written anew has another name; of the old one not even the folder stays.
#[test]
fn a_folder_goes_with_its_migration() {
    let mut app = Scratch::unwritten();
    app.write("migrations/2025-01-08-000000_notes/up.sql", NOTES)
        .write("migrations/2025-01-08-000001_tags/up.sql", TAGS)
        .quietly("cargo tablature pull migrations --out src/models.rs")
        .write("src/main.rs", "mod models;\n\nfn main() {}\n")
        .edit_file(
            "src/models.rs",
            "    pub text: String,\n",
            "    pub text: String,\n    pub seen: Option<i64>,\n",
        )
        .quietly("cargo tablature generate")
        .edit_file("src/models.rs", "pub seen:", "pub read_at:")
        .quietly("cargo tablature generate --amend");
    let left = std::fs::read_dir(app.path("migrations")).unwrap().count();
    assert_eq!(left, 3);
    app.shows(expect![[r#""#]]);
}
