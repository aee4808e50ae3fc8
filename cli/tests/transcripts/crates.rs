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
        proved up, down and up again, on 6 witness rows
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
        ! error: `blog` has no schema `SHOP`; choose one with `--schema`: BLOG, STATISTICS

        exit 2
    "#]]);
}

#[test]
fn a_crate_that_does_not_compile() {
    let mut blog = Scratch::blog();
    blog.edit("fn main()", "compile_error!(\"not yet\");\n\nfn main()")
        .run("cargo tablature generate");
    blog.ends(expect![[r#"
        $ cargo tablature generate
        ! error: `blog` does not compile, so its schema cannot be read:
        ! error: not yet
        !   --> src/main.rs:55:1
        !    |
        ! 55 | compile_error!("not yet");
        !    | ^^^^^^^^^^^^^^^^^^^^^^^^^

        exit 1
    "#]]);
}

#[test]
fn a_crate_without_a_schema() {
    let mut blog = Scratch::blog();
    blog.write("src/main.rs", "fn main() {}\n")
        .run("cargo tablature generate");
    blog.ends(expect![[r#"
        $ cargo tablature generate
        ! error: `blog` has no schema with migrations; `cargo tablature init` says what to write

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
        ! error: `blog` has no schema with migrations; `cargo tablature init` says what to write

        exit 1
    "#]]);
}

#[test]
fn an_attribute_that_is_not_understood() {
    let mut blog = Scratch::blog();
    blog.edit("default = \"draft\"", "defualt = \"draft\"")
        .run("cargo tablature generate --dry-run");
    let text = blog.transcript();
    assert!(
        text.contains("`blog` does not compile, so its schema cannot be read"),
        "{text}"
    );
    assert!(text.contains("defualt"), "{text}");
}

/// An error of the program itself often waits for the migration.
#[test]
fn a_program_that_does_not_compile_yet() {
    let mut blog = Scratch::blog();
    blog.edit("    Ok(())", "    let later: i64 = \"\";\n    Ok(())")
        .run("cargo tablature generate");
    blog.ends(expect![[r#"
        $ cargo tablature generate
        nothing to do: the migrations lead to the structs

    "#]]);
}

#[test]
fn a_manifest_that_is_not_there() {
    let mut blog = Scratch::blog();
    blog.run("cargo tablature check --manifest-path nowhere/Cargo.toml")
        .run("cargo tablature check -p shop");
    blog.ends(expect![[r#"
        $ cargo tablature check --manifest-path nowhere/Cargo.toml
        ! error: manifest path `nowhere/Cargo.toml` does not exist

        exit 1
        $ cargo tablature check -p shop
        ! error: there is no package `shop`; choose one with `-p`: blog

        exit 2
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
        ! error: the structs differ from what the migrations lead to: `posts.slug` is new; run `cargo tablature generate`

        exit 1
    "#]]);
}
