//! What is dropped and kept, and many migrations that become one.

use super::scratch::Scratch;
use expect_test::expect;

/// With two rows that have subtitles.
fn with_rows() -> Scratch {
    let mut blog = Scratch::blog();
    blog.quietly("cargo tablature up blog.db")
        .sql("blog.db", "INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann')")
        .sql("blog.db", "INSERT INTO posts (id, author_id, title, body, subtitle) VALUES (1, 1, 'a', 'b', 'precious'), (2, 1, 'c', 'd', 'dear')");
    blog
}

const SUBTITLES: &str = "SELECT id, subtitle FROM posts ORDER BY id";

#[test]
fn what_was_kept_comes_back_until_it_is_purged() {
    let mut blog = with_rows();
    blog.edit("    pub subtitle: Option<String>,\n", "")
        .run("cargo tablature generate --keep")
        .run("cargo tablature up blog.db")
        .sql("blog.db", "DELETE FROM posts WHERE id = 1")
        .sql(
            "blog.db",
            "INSERT INTO posts (id, author_id, title, body) VALUES (1, 1, 'new', 'new')",
        )
        .run("cargo tablature down blog.db")
        .sql("blog.db", SUBTITLES)
        .quietly("cargo tablature up blog.db")
        .run("cargo tablature purge")
        .run("cargo tablature purge")
        .quietly("cargo tablature check")
        .quietly("cargo tablature up blog.db")
        .sql(
            "blog.db",
            "SELECT name FROM sqlite_schema WHERE name LIKE '%kept%'",
        )
        .run("cargo tablature generate");
    blog.shows(expect![[r#"
        blog.db> INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann')
        blog.db> INSERT INTO posts (id, author_id, title, body, subtitle) VALUES (1, 1, 'a', 'b', 'precious'), (2, 1, 'c', 'd', 'dear')
        $ cargo tablature generate --keep
        0002 drop_subtitle_from_posts
        changes
          `posts.subtitle` is gone
          trigger `posts__kept_delete` is new
        steps
          rewrite  CREATE TABLE posts__kept AS SELECT id, subtitle FROM posts
          scan     CREATE INDEX posts__kept_key ON posts__kept (id)
          rewrite  ALTER TABLE posts DROP COLUMN subtitle
          instant  CREATE TRIGGER posts__kept_delete AFTER DELETE ON posts BEGIN …
        hazards
          T102: drops `posts.subtitle` with its values
        proved up, down and up again, on 18 witness rows
        wrote migrations/0002_drop_subtitle_from_posts.up.sql
        wrote migrations/0002_drop_subtitle_from_posts.down.sql
        wrote schema.sql

        == migrations/0002_drop_subtitle_from_posts.down.sql
        -- The way back from drop_subtitle_from_posts.
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        DROP TRIGGER posts__kept_delete;
        ALTER TABLE posts ADD COLUMN subtitle TEXT;

        -- fill `posts.subtitle`
        UPDATE posts SET subtitle = ((SELECT kept.subtitle FROM posts__kept AS kept WHERE kept.id = posts.id));

        -- `posts` has back what was kept
        DROP TABLE posts__kept;

        == migrations/0002_drop_subtitle_from_posts.up.sql
        -- `posts.subtitle` is gone
        -- trigger `posts__kept_delete` is new
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.
        -- tablature: allow drop:posts.subtitle

        -- keep what `posts` loses
        CREATE TABLE posts__kept AS SELECT id, subtitle FROM posts;

        -- find what was kept of a row of `posts`
        CREATE INDEX posts__kept_key ON posts__kept (id);

        ALTER TABLE posts DROP COLUMN subtitle;

        CREATE TRIGGER posts__kept_delete AFTER DELETE ON posts BEGIN
          DELETE FROM posts__kept WHERE id = old.id;
        END;

        $ cargo tablature up blog.db
        applied 0002 drop_subtitle_from_posts

        blog.db> DELETE FROM posts WHERE id = 1
        blog.db> INSERT INTO posts (id, author_id, title, body) VALUES (1, 1, 'new', 'new')
        $ cargo tablature down blog.db
        undone 0002 drop_subtitle_from_posts

        blog.db> SELECT id, subtitle FROM posts ORDER BY id
        1 | NULL
        2 | dear
        $ cargo tablature purge
        0003 purge_kept
        changes
          table `posts__kept` is gone
          trigger `posts__kept_delete` is gone
        steps
          instant  DROP TRIGGER posts__kept_delete
          instant  DROP TABLE posts__kept
        hazards
          T101: drops the table `posts__kept` with its rows
        proved up, down and up again, on 24 witness rows
        wrote migrations/0003_purge_kept.up.sql
        wrote migrations/0003_purge_kept.down.sql
        wrote schema.sql

        == migrations/0003_purge_kept.down.sql
        -- The way back from purge_kept.
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        CREATE TABLE posts__kept(id INT,subtitle TEXT);
        CREATE INDEX posts__kept_key ON posts__kept (id);

        CREATE TRIGGER posts__kept_delete AFTER DELETE ON posts BEGIN
          DELETE FROM posts__kept WHERE id = old.id;
        END;

        == migrations/0003_purge_kept.up.sql
        -- table `posts__kept` is gone
        -- trigger `posts__kept_delete` is gone
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.
        -- tablature: allow drop:posts__kept

        DROP TRIGGER posts__kept_delete;
        DROP TABLE posts__kept;

        $ cargo tablature purge
        nothing is kept

        blog.db> SELECT name FROM sqlite_schema WHERE name LIKE '%kept%'
        $ cargo tablature generate
        nothing to do: the migrations lead to the structs

    "#]]);
}

#[test]
fn many_become_one_and_a_database_says_where_it_stands() {
    let mut blog = with_rows();
    blog.edit("pub views: i64", "pub views: f64")
        .edit("default = 0)", "default = 0.0)")
        .quietly("cargo tablature generate --allow convert:posts.views")
        .quietly("cargo tablature up new.db")
        .run("cargo tablature squash")
        .run("cargo tablature check")
        .run("cargo tablature status new.db")
        .run("cargo tablature up new.db")
        .run("cargo tablature up blog.db")
        .sql("blog.db", SUBTITLES)
        .run("cargo tablature squash");
    blog.shows(expect![[r#"
        blog.db> INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann')
        blog.db> INSERT INTO posts (id, author_id, title, body, subtitle) VALUES (1, 1, 'a', 'b', 'precious'), (2, 1, 'c', 'd', 'dear')
        $ cargo tablature squash
        wrote migrations/0002_squashed.up.sql
        wrote migrations/0002_squashed.down.sql
        wrote schema.sql
        2 migrations are one; both ways lead to equal schemas and rows

        == migrations/0002_squashed.down.sql
        -- The way back from squashed.
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        DROP TABLE posts_fts;
        DROP TABLE comments;
        DROP TABLE posts;
        DROP TABLE authors;

        == migrations/0002_squashed.up.sql
        -- squashed
        -- tablature: squashes 1:c07fb00750792a39 2:ad3e49a474b19956

        CREATE TABLE authors (
          id INTEGER PRIMARY KEY,
          email TEXT NOT NULL,
          name TEXT NOT NULL
        ) STRICT;

        CREATE TABLE comments (
          id INTEGER PRIMARY KEY,
          post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,
          text TEXT NOT NULL
        ) STRICT;

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

        CREATE VIRTUAL TABLE posts_fts USING fts5(
          title,
          body,
          content = 'posts',
          content_rowid = 'id',
          tokenize = 'porter unicode61'
        );

        CREATE UNIQUE INDEX authors_email_key ON authors (email);

        CREATE INDEX comments_post_id_idx ON comments (post_id);

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

        == migrations/0001_initial.down.sql is gone
        == migrations/0001_initial.up.sql is gone
        == migrations/0002_change_views_of_posts.down.sql is gone
        == migrations/0002_change_views_of_posts.up.sql is gone
        $ cargo tablature check
        1 migration leads to the structs; proved up, down and up again, on 18 witness rows

        $ cargo tablature status new.db
        applied  0002 squashed

        $ cargo tablature up new.db
        nothing to do

        $ cargo tablature up blog.db
        ! error: the database stands at 1, inside of what was made one migration in `0002_squashed`; migrate it first with a program from before that

        exit 1
        blog.db> SELECT id, subtitle FROM posts ORDER BY id
        1 | precious
        2 | dear
        $ cargo tablature squash
        ! error: there are no two migrations to make one of

        exit 2
    "#]]);
}
