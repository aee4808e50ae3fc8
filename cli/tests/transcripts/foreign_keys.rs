//! Foreign keys.

use super::scratch::check;
use expect_test::expect;

#[test]
fn a_column_gets_a_foreign_key() {
    check(
        &[(
            "    #[column(default = 0)]\n    pub views: i64,",
            "    #[column(default = 0, references(Author), on_delete = cascade)]\n    pub views: i64,",
        )],
        &[
            "cargo tablature generate --dry-run",
            "cargo tablature generate --orphans follow",
        ],
        expect![[r#"
            $ cargo tablature generate --dry-run
            0002 add_views_fkey_to_posts
            changes
              `posts` has a new foreign key (views) to `authors` ON DELETE CASCADE
              index `posts_views_idx` is new
            steps
              instant  PRAGMA legacy_alter_table = ON
              instant  ALTER TABLE posts RENAME TO posts__old
              instant  PRAGMA legacy_alter_table = OFF
              instant  CREATE TABLE posts ( …
              rewrite  INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, views, published_at F …
              rewrite  DROP TABLE posts__old
              scan     CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC)
              scan     CREATE INDEX posts_views_idx ON posts (views)
              instant  CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON posts BEGIN …
            hazards
              T205: `posts` gets a foreign key (views) to `authors` ON DELETE CASCADE; it fails where rows break it; `--orphans follow` gives such rows its ON DELETE action
            proved up, down and up again, on 8 witness rows

            $ cargo tablature generate --orphans follow
            0002 add_views_fkey_to_posts
            changes
              `posts` has a new foreign key (views) to `authors` ON DELETE CASCADE
              index `posts_views_idx` is new
            steps
              instant  PRAGMA legacy_alter_table = ON
              instant  ALTER TABLE posts RENAME TO posts__old
              instant  PRAGMA legacy_alter_table = OFF
              instant  CREATE TABLE posts ( …
              rewrite  INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, views, published_at F …
              rewrite  DROP TABLE posts__old
              scan     CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC)
              scan     CREATE INDEX posts_views_idx ON posts (views)
              rewrite  DELETE FROM posts WHERE posts.views IS NOT NULL AND NOT EXISTS (SELECT 1 FROM authors AS parent WHERE parent.id = posts.views)
              rewrite  DELETE FROM comments WHERE comments.post_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM posts AS parent WHERE parent.id = comments.post_id)
              scan     INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')
              instant  CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON posts BEGIN …
            hazards
              T209: `posts` gets a foreign key (views) to `authors` ON DELETE CASCADE; rows without a parent follow its action
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_add_views_fkey_to_posts.up.sql
            wrote migrations/0002_add_views_fkey_to_posts.down.sql
            wrote schema.sql

            == migrations/0002_add_views_fkey_to_posts.down.sql
            -- The way back from add_views_fkey_to_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            DROP INDEX posts_views_idx;

            -- `posts`: the foreign key of (views) is gone
            ALTER TABLE posts DROP CONSTRAINT views_fkey;

            == migrations/0002_add_views_fkey_to_posts.up.sql
            -- `posts` has a new foreign key (views) to `authors` ON DELETE CASCADE
            -- index `posts_views_idx` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: orphans follow

            -- rebuild `posts`: the foreign key of (views) is new
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
              views INTEGER NOT NULL DEFAULT 0 CONSTRAINT views_fkey REFERENCES authors (id) ON DELETE CASCADE,
              published_at TEXT
            ) STRICT;
            INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, views, published_at FROM posts__old;
            DROP TABLE posts__old;

            CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC);
            CREATE INDEX posts_views_idx ON posts (views);

            -- rows of `posts` without a parent in `authors` follow its ON DELETE
            DELETE FROM posts WHERE posts.views IS NOT NULL AND NOT EXISTS (SELECT 1 FROM authors AS parent WHERE parent.id = posts.views);

            -- rows of `comments` without a parent in `posts` follow its ON DELETE
            DELETE FROM comments WHERE comments.post_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM posts AS parent WHERE parent.id = comments.post_id);

            -- fts `posts_fts` follows its table
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

        "#]],
    );
}

