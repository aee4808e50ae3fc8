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
              "statements": {
                "allowed": 0,
                "checked": 0,
                "findings": [],
                "not_checked": []
              },
              "status": "ok",
              "unfilled": [],
              "unproved": []
            }

        "#]],
    );
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

/// `schema.sql` no longer says it, and still it is not the user's own.
#[test]
fn what_the_newest_migration_drops_stays_dropped_when_it_is_written_anew() {
    let mut blog = Scratch::blog();
    blog.edit(", index(author_id, published_at desc))]", ")]")
        .quietly("cargo tablature generate");
    blog.edit(SLUG.0, SLUG.1)
        .run("cargo tablature generate --amend");
    blog.shows(expect![[r#"
        $ cargo tablature generate --amend
        0002 add_slug_to_posts
        changes
          `posts.slug` is new
          index `posts_author_id_idx` is new
          index `posts_author_id_published_at_idx` is gone
        steps
          instant  DROP INDEX posts_author_id_published_at_idx
          scan     ALTER TABLE posts ADD COLUMN slug TEXT
          scan     CREATE INDEX posts_author_id_idx ON posts (author_id)
        proved up, down and up again, on 18 witness rows
        wrote migrations/0002_add_slug_to_posts.up.sql
        wrote migrations/0002_add_slug_to_posts.down.sql
        wrote schema.sql

        == migrations/0002_add_slug_to_posts.down.sql
        -- The way back from add_slug_to_posts.
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        DROP INDEX posts_author_id_idx;
        ALTER TABLE posts DROP COLUMN slug;
        CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC);

        == migrations/0002_add_slug_to_posts.up.sql
        -- `posts.slug` is new
        -- index `posts_author_id_idx` is new
        -- index `posts_author_id_published_at_idx` is gone
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        DROP INDEX posts_author_id_published_at_idx;
        ALTER TABLE posts ADD COLUMN slug TEXT;
        CREATE INDEX posts_author_id_idx ON posts (author_id);

        == migrations/0002_change_schema.down.sql is gone
        == migrations/0002_change_schema.up.sql is gone
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
