//! Full-text search and triggers.

use super::scratch::check;
use expect_test::expect;

#[test]
fn a_column_is_searched_too() {
    check(
        &[("fts(title, body,", "fts(title, subtitle, body,")],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 change_posts_fts
            changes
              fts `posts_fts` is defined in another way
            steps
              instant  DROP TRIGGER posts_fts_insert
              instant  DROP TRIGGER posts_fts_delete
              instant  DROP TRIGGER posts_fts_update
              instant  DROP TABLE posts_fts
              instant  CREATE VIRTUAL TABLE posts_fts USING fts5( …
              scan     INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')
              instant  CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, subtitle, body, id, rowid, oid, _rowid_ ON posts BEGIN …
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_posts_fts.up.sql
            wrote migrations/0002_change_posts_fts.down.sql
            wrote schema.sql

            == migrations/0002_change_posts_fts.down.sql
            -- The way back from change_posts_fts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

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

            == migrations/0002_change_posts_fts.up.sql
            -- fts `posts_fts` is defined in another way
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

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
              subtitle,
              body,
              content = 'posts',
              content_rowid = 'id',
              tokenize = 'porter unicode61'
            );

            -- fill fts `posts_fts`
            INSERT INTO posts_fts (posts_fts) VALUES ('rebuild');

            CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN
              INSERT INTO posts_fts (rowid, title, subtitle, body) VALUES (new.id, new.title, new.subtitle, new.body);
            END;

            CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN
              INSERT INTO posts_fts (posts_fts, rowid, title, subtitle, body) VALUES ('delete', old.id, old.title, old.subtitle, old.body);
            END;

            CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, subtitle, body, id, rowid, oid, _rowid_ ON posts BEGIN
              INSERT INTO posts_fts (posts_fts, rowid, title, subtitle, body) VALUES ('delete', old.id, old.title, old.subtitle, old.body);
              INSERT INTO posts_fts (rowid, title, subtitle, body) VALUES (new.id, new.title, new.subtitle, new.body);
            END;

        "#]],
    );
}

#[test]
fn full_text_search_goes() {
    check(
        &[(
            "#[table(fts(title, body, tokenize = \"porter unicode61\"))]\n",
            "",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 drop_posts_fts
            changes
              fts `posts_fts` is gone
            steps
              instant  DROP TRIGGER posts_fts_insert
              instant  DROP TRIGGER posts_fts_delete
              instant  DROP TRIGGER posts_fts_update
              instant  DROP TABLE posts_fts
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_drop_posts_fts.up.sql
            wrote migrations/0002_drop_posts_fts.down.sql
            wrote schema.sql

            == migrations/0002_drop_posts_fts.down.sql
            -- The way back from drop_posts_fts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

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

            == migrations/0002_drop_posts_fts.up.sql
            -- fts `posts_fts` is gone
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            DROP TRIGGER posts_fts_insert;
            DROP TRIGGER posts_fts_delete;
            DROP TRIGGER posts_fts_update;
            DROP TABLE posts_fts;

        "#]],
    );
}

#[test]
fn a_trigger_is_added() {
    check(
        &[(
            "    pub text: String,",
            "    pub text: String,\n    #[column(default = now, immutable)]\n    pub created_at: Timestamp,",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 add_created_at_to_comments
            changes
              `comments.created_at` is new
              trigger `comments_created_at_immutable` is new
            steps
              instant  PRAGMA legacy_alter_table = ON
              instant  ALTER TABLE comments RENAME TO comments__old
              instant  PRAGMA legacy_alter_table = OFF
              instant  CREATE TABLE comments ( …
              rewrite  INSERT INTO comments (id, post_id, text) SELECT id, post_id, text FROM comments__old
              rewrite  DROP TABLE comments__old
              scan     CREATE INDEX comments_post_id_idx ON comments (post_id)
              instant  CREATE TRIGGER comments_created_at_immutable BEFORE UPDATE OF created_at ON comments …
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_add_created_at_to_comments.up.sql
            wrote migrations/0002_add_created_at_to_comments.down.sql
            wrote schema.sql

            == migrations/0002_add_created_at_to_comments.down.sql
            -- The way back from add_created_at_to_comments.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            DROP TRIGGER comments_created_at_immutable;
            ALTER TABLE comments DROP COLUMN created_at;

            == migrations/0002_add_created_at_to_comments.up.sql
            -- `comments.created_at` is new
            -- trigger `comments_created_at_immutable` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- rebuild `comments`: `created_at` is new and its default is computed
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE comments RENAME TO comments__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE comments (
              id INTEGER PRIMARY KEY,
              post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,
              text TEXT NOT NULL,
              created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'))
            ) STRICT;
            INSERT INTO comments (id, post_id, text) SELECT id, post_id, text FROM comments__old;
            DROP TABLE comments__old;

            CREATE INDEX comments_post_id_idx ON comments (post_id);

            CREATE TRIGGER comments_created_at_immutable BEFORE UPDATE OF created_at ON comments
            WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
              SELECT RAISE(ABORT, 'comments.created_at is immutable');
            END;

        "#]],
    );
}
