//! The way back from a conversion: what it does not restore, and what `--keep` does not keep, is asked about.

use super::scratch::Scratch;
use expect_test::expect;

/// What has come since may have no place in the old type: that is agreed to where it happens.
#[test]
fn the_way_back_asks_where_values_would_not_be_the_same() {
    let mut blog = Scratch::blog();
    blog.edit("default = 0)]\n    pub views: i64", "default = \"0\")]\n    pub views: String")
        .quietly("cargo tablature generate --allow convert:posts.views")
        .quietly("cargo tablature up blog.db")
        .sql("blog.db", "INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann')")
        .sql("blog.db", "INSERT INTO posts (author_id, title, body, views) VALUES (1, '', '', '7'), (1, '', '', '007')")
        .run("cargo tablature down blog.db")
        .run("cargo tablature redo blog.db --allow convert:posts.views")
        .sql("blog.db", "SELECT views, typeof(views) FROM posts")
        .run("cargo tablature down blog.db")
        .sql("blog.db", "SELECT views, typeof(views) FROM posts");
    blog.shows(expect![[r#"
        blog.db> INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann')
        blog.db> INSERT INTO posts (author_id, title, body, views) VALUES (1, '', '', '7'), (1, '', '', '007')
        $ cargo tablature down blog.db
        ! error: down changes values of `posts.views` that INTEGER does not hold as they are, 1 in all; agree with `--allow convert:posts.views`

        exit 2
        $ cargo tablature redo blog.db --allow convert:posts.views
        undone 0002 change_views_of_posts
        applied 0002 change_views_of_posts

        blog.db> SELECT views, typeof(views) FROM posts
        7 | text
        7 | text
        $ cargo tablature down blog.db
        undone 0002 change_views_of_posts

        blog.db> SELECT views, typeof(views) FROM posts
        7 | integer
        7 | integer
    "#]]);
}

/// A blog with views in hundredths, and two posts from before; the way back is edited by pairs of old and new text.
fn with_hundredths(by_hand: &[(&str, &str)]) -> Scratch {
    let mut blog = Scratch::blog();
    blog.edit(
        "default = 0)]\n    pub views: i64",
        "default = 0.0)]\n    pub views: f64",
    )
    .quietly("cargo tablature generate --allow convert:posts.views")
    .quietly("cargo tablature up blog.db")
    .edit(
        "default = 0.0)]\n    pub views: f64",
        "default = 0)]\n    pub views: i64",
    )
    .quietly("cargo tablature generate --using 'posts.views=CAST(round(views * 100) AS INTEGER)'");
    for (old, new) in by_hand {
        blog.edit_file(DOWN, old, new);
    }
    blog.sql("blog.db", "INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann')")
        .sql("blog.db", "INSERT INTO posts (author_id, title, body, views) VALUES (1, '', '', 0.3), (1, '', '', 19.99)")
        .quietly("cargo tablature up blog.db")
        .sql("blog.db", VIEWS);
    blog
}

const DOWN: &str = "migrations/0003_change_views_of_posts.down.sql";
const VIEWS: &str = "SELECT views, typeof(views) FROM posts ORDER BY id";

/// What was multiplied would be multiplied again.
#[test]
fn the_way_back_from_an_expression_is_asked_about() {
    let mut blog = with_hundredths(&[]);
    blog.shown(DOWN)
        .run("cargo tablature redo blog.db")
        .run("cargo tablature down blog.db")
        .sql("blog.db", VIEWS)
        .run("cargo tablature down blog.db --allow convert:posts.views")
        .sql("blog.db", VIEWS);
    blog.shows(expect![[r#"
        blog.db> INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann')
        blog.db> INSERT INTO posts (author_id, title, body, views) VALUES (1, '', '', 0.3), (1, '', '', 19.99)
        blog.db> SELECT views, typeof(views) FROM posts ORDER BY id
        30 | integer
        1999 | integer
        == migrations/0003_change_views_of_posts.down.sql
        -- The way back from change_views_of_posts.
        -- T112: `posts.views` changes its type from INTEGER to REAL; integers beyond 2^53 lose their last digits
        -- T112: `posts.views` was converted on the way up, and the way back does not undo it; one by hand that does says `-- tablature: using posts.views=…`
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

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

        $ cargo tablature redo blog.db
        ! error: down leaves values of `posts.views` that were converted on the way up, which the way back does not undo, 2 in all; agree with `--allow convert:posts.views`

        exit 2
        $ cargo tablature down blog.db
        ! error: down leaves values of `posts.views` that were converted on the way up, which the way back does not undo, 2 in all; agree with `--allow convert:posts.views`

        exit 2
        blog.db> SELECT views, typeof(views) FROM posts ORDER BY id
        30 | integer
        1999 | integer
        $ cargo tablature down blog.db --allow convert:posts.views
        undone 0003 change_views_of_posts

        blog.db> SELECT views, typeof(views) FROM posts ORDER BY id
        30 | real
        1999 | real
    "#]]);
}

/// Then only the head of the way back, which the database has kept, says what it does not undo.
#[test]
fn the_way_back_is_asked_about_where_the_files_are_gone() {
    let mut blog = with_hundredths(&[]);
    blog.remove("migrations/0003_change_views_of_posts.up.sql")
        .remove(DOWN)
        .run("cargo tablature down blog.db");
    blog.ends(expect![[r#"
        blog.db> INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann')
        blog.db> INSERT INTO posts (author_id, title, body, views) VALUES (1, '', '', 0.3), (1, '', '', 19.99)
        blog.db> SELECT views, typeof(views) FROM posts ORDER BY id
        30 | integer
        1999 | integer
        $ cargo tablature down blog.db
        ! error: down leaves values of `posts.views` that were converted on the way up, which the way back does not undo, 2 in all; agree with `--allow convert:posts.views`

        exit 2
    "#]]);
}

#[test]
fn a_way_back_by_hand_undoes_an_expression() {
    let mut blog = with_hundredths(&[
        (
            "-- The way back",
            "-- tablature: using posts.views=views / 100.0\n-- The way back",
        ),
        (
            "status, views, published_at FROM",
            "status, views / 100.0, published_at FROM",
        ),
    ]);
    blog.run("cargo tablature redo blog.db")
        .sql("blog.db", VIEWS)
        .run("cargo tablature down blog.db")
        .sql("blog.db", VIEWS);
    blog.shows(expect![[r#"
        blog.db> INSERT INTO authors VALUES (1, 'ann@example.org', 'Ann')
        blog.db> INSERT INTO posts (author_id, title, body, views) VALUES (1, '', '', 0.3), (1, '', '', 19.99)
        blog.db> SELECT views, typeof(views) FROM posts ORDER BY id
        30 | integer
        1999 | integer
        $ cargo tablature redo blog.db
        undone 0003 change_views_of_posts
        applied 0003 change_views_of_posts

        blog.db> SELECT views, typeof(views) FROM posts ORDER BY id
        30 | integer
        1999 | integer
        $ cargo tablature down blog.db
        undone 0003 change_views_of_posts

        blog.db> SELECT views, typeof(views) FROM posts ORDER BY id
        0.3 | real
        19.99 | real
    "#]]);
}

/// What is dropped is kept, and what is converted is not.
#[test]
fn what_is_kept_is_asked_about_all_the_same() {
    let mut blog = Scratch::blog();
    blog.edit("    pub subtitle: Option<String>,\n", "")
        .edit("pub text: String", "pub text: i64")
        .run("cargo tablature generate --keep");
    blog.ends(expect![[r#"
        $ cargo tablature generate --keep
        ! error: T112: `comments.text` changes its type from TEXT to INTEGER; '007' becomes 7, and it fails where one does not fit
        ! hint: say how with `--using comments.text=…` (`CAST(text AS INTEGER)` makes 0 of what is no number), or agree with `--allow convert:comments.text`
        ! nothing was written; for example: cargo tablature generate --keep --using 'comments.text=…'

        exit 2
    "#]]);
}

/// An expression does not keep what it converts either, and that is agreed to.
#[test]
fn what_an_expression_converts_is_not_kept() {
    let mut blog = Scratch::blog();
    blog.edit("    pub subtitle: Option<String>,\n", "")
        .edit("pub text: String", "pub text: i64")
        .run("cargo tablature generate --keep --using comments.text=length(text)")
        .run("cargo tablature generate --keep --using 'comments.text=CAST(text AS INTEGER)'")
        .run("cargo tablature generate --keep --using comments.text=length(text) --allow convert:comments.text");
    blog.shows(expect![[r#"
        $ cargo tablature generate --keep --using comments.text=length(text)
        ! error: T112: `comments.text` is converted by an expression, and its old values are not kept
        ! hint: agree with `--allow convert:comments.text`
        ! nothing was written; for example: cargo tablature generate --keep --using 'comments.text=length(text)' --allow convert:comments.text

        exit 2
        $ cargo tablature generate --keep --using 'comments.text=CAST(text AS INTEGER)'
        ! error: T112: `comments.text` is converted by an expression, and its old values are not kept
        ! hint: agree with `--allow convert:comments.text`
        ! nothing was written; for example: cargo tablature generate --keep --using 'comments.text=CAST(text AS INTEGER)' --allow convert:comments.text

        exit 2
        $ cargo tablature generate --keep --using comments.text=length(text) --allow convert:comments.text
        0002 change_posts_and_comments
        changes
          `posts.subtitle` is gone
          `comments.text` changes its type from TEXT to INTEGER
          trigger `posts__kept_delete` is new
        steps
          rewrite  CREATE TABLE posts__kept AS SELECT id, subtitle FROM posts
          scan     CREATE INDEX posts__kept_key ON posts__kept (id)
          rewrite  ALTER TABLE posts DROP COLUMN subtitle
          instant  PRAGMA legacy_alter_table = ON
          instant  ALTER TABLE comments RENAME TO comments__old
          instant  PRAGMA legacy_alter_table = OFF
          instant  CREATE TABLE comments ( …
          rewrite  INSERT INTO comments (id, post_id, text) SELECT id, post_id, length(text) FROM comments__old AS comments
          rewrite  DROP TABLE comments__old
          scan     CREATE INDEX comments_post_id_idx ON comments (post_id)
          instant  CREATE TRIGGER posts__kept_delete AFTER DELETE ON posts BEGIN …
        hazards
          T102: drops `posts.subtitle` with its values
          T211: values of `comments.text` are written
          T112: `comments.text` is converted by an expression, and its old values are not kept
        proved up, down and up again, on 18 witness rows
        wrote migrations/0002_change_posts_and_comments.up.sql
        wrote migrations/0002_change_posts_and_comments.down.sql
        wrote schema.sql

        == migrations/0002_change_posts_and_comments.down.sql
        -- The way back from change_posts_and_comments.
        -- T112: `comments.text` changes its type from INTEGER to TEXT; 7 becomes '7', which a date, for one, cannot be read from
        -- T112: `comments.text` was converted on the way up, and the way back does not undo it; one by hand that does says `-- tablature: using comments.text=…`
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        DROP TRIGGER posts__kept_delete;
        ALTER TABLE posts ADD COLUMN subtitle TEXT;

        -- fill `posts.subtitle`
        UPDATE posts SET subtitle = ((SELECT kept.subtitle FROM posts__kept AS kept WHERE kept.id = posts.id));

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

        -- `posts` has back what was kept
        DROP TABLE posts__kept;

        == migrations/0002_change_posts_and_comments.up.sql
        -- `posts.subtitle` is gone
        -- `comments.text` changes its type from TEXT to INTEGER
        -- trigger `posts__kept_delete` is new
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.
        -- tablature: using comments.text=length(text)
        -- tablature: allow convert:comments.text
        -- tablature: allow drop:posts.subtitle

        -- keep what `posts` loses
        CREATE TABLE posts__kept AS SELECT id, subtitle FROM posts;

        -- find what was kept of a row of `posts`
        CREATE INDEX posts__kept_key ON posts__kept (id);

        ALTER TABLE posts DROP COLUMN subtitle;

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

        CREATE TRIGGER posts__kept_delete AFTER DELETE ON posts BEGIN
          DELETE FROM posts__kept WHERE id = old.id;
        END;

    "#]]);
}
