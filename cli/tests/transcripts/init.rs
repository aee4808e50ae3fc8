//! What `init` finds and says.

use super::scratch::Scratch;
use expect_test::expect;

const NOTES: &str = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT);\n";

#[test]
fn a_crate_is_prepared() {
    let mut blog = Scratch::unwritten();
    blog.run("cargo tablature init")
        .run("cargo tablature init --runner refinery --migrations sql/migrations");
    blog.ends(expect![[r#"
        $ cargo tablature init
        made migrations
        write in the crate, with all structs that derive `Table` in the list:

            tablature::schema! {
                #[schema(migrations = "migrations")]
                pub static SCHEMA = [];
            }

        then run `cargo tablature generate`

        $ cargo tablature init --runner refinery --migrations sql/migrations
        made sql/migrations
        write in the crate, with all structs that derive `Table` in the list:

            tablature::schema! {
                #[schema(migrations = "sql/migrations", runner = refinery)]
                pub static SCHEMA = [];
            }

        then run `cargo tablature generate`

    "#]]);
}

#[test]
fn the_runner_of_an_existing_folder_is_recognised() {
    let mut blog = Scratch::unwritten();
    blog.write("refinery/V1__notes.sql", NOTES)
        .write("sqlx/20250108000000_notes.sql", NOTES)
        .write("d1/0001_notes.sql", NOTES)
        .write("other/notes.sql", NOTES)
        .run("cargo tablature init --migrations refinery")
        .run("cargo tablature init --migrations sqlx")
        .run("cargo tablature init --migrations d1")
        .run("cargo tablature init --migrations other")
        .run("cargo tablature init --migrations d1 --runner refinery");
    blog.ends(expect![[r#"
        $ cargo tablature init --migrations refinery
        found a migration of refinery in refinery
        write in the crate, with all structs that derive `Table` in the list:

            tablature::schema! {
                #[schema(migrations = "refinery", runner = refinery)]
                pub static SCHEMA = [];
            }

        then run `cargo tablature generate`
        or `cargo tablature pull refinery --out src/models.rs --migrations refinery` writes the structs, and this

        $ cargo tablature init --migrations sqlx
        found a migration of sqlx in sqlx
        write in the crate, with all structs that derive `Table` in the list:

            tablature::schema! {
                #[schema(migrations = "sqlx", runner = sqlx)]
                pub static SCHEMA = [];
            }

        then run `cargo tablature generate`
        or `cargo tablature pull sqlx --out src/models.rs --migrations sqlx` writes the structs, and this

        $ cargo tablature init --migrations d1
        found a migration of d1 in d1
        write in the crate, with all structs that derive `Table` in the list:

            tablature::schema! {
                #[schema(migrations = "d1", runner = d1)]
                pub static SCHEMA = [];
            }

        then run `cargo tablature generate`
        or `cargo tablature pull d1 --out src/models.rs --migrations d1` writes the structs, and this

        $ cargo tablature init --migrations other
        ! error: `other/notes.sql` is no migration for tablature: call it `0001_create_posts.up.sql` or `0001_create_posts.down.sql`

        exit 1
        $ cargo tablature init --migrations d1 --runner refinery
        ! error: `d1/0001_notes.sql` is no migration for refinery: call it `V001__create_posts.sql`

        exit 1
    "#]]);
}
