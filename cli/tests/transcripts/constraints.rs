//! Indexes, unique keys and checks.

use super::scratch::check;
use expect_test::expect;

#[test]
fn an_index_is_added() {
    check(
        &[(
            "index(author_id, published_at desc))",
            "index(author_id, published_at desc), index(views))",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 create_index_posts_views_idx
            changes
              index `posts_views_idx` is new
            steps
              scan     CREATE INDEX posts_views_idx ON posts (views)
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_create_index_posts_views_idx.up.sql
            wrote migrations/0002_create_index_posts_views_idx.down.sql
            wrote schema.sql

            == migrations/0002_create_index_posts_views_idx.down.sql
            -- The way back from create_index_posts_views_idx.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            DROP INDEX posts_views_idx;

            == migrations/0002_create_index_posts_views_idx.up.sql
            -- index `posts_views_idx` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            CREATE INDEX posts_views_idx ON posts (views);

        "#]],
    );
}

#[test]
fn a_column_becomes_unique() {
    check(
        &[(
            "    pub name: String,",
            "    #[column(unique)]\n    pub name: String,",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 create_index_authors_name_key
            changes
              index `authors_name_key` is new
            steps
              scan     CREATE UNIQUE INDEX authors_name_key ON authors (name)
            hazards
              T204: `authors` gets the unique index `authors_name_key`; it fails where rows are equal in it
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_create_index_authors_name_key.up.sql
            wrote migrations/0002_create_index_authors_name_key.down.sql
            wrote schema.sql

            == migrations/0002_create_index_authors_name_key.down.sql
            -- The way back from create_index_authors_name_key.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            DROP INDEX authors_name_key;

            == migrations/0002_create_index_authors_name_key.up.sql
            -- index `authors_name_key` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            CREATE UNIQUE INDEX authors_name_key ON authors (name);

        "#]],
    );
}

#[test]
fn a_unique_column_needs_it_no_longer() {
    check(
        &[("    #[column(unique)]\n    pub email", "    pub email")],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 drop_index_authors_email_key
            changes
              index `authors_email_key` is gone
            steps
              instant  DROP INDEX authors_email_key
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_drop_index_authors_email_key.up.sql
            wrote migrations/0002_drop_index_authors_email_key.down.sql
            wrote schema.sql

            == migrations/0002_drop_index_authors_email_key.down.sql
            -- The way back from drop_index_authors_email_key.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            CREATE UNIQUE INDEX authors_email_key ON authors (email);

            == migrations/0002_drop_index_authors_email_key.up.sql
            -- index `authors_email_key` is gone
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            DROP INDEX authors_email_key;

        "#]],
    );
}

#[test]
fn a_check_is_added_to_a_table() {
    check(
        &[(
            "#[table(fts(",
            "#[table(check(title_not_empty = \"length(title) > 0\"))]\n#[table(fts(",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 add_title_not_empty_to_posts
            changes
              `posts` has a new CHECK `title_not_empty` (length(title) > 0)
            steps
              scan     ALTER TABLE posts ADD CONSTRAINT title_not_empty CHECK (length(title) > 0)
            hazards
              T203: `posts` gets a CHECK `title_not_empty` (length(title) > 0); it fails where rows break it
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_add_title_not_empty_to_posts.up.sql
            wrote migrations/0002_add_title_not_empty_to_posts.down.sql
            wrote schema.sql

            == migrations/0002_add_title_not_empty_to_posts.down.sql
            -- The way back from add_title_not_empty_to_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- `posts`: CHECK (length(title) > 0) is gone
            ALTER TABLE posts DROP CONSTRAINT title_not_empty;

            == migrations/0002_add_title_not_empty_to_posts.up.sql
            -- `posts` has a new CHECK `title_not_empty` (length(title) > 0)
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- `posts` gets CHECK (length(title) > 0)
            ALTER TABLE posts ADD CONSTRAINT title_not_empty CHECK (length(title) > 0);

        "#]],
    );
}
