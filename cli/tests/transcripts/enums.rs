//! A value of an enum comes, goes, and gets another name.

use super::scratch::check;
use expect_test::expect;

#[test]
fn a_value_is_added() {
    check(
        &[("    Published,\n", "    Published,\n    Archived,\n")],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 change_status_values_of_posts
            changes
              `posts` loses its CHECK `status_values` (status IN ('draft', 'published'))
              `posts` has a new CHECK `status_values` (status IN ('draft', 'published', 'archived'))
            steps
              instant  ALTER TABLE posts DROP CONSTRAINT status_values
              scan     ALTER TABLE posts ADD CONSTRAINT status_values CHECK (status IN ('draft', 'published', 'archived'))
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_status_values_of_posts.up.sql
            wrote migrations/0002_change_status_values_of_posts.down.sql
            wrote schema.sql

            == migrations/0002_change_status_values_of_posts.down.sql
            -- The way back from change_status_values_of_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- `posts`: CHECK (status IN ('draft', 'published', 'archived')) is gone
            ALTER TABLE posts DROP CONSTRAINT status_values;

            -- `posts` gets CHECK (status IN ('draft', 'published'))
            ALTER TABLE posts ADD CONSTRAINT status_values CHECK (status IN ('draft', 'published'));

            == migrations/0002_change_status_values_of_posts.up.sql
            -- `posts` loses its CHECK `status_values` (status IN ('draft', 'published'))
            -- `posts` has a new CHECK `status_values` (status IN ('draft', 'published', 'archived'))
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- `posts`: CHECK (status IN ('draft', 'published')) is gone
            ALTER TABLE posts DROP CONSTRAINT status_values;

            -- `posts` gets CHECK (status IN ('draft', 'published', 'archived'))
            ALTER TABLE posts ADD CONSTRAINT status_values CHECK (status IN ('draft', 'published', 'archived'));

        "#]],
    );
}

