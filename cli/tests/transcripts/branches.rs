//! What is on the main branch may have been applied, and stays.

use super::scratch::Scratch;
use expect_test::expect;

fn repository() -> Scratch {
    let mut blog = Scratch::blog();
    blog.quietly("git init --quiet --initial-branch main")
        .quietly("git add --all")
        .quietly(
            "git -c user.name=Ann -c user.email=ann@example.org commit --quiet --message first",
        )
        .quietly("git checkout --quiet -b slugs");
    blog
}

#[test]
fn a_migration_of_the_base_is_changed() {
    let mut blog = repository();
    blog.edit_file(
        "migrations/0001_initial.up.sql",
        "  subtitle TEXT,",
        "  subtitle TEXT DEFAULT '',",
    )
    .run("cargo tablature check --base main")
    .run("cargo tablature generate");
    blog.ends(expect![[r#"
        $ cargo tablature check --base main
        ! error: `migrations/0001_initial.up.sql` was changed after schema.sql was written; restore the file, or run `cargo tablature generate` if no database has had it yet
        ! error: the structs differ from what the migrations lead to: `posts.subtitle` changes its default from '' to none; run `cargo tablature generate`
        ! error: `0001_initial.up.sql` is another than on `main`: its checksum is 7e539a8065c4c4d4, there it is c07fb00750792a39; restore it, and make a new migration for the change

        exit 1
        $ cargo tablature generate
        ! error: `migrations/0001_initial.up.sql` is another than on `main`, where others may have applied it; restore the file, and make a new migration for the change

        exit 2
    "#]]);
}

#[test]
fn a_migration_of_the_base_cannot_be_amended() {
    let mut blog = repository();
    blog.edit(
        "    pub body: String,",
        "    pub body: String,\n    pub slug: Option<String>,",
    )
    .run("cargo tablature generate --amend")
    .run("cargo tablature generate")
    .run("cargo tablature check --base main");
    blog.shows(expect![[r#"
        $ cargo tablature generate --amend
        ! error: `0001_initial` is on `main`, where others may have applied it; leave out `--amend`, and a new migration is written

        exit 2
        $ cargo tablature generate
        0002 add_slug_to_posts
        changes
          `posts.slug` is new
        steps
          scan     ALTER TABLE posts ADD COLUMN slug TEXT
        proved up, down and up again, on 18 witness rows
        wrote migrations/0002_add_slug_to_posts.up.sql
        wrote migrations/0002_add_slug_to_posts.down.sql
        wrote schema.sql

        == migrations/0002_add_slug_to_posts.down.sql
        -- The way back from add_slug_to_posts.
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        ALTER TABLE posts DROP COLUMN slug;

        == migrations/0002_add_slug_to_posts.up.sql
        -- `posts.slug` is new
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        ALTER TABLE posts ADD COLUMN slug TEXT;

        $ cargo tablature check --base main
        2 migrations lead to the structs; each was proved up, down and up again, on 36 witness rows

    "#]]);
}

#[test]
fn two_branches_have_taken_one_number() {
    let mut blog = repository();
    blog.write(
        "migrations/0003_mine.up.sql",
        "CREATE TABLE mine (id INTEGER PRIMARY KEY);\n",
    )
    .write("migrations/0003_mine.down.sql", "DROP TABLE mine;\n")
    .quietly("cargo tablature generate")
    .quietly("git add --all")
    .quietly("git -c user.name=Ann -c user.email=ann@example.org commit --quiet --message mine")
    .quietly("git checkout --quiet main")
    .quietly("git merge --quiet slugs")
    .write(
        "migrations/0002_late.up.sql",
        "CREATE TABLE late (id INTEGER PRIMARY KEY);\n",
    )
    .write("migrations/0002_late.down.sql", "DROP TABLE late;\n")
    .quietly("cargo tablature generate")
    .run("cargo tablature check --base main")
    .run("cargo tablature check --base nowhere");
    blog.ends(expect![[r#"
        $ cargo tablature check --base main
        ! error: `0002_late` is new and comes before `0003_mine`, which is on `main`; give it a number after it

        exit 1
        $ cargo tablature check --base nowhere
        ! error: cannot read the migrations on `nowhere`; is it a branch of this repository?

        exit 1
    "#]]);
}

#[test]
fn outside_of_a_repository() {
    let mut blog = Scratch::blog();
    blog.run("cargo tablature check --base main");
    blog.ends(expect![[r#"
        $ cargo tablature check --base main
        ! error: cannot read the migrations on `main`; is it a branch of this repository?

        exit 1
    "#]]);
}
