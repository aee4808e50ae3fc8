//! What `generate` can be asked to do besides.

use super::scratch::{Scratch, check};
use expect_test::expect;

const SLUG: (&str, &str) = (
    "    pub body: String,",
    "    pub body: String,\n    pub slug: Option<String>,",
);

#[test]
fn a_dry_run_writes_nothing() {
    let mut blog = Scratch::blog();
    blog.edit(SLUG.0, SLUG.1)
        .run("cargo tablature generate --dry-run");
    blog.ends(expect![[r#"
        $ cargo tablature generate --dry-run
        0002 add_slug_to_posts
        changes
          `posts.slug` is new
        steps
          scan     ALTER TABLE posts ADD COLUMN slug TEXT
        proved up, down and up again, on 18 witness rows

    "#]]);
}

#[test]
fn a_name_is_given() {
    check(
        &[SLUG],
        &["cargo tablature generate 'Slugs, for URLs'"],
        expect![[r#"
            $ cargo tablature generate 'Slugs, for URLs'
            0002 slugs_for_urls
            changes
              `posts.slug` is new
            steps
              scan     ALTER TABLE posts ADD COLUMN slug TEXT
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_slugs_for_urls.up.sql
            wrote migrations/0002_slugs_for_urls.down.sql
            wrote schema.sql

            == migrations/0002_slugs_for_urls.down.sql
            -- The way back from slugs_for_urls.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts DROP COLUMN slug;

            == migrations/0002_slugs_for_urls.up.sql
            -- `posts.slug` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts ADD COLUMN slug TEXT;

        "#]],
    );
}

#[test]
fn a_report_for_programs() {
    check(
        &[SLUG],
        &[
            "cargo tablature generate --json",
            "cargo tablature generate --json",
            "cargo tablature check --json",
        ],
        expect![[r#"
            $ cargo tablature generate --json
            {
              "status": "written",
              "migration": {
                "version": 2,
                "name": "add_slug_to_posts",
                "up": "migrations/0002_add_slug_to_posts.up.sql",
                "down": "migrations/0002_add_slug_to_posts.down.sql"
              },
              "changes": [
                {
                  "what": "`posts.slug` is new",
                  "table": "posts",
                  "column": "slug",
                  "type": "TEXT",
                  "nullable": true,
                  "idempotent": false
                }
              ],
              "steps": [
                {
                  "sql": "ALTER TABLE posts ADD COLUMN slug TEXT",
                  "reason": "add `posts.slug`",
                  "cost": "scan"
                }
              ],
              "hazards": [],
              "validation": {
                "proved": true,
                "rows": 18,
                "unfilled": [],
                "down": null
              },
              "safe_to_deploy": true,
              "next_action": "review the migration"
            }

            == migrations/0002_add_slug_to_posts.down.sql
            -- The way back from add_slug_to_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts DROP COLUMN slug;

            == migrations/0002_add_slug_to_posts.up.sql
            -- `posts.slug` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts ADD COLUMN slug TEXT;

            $ cargo tablature generate --json
            {
              "status": "up_to_date",
              "changes": [],
              "steps": [],
              "hazards": [],
              "safe_to_deploy": true,
              "next_action": "none"
            }

            $ cargo tablature check --json
            {
              "findings": [],
              "migrations": 2,
              "rows": 36,
              "safe_to_deploy": true,
              "status": "ok",
              "unfilled": [],
              "unproved": []
            }

        "#]],
    );
}

#[test]
fn a_report_of_what_is_refused() {
    let mut blog = Scratch::blog();
    blog.edit(
        "    pub subtitle: Option<String>,\n",
        "    pub slug: String,\n",
    )
    .run("cargo tablature generate --json");
    blog.ends(expect![[r#"
        $ cargo tablature generate --json
        {
          "status": "refused",
          "changes": [],
          "steps": [],
          "hazards": [
            {
              "code": "T104",
              "reason": "`posts.subtitle` is gone and `posts.slug` is new",
              "fix": "if it was renamed, `--rename posts.subtitle=slug` or `#[column(renamed_from = \"subtitle\")]`; if not, `--allow drop:posts.subtitle`",
              "flags": [
                "--rename posts.subtitle=slug",
                "--allow drop:posts.subtitle"
              ]
            }
          ],
          "safe_to_deploy": false,
          "next_action": "answer, for example: cargo tablature generate --json --rename posts.subtitle=slug"
        }
        ! error: T104: `posts.subtitle` is gone and `posts.slug` is new
        ! hint: if it was renamed, `--rename posts.subtitle=slug` or `#[column(renamed_from = "subtitle")]`; if not, `--allow drop:posts.subtitle`
        ! nothing was written; for example: cargo tablature generate --json --rename posts.subtitle=slug

        exit 2
    "#]]);
}

#[test]
fn the_newest_migration_is_written_anew() {
    let mut blog = Scratch::blog();
    blog.edit(SLUG.0, SLUG.1)
        .quietly("cargo tablature generate");
    blog.edit(
        "    pub slug: Option<String>,",
        "    pub slug: Option<String>,\n    pub language: Option<String>,",
    )
    .run("cargo tablature generate --amend");
    blog.shows(expect![[r#"
        $ cargo tablature generate --amend
        0002 add_slug_and_language_to_posts
        changes
          `posts.slug` is new
          `posts.language` is new
        steps
          scan     ALTER TABLE posts ADD COLUMN slug TEXT
          scan     ALTER TABLE posts ADD COLUMN language TEXT
        proved up, down and up again, on 18 witness rows
        wrote migrations/0002_add_slug_and_language_to_posts.up.sql
        wrote migrations/0002_add_slug_and_language_to_posts.down.sql
        wrote schema.sql

        == migrations/0002_add_slug_and_language_to_posts.down.sql
        -- The way back from add_slug_and_language_to_posts.
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        ALTER TABLE posts DROP COLUMN slug;
        ALTER TABLE posts DROP COLUMN language;

        == migrations/0002_add_slug_and_language_to_posts.up.sql
        -- `posts.slug` is new
        -- `posts.language` is new
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        ALTER TABLE posts ADD COLUMN slug TEXT;
        ALTER TABLE posts ADD COLUMN language TEXT;

        == migrations/0002_add_slug_to_posts.down.sql is gone
        == migrations/0002_add_slug_to_posts.up.sql is gone
    "#]]);
}

#[test]
fn the_newest_migration_is_taken_back() {
    let mut blog = Scratch::blog();
    blog.edit(SLUG.0, SLUG.1)
        .quietly("cargo tablature generate");
    blog.edit(SLUG.1, SLUG.0)
        .run("cargo tablature generate --amend");
    blog.shows(expect![[r#"
        $ cargo tablature generate --amend
        took away 0002_add_slug_to_posts: the migrations before it lead to the structs
        no migration is needed; wrote schema.sql

        == migrations/0002_add_slug_to_posts.down.sql is gone
        == migrations/0002_add_slug_to_posts.up.sql is gone
    "#]]);
}

#[test]
fn a_migration_for_each_table() {
    check(
        &[
            SLUG,
            (
                "    pub name: String,",
                "    pub name: String,\n    pub site: Option<String>,",
            ),
        ],
        &["cargo tablature generate --split"],
        expect![[r#"
            $ cargo tablature generate --split
            0002 add_site_to_authors
            changes
              `authors.site` is new
            steps
              scan     ALTER TABLE authors ADD COLUMN site TEXT
            proved up, down and up again, on 18 witness rows
            0003 add_slug_to_posts
            changes
              `posts.slug` is new
            steps
              scan     ALTER TABLE posts ADD COLUMN slug TEXT
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_add_site_to_authors.up.sql
            wrote migrations/0002_add_site_to_authors.down.sql
            wrote migrations/0003_add_slug_to_posts.up.sql
            wrote migrations/0003_add_slug_to_posts.down.sql
            wrote schema.sql

            == migrations/0002_add_site_to_authors.down.sql
            -- The way back from add_site_to_authors.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE authors DROP COLUMN site;

            == migrations/0002_add_site_to_authors.up.sql
            -- `authors.site` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE authors ADD COLUMN site TEXT;

            == migrations/0003_add_slug_to_posts.down.sql
            -- The way back from add_slug_to_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts DROP COLUMN slug;

            == migrations/0003_add_slug_to_posts.up.sql
            -- `posts.slug` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts ADD COLUMN slug TEXT;

        "#]],
    );
}

#[test]
fn several_answers_are_asked_for_at_once() {
    let mut blog = Scratch::blog();
    blog.edit("pub subtitle: Option<String>", "pub lead: Option<String>")
        .edit("    pub text: String,\n", "    pub rank: i64,\n")
        .run("cargo tablature generate moderation")
        .run("cargo tablature generate moderation --rename posts.subtitle=lead --allow drop:comments.text --backfill comments.rank=0");
    blog.shows(expect![[r#"
        $ cargo tablature generate moderation
        ! error: T104: `posts.subtitle` is gone and `posts.lead` is new
        ! hint: if it was renamed, `--rename posts.subtitle=lead` or `#[column(renamed_from = "subtitle")]`; if not, `--allow drop:posts.subtitle`
        ! error: T102: drops `comments.text` with its values
        ! hint: agree with `--allow drop:comments.text`
        ! error: T103: adds `comments.rank`, NOT NULL and without a value for the rows that exist
        ! hint: give `--backfill comments.rank=…` or `#[column(backfill = "…")]`, or a default, or make it an `Option`
        ! nothing was written; for example: cargo tablature generate moderation --rename posts.subtitle=lead --allow drop:comments.text --backfill comments.rank=0

        exit 2
        $ cargo tablature generate moderation --rename posts.subtitle=lead --allow drop:comments.text --backfill comments.rank=0
        0002 moderation
        changes
          `posts.subtitle` becomes `lead`
          `comments.rank` is new
          `comments.text` is gone
        steps
          instant  ALTER TABLE posts RENAME COLUMN subtitle TO lead
          instant  ALTER TABLE comments ADD COLUMN rank INTEGER
          rewrite  UPDATE comments SET rank = (0)
          rewrite  ALTER TABLE comments DROP COLUMN text
          scan     ALTER TABLE comments ALTER COLUMN rank SET NOT NULL
        hazards
          T102: drops `comments.text` with its values
        proved up, down and up again, on 18 witness rows
        wrote migrations/0002_moderation.up.sql
        wrote migrations/0002_moderation.down.sql
        wrote schema.sql

        == migrations/0002_moderation.down.sql
        -- The way back from moderation.
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        ALTER TABLE posts RENAME COLUMN lead TO subtitle;
        ALTER TABLE comments ADD COLUMN text TEXT;

        -- fill `comments.text`
        UPDATE comments SET text = ('');

        ALTER TABLE comments DROP COLUMN rank;

        -- `comments.text` becomes NOT NULL
        ALTER TABLE comments ALTER COLUMN text SET NOT NULL;

        == migrations/0002_moderation.up.sql
        -- `posts.subtitle` becomes `lead`
        -- `comments.rank` is new
        -- `comments.text` is gone
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.
        -- tablature: rename posts.subtitle=lead
        -- tablature: backfill comments.rank=0
        -- tablature: allow drop:comments.text

        ALTER TABLE posts RENAME COLUMN subtitle TO lead;
        ALTER TABLE comments ADD COLUMN rank INTEGER;

        -- fill `comments.rank`
        UPDATE comments SET rank = (0);

        ALTER TABLE comments DROP COLUMN text;

        -- `comments.rank` becomes NOT NULL
        ALTER TABLE comments ALTER COLUMN rank SET NOT NULL;

    "#]]);
}

#[test]
fn hints_that_cannot_be_meant() {
    let mut blog = Scratch::blog();
    blog.edit(SLUG.0, SLUG.1)
        .run("cargo tablature generate --rename posts.nothing=slug")
        .run("cargo tablature generate --rename slug")
        .run("cargo tablature generate --backfill posts.slugs=1")
        .run("cargo tablature generate --backfill 'posts.slug=lower('")
        .run("cargo tablature generate --backfill 'posts.slug=nothing'")
        .run("cargo tablature generate --allow posts.slug")
        .run("cargo tablature generate --map posts.status=1");
    blog.ends(expect![[r#"
        $ cargo tablature generate --rename posts.nothing=slug
        ! error: `posts.nothing=slug` names `nothing`, which the schema as it is has not

        exit 2
        $ cargo tablature generate --rename slug
        ! error: `slug` is no hint; write it as `posts.old=new`

        exit 2
        $ cargo tablature generate --backfill posts.slugs=1
        ! error: `posts.slugs` names `posts.slugs`, which the wanted schema has not

        exit 2
        $ cargo tablature generate --backfill 'posts.slug=lower('
        ! error: no plan reaches the schema: `UPDATE posts SET slug = (lower()`: incomplete input; write this migration by hand, or in smaller changes

        exit 1
        $ cargo tablature generate --backfill 'posts.slug=nothing'
        ! error: no plan reaches the schema: `UPDATE posts SET slug = (nothing)`: near "nothing": syntax error in UPDATE posts SET slug = (nothing) at offset 25; write this migration by hand, or in smaller changes

        exit 1
        $ cargo tablature generate --allow posts.slug
        ! error: `posts.slug` is no hint; write it as `drop:posts.column`

        exit 2
        $ cargo tablature generate --map posts.status=1
        ! error: `posts.status=1` is no hint; write it as `posts.status:old=new`

        exit 2
    "#]]);
}
