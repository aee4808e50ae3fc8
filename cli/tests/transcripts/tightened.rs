//! Columns that become required or optional, and their defaults.

use super::scratch::check;
use expect_test::expect;

#[test]
fn an_optional_column_becomes_required() {
    check(
        &[("pub subtitle: Option<String>", "pub subtitle: String")],
        &[
            "cargo tablature generate --dry-run",
            "cargo tablature generate --backfill \"posts.subtitle=''\"",
        ],
        expect![[r#"
            $ cargo tablature generate --dry-run
            ! error: T201: `posts.subtitle` becomes NOT NULL; it fails where a row has NULL
            ! hint: give `--backfill posts.subtitle=…` for rows that have NULL, or let the migration fail there with `--allow T201`
            ! nothing was written; for example: cargo tablature generate --dry-run --backfill "posts.subtitle=''"

            exit 2
            $ cargo tablature generate --backfill "posts.subtitle=''"
            0002 change_subtitle_of_posts
            changes
              `posts.subtitle` becomes NOT NULL
            steps
              rewrite  UPDATE posts SET subtitle = (COALESCE(subtitle, '')) WHERE subtitle IS NULL
              scan     ALTER TABLE posts ALTER COLUMN subtitle SET NOT NULL
            hazards
              T211: values of `posts.subtitle` are written
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_subtitle_of_posts.up.sql
            wrote migrations/0002_change_subtitle_of_posts.down.sql
            wrote schema.sql

            == migrations/0002_change_subtitle_of_posts.down.sql
            -- The way back from change_subtitle_of_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- `posts.subtitle` becomes nullable
            ALTER TABLE posts ALTER COLUMN subtitle DROP NOT NULL;

            == migrations/0002_change_subtitle_of_posts.up.sql
            -- `posts.subtitle` becomes NOT NULL
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: backfill posts.subtitle=''

            -- fill `posts.subtitle`
            UPDATE posts SET subtitle = (COALESCE(subtitle, '')) WHERE subtitle IS NULL;

            -- `posts.subtitle` becomes NOT NULL
            ALTER TABLE posts ALTER COLUMN subtitle SET NOT NULL;

        "#]],
    );
}

#[test]
fn a_required_column_becomes_optional() {
    check(
        &[("pub text: String", "pub text: Option<String>")],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 change_text_of_comments
            changes
              `comments.text` becomes nullable
            steps
              instant  ALTER TABLE comments ALTER COLUMN text DROP NOT NULL
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_text_of_comments.up.sql
            wrote migrations/0002_change_text_of_comments.down.sql
            wrote schema.sql

            == migrations/0002_change_text_of_comments.down.sql
            -- The way back from change_text_of_comments.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- `comments.text` becomes NOT NULL
            ALTER TABLE comments ALTER COLUMN text SET NOT NULL;

            == migrations/0002_change_text_of_comments.up.sql
            -- `comments.text` becomes nullable
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- `comments.text` becomes nullable
            ALTER TABLE comments ALTER COLUMN text DROP NOT NULL;

        "#]],
    );
}

#[test]
fn a_default_comes_changes_and_goes() {
    check(
        &[
            ("default = 0)", "default = 1)"),
            (
                "    pub text: String",
                "    #[column(default = \"?\")]\n    pub text: String",
            ),
            ("    #[column(default = \"draft\")]\n", ""),
        ],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 change_posts_and_comments
            changes
              `posts.status` changes its default from 'draft' to none
              `posts.views` changes its default from 0 to 1
              `comments.text` changes its default from none to '?'
            steps
              instant  PRAGMA legacy_alter_table = ON
              instant  ALTER TABLE posts RENAME TO posts__old
              instant  ALTER TABLE comments RENAME TO comments__old
              instant  PRAGMA legacy_alter_table = OFF
              instant  CREATE TABLE posts ( …
              instant  CREATE TABLE comments ( …
              rewrite  INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, views, published_at F …
              rewrite  INSERT INTO comments (id, post_id, text) SELECT id, post_id, text FROM comments__old
              rewrite  DROP TABLE posts__old
              rewrite  DROP TABLE comments__old
              scan     CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC)
              scan     CREATE INDEX comments_post_id_idx ON comments (post_id)
              instant  CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON posts BEGIN …
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_posts_and_comments.up.sql
            wrote migrations/0002_change_posts_and_comments.down.sql
            wrote schema.sql

            == migrations/0002_change_posts_and_comments.down.sql
            -- The way back from change_posts_and_comments.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- rebuild `posts`: `status` changes its default from none to 'draft'
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;

            -- rebuild `comments`: `text` changes its default from '?' to none
            ALTER TABLE comments RENAME TO comments__old;
            PRAGMA legacy_alter_table = OFF;

            -- rebuild `posts`
            CREATE TABLE posts (
              id INTEGER PRIMARY KEY,
              author_id INTEGER NOT NULL CONSTRAINT author_id_fkey REFERENCES authors (id) ON DELETE CASCADE,
              title TEXT NOT NULL,
              subtitle TEXT,
              body TEXT NOT NULL,
              status TEXT NOT NULL DEFAULT 'draft' CONSTRAINT status_values CHECK (status IN ('draft', 'published')),
              views INTEGER NOT NULL DEFAULT 0,
              published_at TEXT
            ) STRICT;

            -- rebuild `comments`
            CREATE TABLE comments (
              id INTEGER PRIMARY KEY,
              post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,
              text TEXT NOT NULL
            ) STRICT;

            -- rebuild `posts`
            INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, views, published_at FROM posts__old;

            -- rebuild `comments`
            INSERT INTO comments (id, post_id, text) SELECT id, post_id, text FROM comments__old;

            -- rebuild `posts`
            DROP TABLE posts__old;

            -- rebuild `comments`
            DROP TABLE comments__old;

            CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC);
            CREATE INDEX comments_post_id_idx ON comments (post_id);

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

            == migrations/0002_change_posts_and_comments.up.sql
            -- `posts.status` changes its default from 'draft' to none
            -- `posts.views` changes its default from 0 to 1
            -- `comments.text` changes its default from none to '?'
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- rebuild `posts`: `status` changes its default from 'draft' to none
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;

            -- rebuild `comments`: `text` changes its default from none to '?'
            ALTER TABLE comments RENAME TO comments__old;
            PRAGMA legacy_alter_table = OFF;

            -- rebuild `posts`
            CREATE TABLE posts (
              id INTEGER PRIMARY KEY,
              author_id INTEGER NOT NULL CONSTRAINT author_id_fkey REFERENCES authors (id) ON DELETE CASCADE,
              title TEXT NOT NULL,
              subtitle TEXT,
              body TEXT NOT NULL,
              status TEXT NOT NULL CONSTRAINT status_values CHECK (status IN ('draft', 'published')),
              views INTEGER NOT NULL DEFAULT 1,
              published_at TEXT
            ) STRICT;

            -- rebuild `comments`
            CREATE TABLE comments (
              id INTEGER PRIMARY KEY,
              post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,
              text TEXT NOT NULL DEFAULT '?'
            ) STRICT;

            -- rebuild `posts`
            INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, views, published_at FROM posts__old;

            -- rebuild `comments`
            INSERT INTO comments (id, post_id, text) SELECT id, post_id, text FROM comments__old;

            -- rebuild `posts`
            DROP TABLE posts__old;

            -- rebuild `comments`
            DROP TABLE comments__old;

            CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC);
            CREATE INDEX comments_post_id_idx ON comments (post_id);

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

        "#]],
    );
}
