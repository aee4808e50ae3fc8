//! Columns of another type.

use super::scratch::check;
use expect_test::expect;

#[test]
fn an_integer_becomes_a_real() {
    check(
        &[
            ("pub views: i64", "pub views: f64"),
            ("default = 0)", "default = 0.0)"),
        ],
        &[
            "cargo tablature generate",
            "cargo tablature generate --allow convert:posts.views",
        ],
        expect![[r#"
            $ cargo tablature generate
            ! error: T112: `posts.views` changes its type from INTEGER to REAL; integers beyond 2^53 lose their last digits
            ! hint: say how with `--using posts.views=…`, or agree with `--allow convert:posts.views`
            ! nothing was written; for example: cargo tablature generate --using 'posts.views=…'

            exit 2
            $ cargo tablature generate --allow convert:posts.views
            0002 change_views_of_posts
            changes
              `posts.views` changes its type from INTEGER to REAL
              `posts.views` changes its default from 0 to 0.0
            steps
              instant  PRAGMA legacy_alter_table = ON
              instant  ALTER TABLE posts RENAME TO posts__old
              instant  PRAGMA legacy_alter_table = OFF
              instant  CREATE TABLE posts ( …
              rewrite  INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, views, published_at F …
              rewrite  DROP TABLE posts__old
              scan     CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC)
              instant  CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON posts BEGIN …
            hazards
              T112: `posts.views` changes its type from INTEGER to REAL; integers beyond 2^53 lose their last digits
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_views_of_posts.up.sql
            wrote migrations/0002_change_views_of_posts.down.sql
            wrote schema.sql

            == migrations/0002_change_views_of_posts.down.sql
            -- The way back from change_views_of_posts.
            -- T112: `posts.views` changes its type from REAL to INTEGER; 7.0 becomes 7, and it fails where one does not fit
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- rebuild `posts`: `views` changes its type from REAL to INTEGER
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
            INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, views, published_at FROM posts__old;
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

            == migrations/0002_change_views_of_posts.up.sql
            -- `posts.views` changes its type from INTEGER to REAL
            -- `posts.views` changes its default from 0 to 0.0
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: allow convert:posts.views

            -- rebuild `posts`: `views` changes its type from INTEGER to REAL
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
              views REAL NOT NULL DEFAULT 0.0,
              published_at TEXT
            ) STRICT;
            INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, views, published_at FROM posts__old;
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

#[test]
fn a_way_back_that_only_its_author_knows_is_left_to_them() {
    check(
        &[(
            "    #[column(default = 0)]\n    pub views: i64",
            "    pub views: Timestamp",
        )],
        &[
            "cargo tablature generate --using \"posts.views=strftime('%Y-%m-%dT%H:%M:%S.000000000Z', abs(views % 1000), 'unixepoch')\"",
        ],
        expect![[r#"
            $ cargo tablature generate --using "posts.views=strftime('%Y-%m-%dT%H:%M:%S.000000000Z', abs(views % 1000), 'unixepoch')"
            0002 change_views_of_posts
            changes
              `posts.views` changes its type from INTEGER to TEXT
              `posts.views` changes its default from 0 to none
            steps
              instant  PRAGMA legacy_alter_table = ON
              instant  ALTER TABLE posts RENAME TO posts__old
              instant  PRAGMA legacy_alter_table = OFF
              instant  CREATE TABLE posts ( …
              rewrite  INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, strftime('%Y-%m-%dT%H …
              rewrite  DROP TABLE posts__old
              scan     CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC)
              instant  CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON posts BEGIN …
            hazards
              T211: values of `posts.views` are written
            proved up, on 18 witness rows
            no way back: down does not run on witness rows: statement 5, `INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, views, published_at FROM posts__old`: cannot store TEXT value in INTEGER column posts.views
              to have one, write its down file by hand; `cargo tablature check` proves it
            wrote migrations/0002_change_views_of_posts.up.sql
            wrote schema.sql

            == migrations/0002_change_views_of_posts.up.sql
            -- `posts.views` changes its type from INTEGER to TEXT
            -- `posts.views` changes its default from 0 to none
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: using posts.views=strftime('%Y-%m-%dT%H:%M:%S.000000000Z', abs(views % 1000), 'unixepoch')

            -- rebuild `posts`: `views` changes its type from INTEGER to TEXT
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
              views TEXT NOT NULL,
              published_at TEXT
            ) STRICT;
            INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, strftime('%Y-%m-%dT%H:%M:%S.000000000Z', abs(views % 1000), 'unixepoch'), published_at FROM posts__old AS posts;
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

#[test]
fn a_text_becomes_an_integer_as_the_flag_says() {
    check(
        &[("    pub text: String,", "    pub text: i64,")],
        &[
            "cargo tablature generate --dry-run",
            "cargo tablature generate --using 'comments.text=length(text)'",
        ],
        expect![[r#"
            $ cargo tablature generate --dry-run
            ! error: T112: `comments.text` changes its type from TEXT to INTEGER; '007' becomes 7, and it fails where one does not fit
            ! hint: say how with `--using comments.text=…` (`CAST(text AS INTEGER)` makes 0 of what is no number), or agree with `--allow convert:comments.text`
            ! nothing was written; for example: cargo tablature generate --dry-run --using 'comments.text=…'

            exit 2
            $ cargo tablature generate --using 'comments.text=length(text)'
            0002 change_text_of_comments
            changes
              `comments.text` changes its type from TEXT to INTEGER
            steps
              instant  PRAGMA legacy_alter_table = ON
              instant  ALTER TABLE comments RENAME TO comments__old
              instant  PRAGMA legacy_alter_table = OFF
              instant  CREATE TABLE comments ( …
              rewrite  INSERT INTO comments (id, post_id, text) SELECT id, post_id, length(text) FROM comments__old AS comments
              rewrite  DROP TABLE comments__old
              scan     CREATE INDEX comments_post_id_idx ON comments (post_id)
            hazards
              T211: values of `comments.text` are written
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_text_of_comments.up.sql
            wrote migrations/0002_change_text_of_comments.down.sql
            wrote schema.sql

            == migrations/0002_change_text_of_comments.down.sql
            -- The way back from change_text_of_comments.
            -- T112: `comments.text` changes its type from INTEGER to TEXT; 7 becomes '7', which a date, for one, cannot be read from
            -- T112: `comments.text` was converted on the way up, and the way back does not undo it; one by hand that does says `-- tablature: using comments.text=…`
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- rebuild `comments`: `text` changes its type from INTEGER to TEXT
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

            == migrations/0002_change_text_of_comments.up.sql
            -- `comments.text` changes its type from TEXT to INTEGER
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: using comments.text=length(text)

            -- rebuild `comments`: `text` changes its type from TEXT to INTEGER
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE comments RENAME TO comments__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE comments (
              id INTEGER PRIMARY KEY,
              post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,
              text INTEGER NOT NULL
            ) STRICT;
            INSERT INTO comments (id, post_id, text) SELECT id, post_id, length(text) FROM comments__old AS comments;
            DROP TABLE comments__old;

            CREATE INDEX comments_post_id_idx ON comments (post_id);

        "#]],
    );
}

#[test]
fn a_column_takes_another_name_and_another_type_at_once_as_its_attributes_say() {
    check(
        &[(
            "    pub text: String,",
            "    #[column(renamed_from = \"text\", using = \"length(text)\")]\n    pub length: i64,",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 change_length_of_comments
            changes
              `comments.text` becomes `length`
              `comments.length` changes its type from TEXT to INTEGER
            steps
              instant  ALTER TABLE comments RENAME COLUMN text TO length
              instant  PRAGMA legacy_alter_table = ON
              instant  ALTER TABLE comments RENAME TO comments__old
              instant  PRAGMA legacy_alter_table = OFF
              instant  CREATE TABLE comments ( …
              rewrite  INSERT INTO comments (id, post_id, length) SELECT id, post_id, length(length) FROM comments__old AS comments
              rewrite  DROP TABLE comments__old
              scan     CREATE INDEX comments_post_id_idx ON comments (post_id)
            hazards
              T211: values of `comments.length` are written
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_length_of_comments.up.sql
            wrote migrations/0002_change_length_of_comments.down.sql
            wrote schema.sql

            == migrations/0002_change_length_of_comments.down.sql
            -- The way back from change_length_of_comments.
            -- T112: `comments.text` changes its type from INTEGER to TEXT; 7 becomes '7', which a date, for one, cannot be read from
            -- T112: `comments.length` was converted on the way up, and the way back does not undo it; one by hand that does says `-- tablature: using comments.length=…`
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE comments RENAME COLUMN length TO text;

            -- rebuild `comments`: `text` changes its type from INTEGER to TEXT
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

            == migrations/0002_change_length_of_comments.up.sql
            -- `comments.text` becomes `length`
            -- `comments.length` changes its type from TEXT to INTEGER
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: rename comments.text=length
            -- tablature: using comments.length=length(text)

            ALTER TABLE comments RENAME COLUMN text TO length;

            -- rebuild `comments`: `length` changes its type from TEXT to INTEGER
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE comments RENAME TO comments__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE comments (
              id INTEGER PRIMARY KEY,
              post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,
              length INTEGER NOT NULL
            ) STRICT;
            INSERT INTO comments (id, post_id, length) SELECT id, post_id, length(length) FROM comments__old AS comments;
            DROP TABLE comments__old;

            CREATE INDEX comments_post_id_idx ON comments (post_id);

        "#]],
    );
}
