//! Files for other runners: their names, and a content that is safe in one transaction with foreign keys on.

use super::scratch::Scratch;
use expect_test::expect;

fn with(runner: &str) -> Scratch {
    let mut blog = Scratch::unwritten();
    let quoted = "migrations = \"migrations\"";
    blog.edit(quoted, &format!("{quoted}, runner = {runner}"))
        .quietly("cargo tablature generate");
    blog
}

#[test]
fn refinery() {
    let mut blog = with("refinery");
    blog.edit("pub subtitle: Option<String>", "pub lead: Option<String>")
        .run("cargo tablature generate --rename posts.subtitle=lead");
    blog.shows(expect![[r#"
        $ cargo tablature generate --rename posts.subtitle=lead
        0002 rename_subtitle_to_lead_in_posts
        changes
          `posts.subtitle` becomes `lead`
        steps
          instant  ALTER TABLE posts RENAME COLUMN subtitle TO lead
        proved up, down and up again, on 18 witness rows
        wrote migrations/V002__rename_subtitle_to_lead_in_posts.sql
        wrote migrations_down/V002__rename_subtitle_to_lead_in_posts.sql
        wrote schema.sql

        == migrations/V002__rename_subtitle_to_lead_in_posts.sql
        -- `posts.subtitle` becomes `lead`
        -- Runs in one transaction, with foreign keys on.
        -- tablature: rename posts.subtitle=lead

        ALTER TABLE posts RENAME COLUMN subtitle TO lead;

        == migrations_down/V002__rename_subtitle_to_lead_in_posts.sql
        -- The way back from rename_subtitle_to_lead_in_posts.
        -- Runs in one transaction, with foreign keys on.

        ALTER TABLE posts RENAME COLUMN lead TO subtitle;

    "#]]);
}

#[test]
fn d1() {
    let mut blog = with("d1");
    blog.edit(
        "    pub text: String,",
        "    pub text: String,\n    pub rank: Option<i64>,",
    )
    .run("cargo tablature generate");
    blog.shows(expect![[r#"
        $ cargo tablature generate
        0002 add_rank_to_comments
        changes
          `comments.rank` is new
        steps
          scan     ALTER TABLE comments ADD COLUMN rank INTEGER
        proved up, down and up again, on 18 witness rows
        wrote migrations/0002_add_rank_to_comments.sql
        wrote migrations_down/0002_add_rank_to_comments.sql
        wrote schema.sql

        == migrations/0002_add_rank_to_comments.sql
        -- `comments.rank` is new
        -- Runs in one transaction, with foreign keys on.

        ALTER TABLE comments ADD COLUMN rank INTEGER;

        == migrations_down/0002_add_rank_to_comments.sql
        -- The way back from add_rank_to_comments.
        -- Runs in one transaction, with foreign keys on.

        ALTER TABLE comments DROP COLUMN rank;

    "#]]);
}

/// A rebuild, where the rows of other tables hang on what is rebuilt.
#[test]
fn sqlx() {
    let mut blog = with("sqlx");
    blog.edit("pub views: i64", "pub views: f64")
        .edit("default = 0)", "default = 0.0)")
        .run("cargo tablature generate --allow convert:posts.views");
    blog.shows(expect![[r#"
        $ cargo tablature generate --allow convert:posts.views
        MOMENT change_views_of_posts
        changes
          `posts.views` changes its type from INTEGER to REAL
          `posts.views` changes its default from 0 to 0.0
        steps
          instant  PRAGMA defer_foreign_keys = ON
          instant  DROP TRIGGER posts_fts_insert
          instant  DROP TRIGGER posts_fts_delete
          instant  DROP TRIGGER posts_fts_update
          instant  PRAGMA legacy_alter_table = ON
          instant  ALTER TABLE posts RENAME TO posts__old
          instant  ALTER TABLE comments RENAME TO comments__old
          instant  PRAGMA legacy_alter_table = OFF
          instant  CREATE TABLE posts ( …
          instant  CREATE TABLE comments ( …
          rewrite  INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, views, published_at F …
          rewrite  INSERT INTO comments (id, post_id, text) SELECT id, post_id, text FROM comments__old
          rewrite  DROP TABLE comments__old
          rewrite  DROP TABLE posts__old
          scan     CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC)
          scan     CREATE INDEX comments_post_id_idx ON comments (post_id)
          instant  CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN …
          instant  CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN …
          instant  CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON posts BEGIN …
        hazards
          T112: `posts.views` changes its type from INTEGER to REAL; integers beyond 2^53 lose their last digits
        proved up, down and up again, on 18 witness rows
        wrote migrations/MOMENT_change_views_of_posts.up.sql
        wrote migrations/MOMENT_change_views_of_posts.down.sql
        wrote schema.sql

        == migrations/MOMENT_change_views_of_posts.down.sql
        -- The way back from change_views_of_posts.
        -- T112: `posts.views` changes its type from REAL to INTEGER; 7.0 becomes 7, and it fails where one does not fit
        -- Runs in one transaction, with foreign keys on.

        -- check foreign keys at the end
        PRAGMA defer_foreign_keys = ON;

        -- triggers of `posts` must not fire, and come back at the end
        DROP TRIGGER posts_fts_insert;
        DROP TRIGGER posts_fts_delete;
        DROP TRIGGER posts_fts_update;

        -- rebuild `posts`: `views` changes its type from REAL to INTEGER
        PRAGMA legacy_alter_table = ON;
        ALTER TABLE posts RENAME TO posts__old;

        -- rebuild `comments`: it refers to `posts`
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
        DROP TABLE comments__old;

        -- rebuild `posts`
        DROP TABLE posts__old;

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

        == migrations/MOMENT_change_views_of_posts.up.sql
        -- `posts.views` changes its type from INTEGER to REAL
        -- `posts.views` changes its default from 0 to 0.0
        -- Runs in one transaction, with foreign keys on.
        -- tablature: allow convert:posts.views

        -- check foreign keys at the end
        PRAGMA defer_foreign_keys = ON;

        -- triggers of `posts` must not fire, and come back at the end
        DROP TRIGGER posts_fts_insert;
        DROP TRIGGER posts_fts_delete;
        DROP TRIGGER posts_fts_update;

        -- rebuild `posts`: `views` changes its type from INTEGER to REAL
        PRAGMA legacy_alter_table = ON;
        ALTER TABLE posts RENAME TO posts__old;

        -- rebuild `comments`: it refers to `posts`
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
          views REAL NOT NULL DEFAULT 0.0,
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
        DROP TABLE comments__old;

        -- rebuild `posts`
        DROP TABLE posts__old;

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

    "#]]);
}
