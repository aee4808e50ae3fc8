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

#[test]
fn what_no_row_can_break_is_no_hazard() {
    check(
        &[(
            "    pub body: String,",
            "    pub body: String,
    #[column(default = false)]
    pub pinned: bool,
    #[column(default = 0, check(\"rank BETWEEN 0 AND 9\"))]
    pub rank: u8,
    #[column(unique)]
    pub code: Option<String>,
    #[column(references(Post))]
    pub reply_to: Option<i64>,",
        )],
        &["cargo tablature generate", "cargo tablature check"],
        expect![[r#"
            $ cargo tablature generate
            0002 add_pinned_rank_and_2_more_to_posts
            changes
              `posts.pinned` is new
              `posts.rank` is new
              `posts.code` is new
              `posts.reply_to` is new
              `posts` has a new CHECK `pinned_values` (pinned IN (0, 1))
              `posts` has a new CHECK `rank_check` (rank BETWEEN 0 AND 9)
              `posts` has a new foreign key (reply_to) to `posts`
              index `posts_code_key` is new
              index `posts_reply_to_idx` is new
            steps
              scan     ALTER TABLE posts ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CONSTRAINT pinned_values CHECK (pinned IN (0, 1))
              scan     ALTER TABLE posts ADD COLUMN rank INTEGER NOT NULL DEFAULT 0 CONSTRAINT rank_check CHECK (rank BETWEEN 0 AND 9)
              scan     ALTER TABLE posts ADD COLUMN code TEXT
              scan     ALTER TABLE posts ADD COLUMN reply_to INTEGER CONSTRAINT reply_to_fkey REFERENCES posts (id)
              scan     CREATE UNIQUE INDEX posts_code_key ON posts (code)
              scan     CREATE INDEX posts_reply_to_idx ON posts (reply_to)
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_add_pinned_rank_and_2_more_to_posts.up.sql
            wrote migrations/0002_add_pinned_rank_and_2_more_to_posts.down.sql
            wrote schema.sql

            == migrations/0002_add_pinned_rank_and_2_more_to_posts.down.sql
            -- The way back from add_pinned_rank_and_2_more_to_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            DROP INDEX posts_code_key;
            DROP INDEX posts_reply_to_idx;
            ALTER TABLE posts DROP COLUMN pinned;
            ALTER TABLE posts DROP COLUMN rank;
            ALTER TABLE posts DROP COLUMN code;
            ALTER TABLE posts DROP COLUMN reply_to;

            == migrations/0002_add_pinned_rank_and_2_more_to_posts.up.sql
            -- `posts.pinned` is new
            -- `posts.rank` is new
            -- `posts.code` is new
            -- `posts.reply_to` is new
            -- `posts` has a new CHECK `pinned_values` (pinned IN (0, 1))
            -- `posts` has a new CHECK `rank_check` (rank BETWEEN 0 AND 9)
            -- `posts` has a new foreign key (reply_to) to `posts`
            -- index `posts_code_key` is new
            -- index `posts_reply_to_idx` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CONSTRAINT pinned_values CHECK (pinned IN (0, 1));
            ALTER TABLE posts ADD COLUMN rank INTEGER NOT NULL DEFAULT 0 CONSTRAINT rank_check CHECK (rank BETWEEN 0 AND 9);
            ALTER TABLE posts ADD COLUMN code TEXT;
            ALTER TABLE posts ADD COLUMN reply_to INTEGER CONSTRAINT reply_to_fkey REFERENCES posts (id);
            CREATE UNIQUE INDEX posts_code_key ON posts (code);
            CREATE INDEX posts_reply_to_idx ON posts (reply_to);

            $ cargo tablature check
            2 migrations lead to the structs; each was proved up, down and up again, on 36 witness rows

        "#]],
    );
}

#[test]
fn a_default_that_breaks_its_own_check_is_told() {
    check(
        &[(
            "    pub body: String,",
            "    pub body: String,\n    #[column(default = 0, check(\"rank > 0\"))]\n    pub rank: u8,",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 add_rank_to_posts
            changes
              `posts.rank` is new
              `posts` has a new CHECK `rank_check` (rank > 0)
            steps
              scan     ALTER TABLE posts ADD COLUMN rank INTEGER NOT NULL DEFAULT 0 CONSTRAINT rank_check CHECK (rank > 0)
            hazards
              T203: `posts` gets a CHECK `rank_check` (rank > 0); it fails where rows break it
            proved up, down and up again, on 6 witness rows
            wrote migrations/0002_add_rank_to_posts.up.sql
            wrote migrations/0002_add_rank_to_posts.down.sql
            wrote schema.sql

            == migrations/0002_add_rank_to_posts.down.sql
            -- The way back from add_rank_to_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts DROP COLUMN rank;

            == migrations/0002_add_rank_to_posts.up.sql
            -- `posts.rank` is new
            -- `posts` has a new CHECK `rank_check` (rank > 0)
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts ADD COLUMN rank INTEGER NOT NULL DEFAULT 0 CONSTRAINT rank_check CHECK (rank > 0);

        "#]],
    );
}
