//! A column of listed values comes, and gets another name.

use super::scratch::check;
use expect_test::expect;

/// A new column has no values but those that it is given, so there is nothing to ask when they are seen to be listed.
#[test]
fn a_column_of_listed_values_comes() {
    check(
        &[
            (
                "    pub body: String,\n",
                "    pub body: String,\n    #[column(default = false)]\n    pub pinned: bool,\n    pub was: Option<Status>,\n",
            ),
            (
                "    pub text: String,\n",
                "    pub text: String,\n    pub status: Status,\n    pub seen: bool,\n",
            ),
        ],
        &[
            "cargo tablature generate --backfill \"comments.status='published'\" --backfill \"comments.seen=length(text) > 9\"",
        ],
        expect![[r#"
            $ cargo tablature generate --backfill "comments.status='published'" --backfill "comments.seen=length(text) > 9"
            0002 change_posts_and_comments
            changes
              `posts.pinned` is new
              `posts.was` is new
              `posts` has a new CHECK `pinned_values` (pinned IN (0, 1))
              `posts` has a new CHECK `was_values` (was IN ('draft', 'published'))
              `comments.status` is new
              `comments.seen` is new
              `comments` has a new CHECK `status_values` (status IN ('draft', 'published'))
              `comments` has a new CHECK `seen_values` (seen IN (0, 1))
            steps
              scan     ALTER TABLE posts ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CONSTRAINT pinned_values CHECK (pinned IN (0, 1))
              scan     ALTER TABLE posts ADD COLUMN was TEXT CONSTRAINT was_values CHECK (was IN ('draft', 'published'))
              scan     ALTER TABLE comments ADD COLUMN status TEXT CONSTRAINT status_values CHECK (status IN ('draft', 'published'))
              scan     ALTER TABLE comments ADD COLUMN seen INTEGER CONSTRAINT seen_values CHECK (seen IN (0, 1))
              rewrite  UPDATE comments SET status = ('published')
              rewrite  UPDATE comments SET seen = (length(text) > 9)
              scan     ALTER TABLE comments ALTER COLUMN status SET NOT NULL
              scan     ALTER TABLE comments ALTER COLUMN seen SET NOT NULL
            hazards
              T203: `comments` gets a CHECK `seen_values` (seen IN (0, 1)); it fails where rows break it
              T211: `comments.status` gets given values; it fails where its constraints do not allow them
              T211: `comments.seen` gets given values; it fails where its constraints do not allow them
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_posts_and_comments.up.sql
            wrote migrations/0002_change_posts_and_comments.down.sql
            wrote schema.sql

            == migrations/0002_change_posts_and_comments.down.sql
            -- The way back from change_posts_and_comments.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts DROP COLUMN pinned;
            ALTER TABLE posts DROP COLUMN was;
            ALTER TABLE comments DROP COLUMN status;
            ALTER TABLE comments DROP COLUMN seen;

            == migrations/0002_change_posts_and_comments.up.sql
            -- `posts.pinned` is new
            -- `posts.was` is new
            -- `posts` has a new CHECK `pinned_values` (pinned IN (0, 1))
            -- `posts` has a new CHECK `was_values` (was IN ('draft', 'published'))
            -- `comments.status` is new
            -- `comments.seen` is new
            -- `comments` has a new CHECK `status_values` (status IN ('draft', 'published'))
            -- `comments` has a new CHECK `seen_values` (seen IN (0, 1))
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: backfill comments.status='published'
            -- tablature: backfill comments.seen=length(text) > 9

            ALTER TABLE posts ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CONSTRAINT pinned_values CHECK (pinned IN (0, 1));
            ALTER TABLE posts ADD COLUMN was TEXT CONSTRAINT was_values CHECK (was IN ('draft', 'published'));
            ALTER TABLE comments ADD COLUMN status TEXT CONSTRAINT status_values CHECK (status IN ('draft', 'published'));
            ALTER TABLE comments ADD COLUMN seen INTEGER CONSTRAINT seen_values CHECK (seen IN (0, 1));

            -- fill `comments.status`
            UPDATE comments SET status = ('published');

            -- fill `comments.seen`
            UPDATE comments SET seen = (length(text) > 9);

            -- `comments.status` becomes NOT NULL
            ALTER TABLE comments ALTER COLUMN status SET NOT NULL;

            -- `comments.seen` becomes NOT NULL
            ALTER TABLE comments ALTER COLUMN seen SET NOT NULL;

        "#]],
    );
}

/// The check has the column's name in its own, and is the same for all that.
#[test]
fn a_column_of_listed_values_is_renamed() {
    check(
        &[("    pub status: Status,", "    pub state: Status,")],
        &["cargo tablature generate --rename posts.status=state"],
        expect![[r#"
            $ cargo tablature generate --rename posts.status=state
            0002 change_state_of_posts
            changes
              `posts.status` becomes `state`
              `posts` loses its CHECK `status_values` (state IN ('draft', 'published'))
              `posts` has a new CHECK `state_values` (state IN ('draft', 'published'))
            steps
              instant  ALTER TABLE posts RENAME COLUMN status TO state
              instant  ALTER TABLE posts DROP CONSTRAINT status_values
              scan     ALTER TABLE posts ADD CONSTRAINT state_values CHECK (state IN ('draft', 'published'))
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_state_of_posts.up.sql
            wrote migrations/0002_change_state_of_posts.down.sql
            wrote schema.sql

            == migrations/0002_change_state_of_posts.down.sql
            -- The way back from change_state_of_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts RENAME COLUMN state TO status;

            -- `posts`: CHECK (status IN ('draft', 'published')) is gone
            ALTER TABLE posts DROP CONSTRAINT state_values;

            -- `posts` gets CHECK (status IN ('draft', 'published'))
            ALTER TABLE posts ADD CONSTRAINT status_values CHECK (status IN ('draft', 'published'));

            == migrations/0002_change_state_of_posts.up.sql
            -- `posts.status` becomes `state`
            -- `posts` loses its CHECK `status_values` (state IN ('draft', 'published'))
            -- `posts` has a new CHECK `state_values` (state IN ('draft', 'published'))
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: rename posts.status=state

            ALTER TABLE posts RENAME COLUMN status TO state;

            -- `posts`: CHECK (state IN ('draft', 'published')) is gone
            ALTER TABLE posts DROP CONSTRAINT status_values;

            -- `posts` gets CHECK (state IN ('draft', 'published'))
            ALTER TABLE posts ADD CONSTRAINT state_values CHECK (state IN ('draft', 'published'));

        "#]],
    );
}

#[test]
fn an_enum_in_a_new_column_asks_nothing() {
    check(
        &[(
            "    pub subtitle: Option<String>,",
            "    pub subtitle: Option<String>,\n    pub reviewed: Option<Status>,",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 add_reviewed_to_posts
            changes
              `posts.reviewed` is new
              `posts` has a new CHECK `reviewed_values` (reviewed IN ('draft', 'published'))
            steps
              scan     ALTER TABLE posts ADD COLUMN reviewed TEXT CONSTRAINT reviewed_values CHECK (reviewed IN ('draft', 'published'))
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_add_reviewed_to_posts.up.sql
            wrote migrations/0002_add_reviewed_to_posts.down.sql
            wrote schema.sql

            == migrations/0002_add_reviewed_to_posts.down.sql
            -- The way back from add_reviewed_to_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts DROP COLUMN reviewed;

            == migrations/0002_add_reviewed_to_posts.up.sql
            -- `posts.reviewed` is new
            -- `posts` has a new CHECK `reviewed_values` (reviewed IN ('draft', 'published'))
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts ADD COLUMN reviewed TEXT CONSTRAINT reviewed_values CHECK (reviewed IN ('draft', 'published'));

        "#]],
    );
}
