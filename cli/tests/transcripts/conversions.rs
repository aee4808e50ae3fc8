//! A column of another type is asked about where values become others.

use super::scratch::{Scratch, check};
use expect_test::expect;

/// The moments of both sides are known from their defaults, so the question can say what to write.
#[test]
fn seconds_become_a_moment() {
    let mut blog = Scratch::blog();
    blog.edit("#[column(default = 0)]\n    pub views", "#[column(default = now)]\n    pub views")
        .quietly("cargo tablature generate")
        .edit("pub views: i64", "pub views: Timestamp")
        .run("cargo tablature generate")
        .run("cargo tablature generate --using \"posts.views=strftime('%Y-%m-%dT%H:%M:%f000000Z', views, 'unixepoch')\"");
    blog.shows(expect![[r#"
        $ cargo tablature generate
        ! error: T112: `posts.views` changes its type from INTEGER to TEXT; 7 becomes '7', which a date, for one, cannot be read from
        ! hint: say how with `--using posts.views=…` (`strftime('%Y-%m-%dT%H:%M:%f000000Z', views, 'unixepoch')` reads seconds since 1970), or agree with `--allow convert:posts.views`
        ! nothing was written; for example: cargo tablature generate --using 'posts.views=…'

        exit 2
        $ cargo tablature generate --using "posts.views=strftime('%Y-%m-%dT%H:%M:%f000000Z', views, 'unixepoch')"
        0003 change_views_of_posts
        changes
          `posts.views` changes its type from INTEGER to TEXT
          `posts.views` changes its default from (unixepoch()) to (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'))
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
        proved up, on 12 witness rows
        no way back: down does not run on witness rows: statement 5, `INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, views, published_at FROM posts__old`: cannot store TEXT value in INTEGER column posts.views
          to have one, write its down file by hand; `cargo tablature check` proves it
        wrote migrations/0003_change_views_of_posts.up.sql
        wrote schema.sql

        == migrations/0003_change_views_of_posts.up.sql
        -- `posts.views` changes its type from INTEGER to TEXT
        -- `posts.views` changes its default from (unixepoch()) to (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'))
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.
        -- tablature: using posts.views=strftime('%Y-%m-%dT%H:%M:%f000000Z', views, 'unixepoch')

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
          views TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
          published_at TEXT
        ) STRICT;
        INSERT INTO posts (id, author_id, title, subtitle, body, status, views, published_at) SELECT id, author_id, title, subtitle, body, status, strftime('%Y-%m-%dT%H:%M:%f000000Z', views, 'unixepoch'), published_at FROM posts__old AS posts;
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

    "#]]);
}

/// What has no expression to name is left open, also in what can be pasted.
#[test]
fn an_agreement_is_of_one_column() {
    check(
        &[
            ("pub name: String", "pub name: i64"),
            ("pub text: String", "pub text: f64"),
        ],
        &[
            "cargo tablature generate --json",
            "cargo tablature generate --allow convert:comments.text",
            "cargo tablature generate --allow convert:comments.text --allow convert:authors.name --split --dry-run",
            "cargo tablature generate --allow convert:comments.text --allow convert:authors.name",
        ],
        expect![[r#"
            $ cargo tablature generate --json
            {
              "status": "refused",
              "changes": [],
              "steps": [],
              "hazards": [
                {
                  "code": "T112",
                  "reason": "`authors.name` changes its type from TEXT to INTEGER; '007' becomes 7, and it fails where one does not fit",
                  "fix": "say how with `--using authors.name=…` (`CAST(name AS INTEGER)` makes 0 of what is no number), or agree with `--allow convert:authors.name`",
                  "flags": [
                    "--using authors.name=…",
                    "--allow convert:authors.name"
                  ]
                },
                {
                  "code": "T112",
                  "reason": "`comments.text` changes its type from TEXT to REAL; '007' becomes 7.0, and it fails where one does not fit",
                  "fix": "say how with `--using comments.text=…` (`CAST(text AS REAL)` makes 0 of what is no number), or agree with `--allow convert:comments.text`",
                  "flags": [
                    "--using comments.text=…",
                    "--allow convert:comments.text"
                  ]
                }
              ],
              "safe_to_deploy": false,
              "next_action": "answer, for example: cargo tablature generate --json --using 'authors.name=…' --using 'comments.text=…'"
            }
            ! error: T112: `authors.name` changes its type from TEXT to INTEGER; '007' becomes 7, and it fails where one does not fit
            ! hint: say how with `--using authors.name=…` (`CAST(name AS INTEGER)` makes 0 of what is no number), or agree with `--allow convert:authors.name`
            ! error: T112: `comments.text` changes its type from TEXT to REAL; '007' becomes 7.0, and it fails where one does not fit
            ! hint: say how with `--using comments.text=…` (`CAST(text AS REAL)` makes 0 of what is no number), or agree with `--allow convert:comments.text`
            ! nothing was written; for example: cargo tablature generate --json --using 'authors.name=…' --using 'comments.text=…'

            exit 2
            $ cargo tablature generate --allow convert:comments.text
            ! error: T112: `authors.name` changes its type from TEXT to INTEGER; '007' becomes 7, and it fails where one does not fit
            ! hint: say how with `--using authors.name=…` (`CAST(name AS INTEGER)` makes 0 of what is no number), or agree with `--allow convert:authors.name`
            ! nothing was written; for example: cargo tablature generate --allow convert:comments.text --using 'authors.name=…'

            exit 2
            $ cargo tablature generate --allow convert:comments.text --allow convert:authors.name --split --dry-run
            0002 change_name_of_authors
            changes
              `authors.name` changes its type from TEXT to INTEGER
            steps
              instant  PRAGMA legacy_alter_table = ON
              instant  ALTER TABLE authors RENAME TO authors__old
              instant  PRAGMA legacy_alter_table = OFF
              instant  CREATE TABLE authors ( …
              rewrite  INSERT INTO authors (id, email, name) SELECT id, email, name FROM authors__old
              rewrite  DROP TABLE authors__old
              scan     CREATE UNIQUE INDEX authors_email_key ON authors (email)
            hazards
              T112: `authors.name` changes its type from TEXT to INTEGER; '007' becomes 7, and it fails where one does not fit
            proved up, down and up again, on an empty database
            0003 change_text_of_comments
            changes
              `comments.text` changes its type from TEXT to REAL
            steps
              instant  PRAGMA legacy_alter_table = ON
              instant  ALTER TABLE comments RENAME TO comments__old
              instant  PRAGMA legacy_alter_table = OFF
              instant  CREATE TABLE comments ( …
              rewrite  INSERT INTO comments (id, post_id, text) SELECT id, post_id, text FROM comments__old
              rewrite  DROP TABLE comments__old
              scan     CREATE INDEX comments_post_id_idx ON comments (post_id)
            hazards
              T112: `comments.text` changes its type from TEXT to REAL; '007' becomes 7.0, and it fails where one does not fit
            proved up, down and up again, on 12 witness rows

            $ cargo tablature generate --allow convert:comments.text --allow convert:authors.name
            0002 change_authors_and_comments
            changes
              `authors.name` changes its type from TEXT to INTEGER
              `comments.text` changes its type from TEXT to REAL
            steps
              instant  PRAGMA legacy_alter_table = ON
              instant  ALTER TABLE authors RENAME TO authors__old
              instant  ALTER TABLE comments RENAME TO comments__old
              instant  PRAGMA legacy_alter_table = OFF
              instant  CREATE TABLE authors ( …
              instant  CREATE TABLE comments ( …
              rewrite  INSERT INTO comments (id, post_id, text) SELECT id, post_id, text FROM comments__old
              rewrite  INSERT INTO authors (id, email, name) SELECT id, email, name FROM authors__old
              rewrite  DROP TABLE authors__old
              rewrite  DROP TABLE comments__old
              scan     CREATE UNIQUE INDEX authors_email_key ON authors (email)
              scan     CREATE INDEX comments_post_id_idx ON comments (post_id)
            hazards
              T112: `authors.name` changes its type from TEXT to INTEGER; '007' becomes 7, and it fails where one does not fit
              T112: `comments.text` changes its type from TEXT to REAL; '007' becomes 7.0, and it fails where one does not fit
            proved up, down and up again, on an empty database
            wrote migrations/0002_change_authors_and_comments.up.sql
            wrote migrations/0002_change_authors_and_comments.down.sql
            wrote schema.sql

            == migrations/0002_change_authors_and_comments.down.sql
            -- The way back from change_authors_and_comments.
            -- T112: `authors.name` changes its type from INTEGER to TEXT; 7 becomes '7', which a date, for one, cannot be read from
            -- T112: `comments.text` changes its type from REAL to TEXT; 7.5 becomes '7.5'
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- rebuild `authors`: `name` changes its type from INTEGER to TEXT
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE authors RENAME TO authors__old;

            -- rebuild `comments`: `text` changes its type from REAL to TEXT
            ALTER TABLE comments RENAME TO comments__old;
            PRAGMA legacy_alter_table = OFF;

            -- rebuild `authors`
            CREATE TABLE authors (
              id INTEGER PRIMARY KEY,
              email TEXT NOT NULL,
              name TEXT NOT NULL
            ) STRICT;

            -- rebuild `comments`
            CREATE TABLE comments (
              id INTEGER PRIMARY KEY,
              post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,
              text TEXT NOT NULL
            ) STRICT;
            INSERT INTO comments (id, post_id, text) SELECT id, post_id, text FROM comments__old;

            -- rebuild `authors`
            INSERT INTO authors (id, email, name) SELECT id, email, name FROM authors__old;
            DROP TABLE authors__old;

            -- rebuild `comments`
            DROP TABLE comments__old;

            CREATE UNIQUE INDEX authors_email_key ON authors (email);
            CREATE INDEX comments_post_id_idx ON comments (post_id);

            == migrations/0002_change_authors_and_comments.up.sql
            -- `authors.name` changes its type from TEXT to INTEGER
            -- `comments.text` changes its type from TEXT to REAL
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: allow convert:comments.text
            -- tablature: allow convert:authors.name

            -- rebuild `authors`: `name` changes its type from TEXT to INTEGER
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE authors RENAME TO authors__old;

            -- rebuild `comments`: `text` changes its type from TEXT to REAL
            ALTER TABLE comments RENAME TO comments__old;
            PRAGMA legacy_alter_table = OFF;

            -- rebuild `authors`
            CREATE TABLE authors (
              id INTEGER PRIMARY KEY,
              email TEXT NOT NULL,
              name INTEGER NOT NULL
            ) STRICT;

            -- rebuild `comments`
            CREATE TABLE comments (
              id INTEGER PRIMARY KEY,
              post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,
              text REAL NOT NULL
            ) STRICT;
            INSERT INTO comments (id, post_id, text) SELECT id, post_id, text FROM comments__old;

            -- rebuild `authors`
            INSERT INTO authors (id, email, name) SELECT id, email, name FROM authors__old;
            DROP TABLE authors__old;

            -- rebuild `comments`
            DROP TABLE comments__old;

            CREATE UNIQUE INDEX authors_email_key ON authors (email);
            CREATE INDEX comments_post_id_idx ON comments (post_id);

        "#]],
    );
}

/// A file by hand owns up to it, as the check says.
#[test]
fn a_file_by_hand() {
    let mut blog = Scratch::blog();
    let by_hand = "ALTER TABLE comments RENAME TO old;\n\
         CREATE TABLE comments (\n\
         \x20 id INTEGER PRIMARY KEY,\n\
         \x20 post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,\n\
         \x20 text INTEGER NOT NULL\n\
         ) STRICT;\n\
         INSERT INTO comments SELECT id, post_id, length(text) FROM old;\n\
         DROP TABLE old;\n\
         CREATE INDEX comments_post_id_idx ON comments (post_id);\n";
    blog.edit("pub text: String", "pub text: i64")
        .write("migrations/0002_lengths.up.sql", by_hand)
        .quietly("cargo tablature generate")
        .run("cargo tablature check");
    blog.ends(expect![[r#"
        $ cargo tablature check
        ! error: `migrations/0002_lengths.up.sql`: T112: `comments.text` changes its type from TEXT to INTEGER; '007' becomes 7, and it fails where one does not fit; write `-- tablature: using comments.text=…` in the file where it does otherwise, or `-- tablature: allow convert:comments.text` if that is meant

        exit 1
    "#]]);

    for comment in [
        "allow convert:comments.text",
        "using comments.text=length(text)",
    ] {
        let mut blog = Scratch::blog();
        blog.edit("pub text: String", "pub text: i64")
            .write(
                "migrations/0002_lengths.up.sql",
                &format!("-- tablature: {comment}\n{by_hand}"),
            )
            .quietly("cargo tablature generate");
        blog.shows(expect![""]);
    }
}