#[test]
fn a_value_is_removed_and_rows_that_have_it_are_refused() {
    check(
        &[("    Draft,\n    Published,\n", "    Draft,\n")],
        &[
            "cargo tablature generate",
            "cargo tablature generate --allow T212",
        ],
        expect![[r#"
            $ cargo tablature generate
            ! error: T212: `posts` gets a CHECK `status_values` (status IN ('draft')); it fails where rows break it
            ! hint: `--map posts.status:OLD=NEW` puts one value in the place of another, or let the migration fail there with `--allow T212`
            ! nothing was written; for example: cargo tablature generate --map posts.status:OLD=NEW

            exit 2
            $ cargo tablature generate --allow T212
            0002 change_status_values_of_posts
            changes
              `posts` loses its CHECK `status_values` (status IN ('draft', 'published'))
              `posts` has a new CHECK `status_values` (status IN ('draft'))
            steps
              instant  ALTER TABLE posts DROP CONSTRAINT status_values
              scan     ALTER TABLE posts ADD CONSTRAINT status_values CHECK (status IN ('draft'))
            hazards
              T212: `posts` gets a CHECK `status_values` (status IN ('draft')); it fails where rows break it; `--map posts.status:OLD=NEW` puts one value in the place of another
            proved up, down and up again, on 13 witness rows
            wrote migrations/0002_change_status_values_of_posts.up.sql
            wrote migrations/0002_change_status_values_of_posts.down.sql
            wrote schema.sql

            == migrations/0002_change_status_values_of_posts.down.sql
            -- The way back from change_status_values_of_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- `posts`: CHECK (status IN ('draft')) is gone
            ALTER TABLE posts DROP CONSTRAINT status_values;

            -- `posts` gets CHECK (status IN ('draft', 'published'))
            ALTER TABLE posts ADD CONSTRAINT status_values CHECK (status IN ('draft', 'published'));

            == migrations/0002_change_status_values_of_posts.up.sql
            -- `posts` loses its CHECK `status_values` (status IN ('draft', 'published'))
            -- `posts` has a new CHECK `status_values` (status IN ('draft'))
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: allow T212

            -- `posts`: CHECK (status IN ('draft', 'published')) is gone
            ALTER TABLE posts DROP CONSTRAINT status_values;

            -- `posts` gets CHECK (status IN ('draft'))
            ALTER TABLE posts ADD CONSTRAINT status_values CHECK (status IN ('draft'));

        "#]],
    );
}

#[test]
fn a_value_is_renamed_as_the_flag_says() {
    check(
        &[("    Published,\n", "    Live,\n")],
        &[
            "cargo tablature generate --dry-run",
            "cargo tablature generate --map posts.status:published=live",
        ],
        expect![[r#"
            $ cargo tablature generate --dry-run
            ! error: T212: `posts` gets a CHECK `status_values` (status IN ('draft', 'live')); it fails where rows break it
            ! hint: `--map posts.status:OLD=NEW` puts one value in the place of another, or let the migration fail there with `--allow T212`
            ! nothing was written; for example: cargo tablature generate --dry-run --map posts.status:OLD=NEW

            exit 2
            $ cargo tablature generate --map posts.status:published=live
            0002 change_status_values_of_posts
            changes
              `posts` loses its CHECK `status_values` (status IN ('draft', 'published'))
              `posts` has a new CHECK `status_values` (status IN ('draft', 'live'))
            steps
              instant  ALTER TABLE posts DROP CONSTRAINT status_values
              rewrite  UPDATE posts SET status = CASE status WHEN 'published' THEN 'live' ELSE status END WHERE status IN ('published')
              scan     ALTER TABLE posts ADD CONSTRAINT status_values CHECK (status IN ('draft', 'live'))
            hazards
              T203: `posts` gets a CHECK `status_values` (status IN ('draft', 'live')); it fails where rows break it
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_status_values_of_posts.up.sql
            wrote migrations/0002_change_status_values_of_posts.down.sql
            wrote schema.sql

            == migrations/0002_change_status_values_of_posts.down.sql
            -- The way back from change_status_values_of_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- `posts`: CHECK (status IN ('draft', 'live')) is gone
            ALTER TABLE posts DROP CONSTRAINT status_values;

            -- fill `posts.status`
            UPDATE posts SET status = CASE status WHEN 'live' THEN 'published' ELSE status END WHERE status IN ('live');

            -- `posts` gets CHECK (status IN ('draft', 'published'))
            ALTER TABLE posts ADD CONSTRAINT status_values CHECK (status IN ('draft', 'published'));

            == migrations/0002_change_status_values_of_posts.up.sql
            -- `posts` loses its CHECK `status_values` (status IN ('draft', 'published'))
            -- `posts` has a new CHECK `status_values` (status IN ('draft', 'live'))
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: map posts.status:published=live

            -- `posts`: CHECK (status IN ('draft', 'published')) is gone
            ALTER TABLE posts DROP CONSTRAINT status_values;

            -- fill `posts.status`
            UPDATE posts SET status = CASE status WHEN 'published' THEN 'live' ELSE status END WHERE status IN ('published');

            -- `posts` gets CHECK (status IN ('draft', 'live'))
            ALTER TABLE posts ADD CONSTRAINT status_values CHECK (status IN ('draft', 'live'));

        "#]],
    );
}

#[test]
fn the_value_of_the_default_is_renamed() {
    check(
        &[
            ("    Draft,\n", "    Sketch,\n"),
            ("\"draft\"", "\"sketch\""),
        ],
        &["cargo tablature generate --map posts.status:draft=sketch"],
        expect![[r#"
            $ cargo tablature generate --map posts.status:draft=sketch
            0002 change_status_of_posts
            changes
              `posts.status` changes its default from 'draft' to 'sketch'
              `posts` loses its CHECK `status_values` (status IN ('draft', 'published'))
              `posts` has a new CHECK `status_values` (status IN ('sketch', 'published'))
            steps
              instant  PRAGMA legacy_alter_table = ON
              instant  ALTER TABLE posts RENAME TO posts__old
              instant  PRAGMA legacy_alter_table = OFF
              instant  CREATE TABLE posts ( …
              rewrite  INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, CASE status WHEN 'draft' THEN …
              rewrite  DROP TABLE posts__old
              scan     CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC)
              instant  CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON posts BEGIN …
            hazards
              T203: `posts` gets a CHECK `status_values` (status IN ('sketch', 'published')); it fails where rows break it
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_status_of_posts.up.sql
            wrote migrations/0002_change_status_of_posts.down.sql
            wrote schema.sql

            == migrations/0002_change_status_of_posts.down.sql
            -- The way back from change_status_of_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- rebuild `posts`: `status` changes its default from 'sketch' to 'draft'
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
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
            INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, CASE status WHEN 'sketch' THEN 'draft' ELSE status END, views, published_at FROM posts__old AS posts;
            DROP TABLE posts__old;

            CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC);

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

            == migrations/0002_change_status_of_posts.up.sql
            -- `posts.status` changes its default from 'draft' to 'sketch'
            -- `posts` loses its CHECK `status_values` (status IN ('draft', 'published'))
            -- `posts` has a new CHECK `status_values` (status IN ('sketch', 'published'))
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: map posts.status:draft=sketch

            -- rebuild `posts`: `status` changes its default from 'draft' to 'sketch'
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (
              id INTEGER PRIMARY KEY,
              author_id INTEGER NOT NULL CONSTRAINT author_id_fkey REFERENCES authors (id) ON DELETE CASCADE,
              title TEXT NOT NULL,
              subtitle TEXT,
              body TEXT NOT NULL,
              status TEXT NOT NULL DEFAULT 'sketch' CONSTRAINT status_values CHECK (status IN ('sketch', 'published')),
              views INTEGER NOT NULL DEFAULT 0,
              published_at TEXT
            ) STRICT;
            INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, CASE status WHEN 'draft' THEN 'sketch' ELSE status END, views, published_at FROM posts__old AS posts;
            DROP TABLE posts__old;

            CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC);

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
