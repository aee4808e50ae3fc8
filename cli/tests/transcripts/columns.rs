//! Columns that go, have other names, or stand elsewhere.

use super::scratch::check;
use expect_test::expect;

#[test]
fn a_column_is_dropped_once_that_is_agreed_to() {
    check(
        &[("    pub subtitle: Option<String>,\n", "")],
        &[
            "cargo tablature generate",
            "cargo tablature generate --allow drop:posts.subtitle",
        ],
        expect![[r#"
            $ cargo tablature generate
            ! error: T102: drops `posts.subtitle` with its values
            ! hint: agree with `--allow drop:posts.subtitle`
            ! nothing was written; for example: cargo tablature generate --allow drop:posts.subtitle

            exit 2
            $ cargo tablature generate --allow drop:posts.subtitle
            0002 drop_subtitle_from_posts
            changes
              `posts.subtitle` is gone
            steps
              rewrite  ALTER TABLE posts DROP COLUMN subtitle
            hazards
              T102: drops `posts.subtitle` with its values
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_drop_subtitle_from_posts.up.sql
            wrote migrations/0002_drop_subtitle_from_posts.down.sql
            wrote schema.sql

            == migrations/0002_drop_subtitle_from_posts.down.sql
            -- The way back from drop_subtitle_from_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts ADD COLUMN subtitle TEXT;

            == migrations/0002_drop_subtitle_from_posts.up.sql
            -- `posts.subtitle` is gone
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: allow drop:posts.subtitle

            ALTER TABLE posts DROP COLUMN subtitle;

        "#]],
    );
}

#[test]
fn two_renamed_columns_are_not_taken_for_one() {
    check(
        &[
            ("pub email: String", "pub address: String"),
            ("pub name: String", "pub called: String"),
        ],
        &[
            "cargo tablature generate",
            "cargo tablature generate --rename authors.email=address --rename authors.name=called",
        ],
        expect![[r#"
            $ cargo tablature generate
            ! error: T104: `authors.email` is gone and `authors.address` is new
            ! hint: if it was renamed, `--rename authors.email=address` or `#[column(renamed_from = "email")]`; if not, `--allow drop:authors.email`
            ! error: T104: `authors.name` is gone and `authors.called` is new
            ! hint: if it was renamed, `--rename authors.name=called` or `#[column(renamed_from = "name")]`; if not, `--allow drop:authors.name`
            ! nothing was written; for example: cargo tablature generate --rename authors.email=address --rename authors.name=called

            exit 2
            $ cargo tablature generate --rename authors.email=address --rename authors.name=called
            0002 change_authors
            changes
              `authors.email` becomes `address`
              `authors.name` becomes `called`
              index `authors_address_key` is new
              index `authors_email_key` is gone
            steps
              instant  ALTER TABLE authors RENAME COLUMN email TO address
              instant  ALTER TABLE authors RENAME COLUMN name TO called
              instant  DROP INDEX authors_email_key
              scan     CREATE UNIQUE INDEX authors_address_key ON authors (address)
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_authors.up.sql
            wrote migrations/0002_change_authors.down.sql
            wrote schema.sql

            == migrations/0002_change_authors.down.sql
            -- The way back from change_authors.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE authors RENAME COLUMN address TO email;
            ALTER TABLE authors RENAME COLUMN called TO name;
            DROP INDEX authors_address_key;
            CREATE UNIQUE INDEX authors_email_key ON authors (email);

            == migrations/0002_change_authors.up.sql
            -- `authors.email` becomes `address`
            -- `authors.name` becomes `called`
            -- index `authors_address_key` is new
            -- index `authors_email_key` is gone
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: rename authors.email=address
            -- tablature: rename authors.name=called

            ALTER TABLE authors RENAME COLUMN email TO address;
            ALTER TABLE authors RENAME COLUMN name TO called;
            DROP INDEX authors_email_key;
            CREATE UNIQUE INDEX authors_address_key ON authors (address);

        "#]],
    );
}

#[test]
fn a_renamed_column_asks_and_the_flag_answers() {
    check(
        &[("pub subtitle: Option<String>", "pub lead: Option<String>")],
        &[
            "cargo tablature generate",
            "cargo tablature generate --rename posts.subtitle=lead",
        ],
        expect![[r#"
            $ cargo tablature generate
            ! error: T104: `posts.subtitle` is gone and `posts.lead` is new
            ! hint: if it was renamed, `--rename posts.subtitle=lead` or `#[column(renamed_from = "subtitle")]`; if not, `--allow drop:posts.subtitle`
            ! nothing was written; for example: cargo tablature generate --rename posts.subtitle=lead

            exit 2
            $ cargo tablature generate --rename posts.subtitle=lead
            0002 rename_subtitle_to_lead_in_posts
            changes
              `posts.subtitle` becomes `lead`
            steps
              instant  ALTER TABLE posts RENAME COLUMN subtitle TO lead
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_rename_subtitle_to_lead_in_posts.up.sql
            wrote migrations/0002_rename_subtitle_to_lead_in_posts.down.sql
            wrote schema.sql

            == migrations/0002_rename_subtitle_to_lead_in_posts.down.sql
            -- The way back from rename_subtitle_to_lead_in_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts RENAME COLUMN lead TO subtitle;

            == migrations/0002_rename_subtitle_to_lead_in_posts.up.sql
            -- `posts.subtitle` becomes `lead`
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: rename posts.subtitle=lead

            ALTER TABLE posts RENAME COLUMN subtitle TO lead;

        "#]],
    );
}

#[test]
fn an_attribute_names_the_old_column_and_may_stay() {
    check(
        &[(
            "    pub subtitle: Option<String>",
            "    #[column(renamed_from = \"subtitle\")]\n    pub lead: Option<String>",
        )],
        &["cargo tablature generate", "cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 rename_subtitle_to_lead_in_posts
            changes
              `posts.subtitle` becomes `lead`
            steps
              instant  ALTER TABLE posts RENAME COLUMN subtitle TO lead
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_rename_subtitle_to_lead_in_posts.up.sql
            wrote migrations/0002_rename_subtitle_to_lead_in_posts.down.sql
            wrote schema.sql

            == migrations/0002_rename_subtitle_to_lead_in_posts.down.sql
            -- The way back from rename_subtitle_to_lead_in_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts RENAME COLUMN lead TO subtitle;

            == migrations/0002_rename_subtitle_to_lead_in_posts.up.sql
            -- `posts.subtitle` becomes `lead`
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: rename posts.subtitle=lead

            ALTER TABLE posts RENAME COLUMN subtitle TO lead;

            $ cargo tablature generate
            nothing to do: the migrations lead to the structs

        "#]],
    );
}

#[test]
fn a_column_of_the_fts_is_renamed() {
    check(
        &[
            (
                "pub body: String",
                "#[column(renamed_from = \"body\")]\n    pub content: String",
            ),
            ("fts(title, body,", "fts(title, content,"),
        ],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 rename_body_to_content_in_posts
            changes
              `posts.body` becomes `content`
              fts `posts_fts` is defined in another way
            steps
              instant  ALTER TABLE posts RENAME COLUMN body TO content
              instant  DROP TRIGGER posts_fts_insert
              instant  DROP TRIGGER posts_fts_delete
              instant  DROP TRIGGER posts_fts_update
              instant  DROP TABLE posts_fts
              instant  CREATE VIRTUAL TABLE posts_fts USING fts5( …
              scan     INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')
              instant  CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, content, id, rowid, oid, _rowid_ ON posts BEGIN …
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_rename_body_to_content_in_posts.up.sql
            wrote migrations/0002_rename_body_to_content_in_posts.down.sql
            wrote schema.sql

            == migrations/0002_rename_body_to_content_in_posts.down.sql
            -- The way back from rename_body_to_content_in_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts RENAME COLUMN content TO body;

            -- trigger `posts_fts_insert` is defined in another way
            DROP TRIGGER posts_fts_insert;

            -- trigger `posts_fts_delete` is defined in another way
            DROP TRIGGER posts_fts_delete;

            -- trigger `posts_fts_update` is defined in another way
            DROP TRIGGER posts_fts_update;

            -- fts `posts_fts` is defined in another way
            DROP TABLE posts_fts;

            CREATE VIRTUAL TABLE posts_fts USING fts5(
              title,
              body,
              content = 'posts',
              content_rowid = 'id',
              tokenize = 'porter unicode61'
            );

            -- fill fts `posts_fts`
            INSERT INTO posts_fts (posts_fts) VALUES ('rebuild');

            CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN
              INSERT INTO posts_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
            END;

            CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN
              INSERT INTO posts_fts (posts_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
            END;

            CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON posts BEGIN
              INSERT INTO posts_fts (posts_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
              INSERT INTO posts_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
            END;

            == migrations/0002_rename_body_to_content_in_posts.up.sql
            -- `posts.body` becomes `content`
            -- fts `posts_fts` is defined in another way
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: rename posts.body=content

            ALTER TABLE posts RENAME COLUMN body TO content;

            -- trigger `posts_fts_insert` is defined in another way
            DROP TRIGGER posts_fts_insert;

            -- trigger `posts_fts_delete` is defined in another way
            DROP TRIGGER posts_fts_delete;

            -- trigger `posts_fts_update` is defined in another way
            DROP TRIGGER posts_fts_update;

            -- fts `posts_fts` is defined in another way
            DROP TABLE posts_fts;

            CREATE VIRTUAL TABLE posts_fts USING fts5(
              title,
              content,
              content = 'posts',
              content_rowid = 'id',
              tokenize = 'porter unicode61'
            );

            -- fill fts `posts_fts`
            INSERT INTO posts_fts (posts_fts) VALUES ('rebuild');

            CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN
              INSERT INTO posts_fts (rowid, title, content) VALUES (new.id, new.title, new.content);
            END;

            CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN
              INSERT INTO posts_fts (posts_fts, rowid, title, content) VALUES ('delete', old.id, old.title, old.content);
            END;

            CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, content, id, rowid, oid, _rowid_ ON posts BEGIN
              INSERT INTO posts_fts (posts_fts, rowid, title, content) VALUES ('delete', old.id, old.title, old.content);
              INSERT INTO posts_fts (rowid, title, content) VALUES (new.id, new.title, new.content);
            END;

        "#]],
    );
}

#[test]
fn the_order_of_columns_alone_is_no_migration() {
    check(
        &[(
            "    pub title: String,\n    pub subtitle: Option<String>,\n",
            "    pub subtitle: Option<String>,\n    pub title: String,\n",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            no migration is needed; wrote schema.sql

        "#]],
    );
}
