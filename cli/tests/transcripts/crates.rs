//! Crates with several schemas, with none, and with errors.

use super::scratch::Scratch;
use expect_test::expect;

#[test]
fn two_schemas_in_one_crate() {
    let mut blog = Scratch::blog();
    blog.edit(
        "fn main()",
        "#[derive(Table)]\n#[table(name = \"hits\")]\npub struct Hit {\n    #[column(primary_key)]\n    pub id: i64,\n}\n\ntablature::schema! {\n    #[schema(migrations = \"statistics/migrations\")]\n    pub static STATISTICS = [Hit];\n}\n\nfn main()",
    )
    .run("cargo tablature generate")
    .run("cargo tablature generate --schema STATISTICS")
    .run("cargo tablature generate --schema BLOG")
    .run("cargo tablature generate --schema SHOP")
    .quietly("cargo check");
    blog.ends(expect![[r#"
        $ cargo tablature generate
        ! error: `blog` has several schemas; choose one with `--schema`: BLOG, STATISTICS

        exit 2
        $ cargo tablature generate --schema STATISTICS
        0001 create_hits
        changes
          table `hits` is new
        steps
          instant  CREATE TABLE hits ( …
        proved on 0 witness rows
        wrote statistics/migrations/0001_create_hits.up.sql
        wrote statistics/migrations/0001_create_hits.down.sql
        wrote statistics/schema.sql

        == statistics/schema.sql
        -- The schema after the last migration, written by `cargo tablature generate`.
        -- tablature schema 1
        -- migration 0001_create_hits e1edadecbfcd39ea

        -- table hits
        CREATE TABLE hits (
          id INTEGER PRIMARY KEY
        ) STRICT;

        $ cargo tablature generate --schema BLOG
        nothing to do: the migrations lead to the structs

        $ cargo tablature generate --schema SHOP
        ! error: error: could not compile `blog` (bin "blog") due to 2 previous errors

        exit 1
    "#]]);
}

#[test]
fn a_crate_that_does_not_compile() {
    let mut blog = Scratch::blog();
    blog.edit("fn main()", "compile_error!(\"not yet\");\n\nfn main()")
        .run("cargo tablature generate");
    blog.ends(expect![[r#"
        $ cargo tablature generate
        nothing to do: the migrations lead to the structs

    "#]]);
}

#[test]
fn a_crate_without_a_schema() {
    let mut blog = Scratch::blog();
    blog.write("src/main.rs", "fn main() {}\n")
        .run("cargo tablature generate");
    blog.ends(expect![[r#"
        $ cargo tablature generate
        ! error: `blog` has no schema with migrations; write `#[schema(migrations = "migrations")]` in its `schema!`

        exit 1
    "#]]);
}

#[test]
fn a_schema_without_migrations() {
    let mut blog = Scratch::blog();
    blog.edit("    #[schema(migrations = \"migrations\")]\n", "")
        .run("cargo tablature generate");
    blog.ends(expect![[r#"
        $ cargo tablature generate
        ! error: `blog` has no schema with migrations; write `#[schema(migrations = "migrations")]` in its `schema!`

        exit 1
    "#]]);
}

#[test]
fn no_crate_at_all() {
    let mut blog = Scratch::blog();
    blog.remove("Cargo.toml")
        .run("cargo tablature generate")
        .run("cargo tablature check --manifest-path nowhere/Cargo.toml");
    blog.ends(expect![[r#"
        $ cargo tablature generate
        ! error: `tablature-suite` has no schema with migrations; write `#[schema(migrations = "migrations")]` in its `schema!`

        exit 1
        $ cargo tablature check --manifest-path nowhere/Cargo.toml
        ! error: error: manifest path `nowhere/Cargo.toml` does not exist

        exit 1
    "#]]);
}

#[test]
fn a_changed_struct_does_not_compile_before_generate() {
    let mut blog = Scratch::blog();
    blog.edit(
        "    pub body: String,",
        "    pub body: String,\n    pub slug: Option<String>,",
    )
    .run("cargo tablature check");
    blog.ends(expect![[r#"
        $ cargo tablature check
        ! error: schema.sql is not what `cargo tablature generate` writes; run it
        ! error: the structs differ from what the migrations lead to: `posts.slug` is new; run `cargo tablature generate`

        exit 1
    "#]]);
}