#[test]
fn a_new_column_refers_to_another_table() {
    check(
        &[(
            "    pub text: String,",
            "    pub text: String,\n    #[column(references(Author))]\n    pub author_id: Option<i64>,",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 add_author_id_to_comments
            changes
              `comments.author_id` is new
              `comments` has a new foreign key (author_id) to `authors`
              index `comments_author_id_idx` is new
            steps
              scan     ALTER TABLE comments ADD COLUMN author_id INTEGER CONSTRAINT author_id_fkey REFERENCES authors (id)
              scan     CREATE INDEX comments_author_id_idx ON comments (author_id)
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_add_author_id_to_comments.up.sql
            wrote migrations/0002_add_author_id_to_comments.down.sql
            wrote schema.sql

            == migrations/0002_add_author_id_to_comments.down.sql
            -- The way back from add_author_id_to_comments.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            DROP INDEX comments_author_id_idx;
            ALTER TABLE comments DROP COLUMN author_id;

            == migrations/0002_add_author_id_to_comments.up.sql
            -- `comments.author_id` is new
            -- `comments` has a new foreign key (author_id) to `authors`
            -- index `comments_author_id_idx` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE comments ADD COLUMN author_id INTEGER CONSTRAINT author_id_fkey REFERENCES authors (id);
            CREATE INDEX comments_author_id_idx ON comments (author_id);

        "#]],
    );
}

#[test]
fn the_action_of_a_foreign_key_changes() {
    check(
        &[(
            "    #[column(references(Post), on_delete = cascade)]",
            "    #[column(references(Post), on_delete = restrict)]",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 change_post_id_fkey_of_comments
            changes
              `comments` loses its foreign key (post_id) to `posts` ON DELETE CASCADE
              `comments` has a new foreign key (post_id) to `posts` ON DELETE RESTRICT
            steps
              instant  PRAGMA legacy_alter_table = ON
              instant  ALTER TABLE comments RENAME TO comments__old
              instant  PRAGMA legacy_alter_table = OFF
              instant  CREATE TABLE comments ( …
              rewrite  INSERT INTO comments (id, post_id, text) SELECT id, post_id, text FROM comments__old
              rewrite  DROP TABLE comments__old
              scan     CREATE INDEX comments_post_id_idx ON comments (post_id)
            hazards
              T205: `comments` gets a foreign key (post_id) to `posts` ON DELETE RESTRICT; it fails where rows break it; `--orphans follow` gives such rows its ON DELETE action
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_post_id_fkey_of_comments.up.sql
            wrote migrations/0002_change_post_id_fkey_of_comments.down.sql
            wrote schema.sql

            == migrations/0002_change_post_id_fkey_of_comments.down.sql
            -- The way back from change_post_id_fkey_of_comments.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- rebuild `comments`: the foreign key of (post_id) is new
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE comments RENAME TO comments__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE comments (
              id INTEGER PRIMARY KEY,
              post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,
              text TEXT NOT NULL
            ) STRICT;
            INSERT INTO comments (id, post_id, text) SELECT id, post_id, text FROM comments__old;
            DROP TABLE comments__old;

            CREATE INDEX comments_post_id_idx ON comments (post_id);

            == migrations/0002_change_post_id_fkey_of_comments.up.sql
            -- `comments` loses its foreign key (post_id) to `posts` ON DELETE CASCADE
            -- `comments` has a new foreign key (post_id) to `posts` ON DELETE RESTRICT
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- rebuild `comments`: the foreign key of (post_id) is new
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE comments RENAME TO comments__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE comments (
              id INTEGER PRIMARY KEY,
              post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE RESTRICT,
              text TEXT NOT NULL
            ) STRICT;
            INSERT INTO comments (id, post_id, text) SELECT id, post_id, text FROM comments__old;
            DROP TABLE comments__old;

            CREATE INDEX comments_post_id_idx ON comments (post_id);

        "#]],
    );
}
