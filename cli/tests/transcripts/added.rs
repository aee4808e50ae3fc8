//! Columns that are new.

use super::scratch::check;
use expect_test::expect;

#[test]
fn an_optional_column_is_added_in_place() {
    check(
        &[(
            "    pub body: String,",
            "    pub body: String,\n    pub slug: Option<String>,",
        )],
        &["cargo tablature generate"],
        expect![[r#"
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

        "#]],
    );
}

#[test]
fn a_required_column_asks_for_the_value_of_old_rows() {
    check(
        &[(
            "    pub body: String,",
            "    pub body: String,\n    pub slug: String,",
        )],
        &[
            "cargo tablature generate",
            "cargo tablature generate --backfill 'posts.slug=lower(title)'",
        ],
        expect![[r#"
            $ cargo tablature generate
            ! error: T103: adds `posts.slug`, NOT NULL and without a value for the rows that exist
            ! hint: give `--backfill posts.slug=…` or `#[column(backfill = "…")]`, or a default, or make it an `Option`
            ! nothing was written; for example: cargo tablature generate --backfill "posts.slug=''"

            exit 2
            $ cargo tablature generate --backfill 'posts.slug=lower(title)'
            0002 add_slug_to_posts
            changes
              `posts.slug` is new
            steps
              instant  ALTER TABLE posts ADD COLUMN slug TEXT
              rewrite  UPDATE posts SET slug = (lower(title))
              scan     ALTER TABLE posts ALTER COLUMN slug SET NOT NULL
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
            -- tablature: backfill posts.slug=lower(title)

            ALTER TABLE posts ADD COLUMN slug TEXT;

            -- fill `posts.slug`
            UPDATE posts SET slug = (lower(title));

            -- `posts.slug` becomes NOT NULL
            ALTER TABLE posts ALTER COLUMN slug SET NOT NULL;

        "#]],
    );
}

#[test]
fn a_required_column_has_its_value_in_an_attribute() {
    check(
        &[(
            "    pub body: String,",
            "    pub body: String,\n    #[column(backfill = \"lower(title)\")]\n    pub slug: String,",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 add_slug_to_posts
            changes
              `posts.slug` is new
            steps
              instant  ALTER TABLE posts ADD COLUMN slug TEXT
              rewrite  UPDATE posts SET slug = (lower(title))
              scan     ALTER TABLE posts ALTER COLUMN slug SET NOT NULL
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
            -- tablature: backfill posts.slug=lower(title)

            ALTER TABLE posts ADD COLUMN slug TEXT;

            -- fill `posts.slug`
            UPDATE posts SET slug = (lower(title));

            -- `posts.slug` becomes NOT NULL
            ALTER TABLE posts ALTER COLUMN slug SET NOT NULL;

        "#]],
    );
}

#[test]
fn a_column_with_a_default_is_added_in_place() {
    check(
        &[(
            "    pub body: String,",
            "    pub body: String,\n    #[column(default = \"en\")]\n    pub language: String,",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 add_language_to_posts
            changes
              `posts.language` is new
            steps
              scan     ALTER TABLE posts ADD COLUMN language TEXT NOT NULL DEFAULT 'en'
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_add_language_to_posts.up.sql
            wrote migrations/0002_add_language_to_posts.down.sql
            wrote schema.sql

            == migrations/0002_add_language_to_posts.down.sql
            -- The way back from add_language_to_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts DROP COLUMN language;

            == migrations/0002_add_language_to_posts.up.sql
            -- `posts.language` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts ADD COLUMN language TEXT NOT NULL DEFAULT 'en';

        "#]],
    );
}

/// Old rows have NULL or the default: there is nothing to ask.
#[test]
fn a_column_with_listed_values_is_added() {
    check(
        &[(
            "    pub body: String,",
            "    pub body: String,\n    pub pinned: Option<bool>,\n    #[column(default = \"draft\")]\n    pub order: Status,",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 add_pinned_and_order_to_posts
            changes
              `posts.pinned` is new
              `posts.order` is new
              `posts` has a new CHECK `pinned_values` (pinned IN (0, 1))
              `posts` has a new CHECK `order_values` ("order" IN ('draft', 'published'))
            steps
              scan     ALTER TABLE posts ADD COLUMN pinned INTEGER CONSTRAINT pinned_values CHECK (pinned IN (0, 1))
              scan     ALTER TABLE posts ADD COLUMN "order" TEXT NOT NULL DEFAULT 'draft' CONSTRAINT order_values CHECK ("order" IN ('draft', 'published'))
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_add_pinned_and_order_to_posts.up.sql
            wrote migrations/0002_add_pinned_and_order_to_posts.down.sql
            wrote schema.sql

            == migrations/0002_add_pinned_and_order_to_posts.down.sql
            -- The way back from add_pinned_and_order_to_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts DROP COLUMN pinned;
            ALTER TABLE posts DROP COLUMN "order";

            == migrations/0002_add_pinned_and_order_to_posts.up.sql
            -- `posts.pinned` is new
            -- `posts.order` is new
            -- `posts` has a new CHECK `pinned_values` (pinned IN (0, 1))
            -- `posts` has a new CHECK `order_values` ("order" IN ('draft', 'published'))
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts ADD COLUMN pinned INTEGER CONSTRAINT pinned_values CHECK (pinned IN (0, 1));
            ALTER TABLE posts ADD COLUMN "order" TEXT NOT NULL DEFAULT 'draft' CONSTRAINT order_values CHECK ("order" IN ('draft', 'published'));

        "#]],
    );
}
