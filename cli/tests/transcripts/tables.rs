//! Tables come, go, and have other names.

use super::scratch::{Scratch, check};
use expect_test::expect;

const TAGS: &str = "#[derive(Table)]\n#[table(name = \"tags\")]\npub struct Tag {\n    #[column(primary_key)]\n    pub id: i64,\n    #[column(unique)]\n    pub word: String,\n}\n\ntablature::schema!";

#[test]
fn a_table_is_added() {
    check(
        &[
            ("tablature::schema!", TAGS),
            ("Comment];", "Comment, Tag];"),
        ],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 create_tags
            changes
              table `tags` is new
            steps
              instant  CREATE TABLE tags ( …
              scan     CREATE UNIQUE INDEX tags_word_key ON tags (word)
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_create_tags.up.sql
            wrote migrations/0002_create_tags.down.sql
            wrote schema.sql

            == migrations/0002_create_tags.down.sql
            -- The way back from create_tags.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            DROP TABLE tags;

            == migrations/0002_create_tags.up.sql
            -- table `tags` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            CREATE TABLE tags (
              id INTEGER PRIMARY KEY,
              word TEXT NOT NULL
            ) STRICT;

            CREATE UNIQUE INDEX tags_word_key ON tags (word);

        "#]],
    );
}

#[test]
fn a_table_goes_once_that_is_agreed_to() {
    check(
        &[("Post, Comment];", "Post];")],
        &[
            "cargo tablature generate",
            "cargo tablature generate --allow drop:comments",
        ],
        expect![[r#"
            $ cargo tablature generate
            ! error: T101: drops the table `comments` with its rows
            ! hint: agree with `--allow drop:comments`
            ! nothing was written; for example: cargo tablature generate --allow drop:comments

            exit 2
            $ cargo tablature generate --allow drop:comments
            0002 drop_comments
            changes
              table `comments` is gone
            steps
              instant  DROP TABLE comments
            hazards
              T101: drops the table `comments` with its rows
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_drop_comments.up.sql
            wrote migrations/0002_drop_comments.down.sql
            wrote schema.sql

            == migrations/0002_drop_comments.down.sql
            -- The way back from drop_comments.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            CREATE TABLE comments (
              id INTEGER PRIMARY KEY,
              post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,
              text TEXT NOT NULL
            ) STRICT;

            CREATE INDEX comments_post_id_idx ON comments (post_id);

            == migrations/0002_drop_comments.up.sql
            -- table `comments` is gone
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: allow drop:comments

            DROP TABLE comments;

        "#]],
    );
}

#[test]
fn a_table_is_renamed_and_its_children_follow() {
    check(
        &[("#[table(name = \"posts\",", "#[table(name = \"articles\",")],
        &[
            "cargo tablature generate",
            "cargo tablature generate --rename posts=articles",
        ],
        expect![[r#"
            $ cargo tablature generate
            ! error: T104: table `posts` is gone and `articles` is new
            ! hint: if it was renamed, `--rename posts=articles` or `#[table(renamed_from = "posts")]`; if not, `--allow drop:posts`
            ! nothing was written; for example: cargo tablature generate --rename posts=articles

            exit 2
            $ cargo tablature generate --rename posts=articles
            0002 rename_posts_to_articles
            changes
              name of `posts` becomes `articles`
              index `articles_author_id_published_at_idx` is new
              index `posts_author_id_published_at_idx` is gone
              fts `articles_fts` is new
              fts `posts_fts` is gone
            steps
              instant  ALTER TABLE posts RENAME TO articles
              instant  DROP TRIGGER posts_fts_insert
              instant  DROP TRIGGER posts_fts_delete
              instant  DROP TRIGGER posts_fts_update
              instant  DROP TABLE posts_fts
              instant  DROP INDEX posts_author_id_published_at_idx
              scan     CREATE INDEX articles_author_id_published_at_idx ON articles (author_id, published_at DESC)
              instant  CREATE VIRTUAL TABLE articles_fts USING fts5( …
              scan     INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')
              instant  CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN …
              instant  CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN …
              instant  CREATE TRIGGER articles_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON articles BEGIN …
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_rename_posts_to_articles.up.sql
            wrote migrations/0002_rename_posts_to_articles.down.sql
            wrote schema.sql

            == migrations/0002_rename_posts_to_articles.down.sql
            -- The way back from rename_posts_to_articles.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE articles RENAME TO posts;
            DROP TRIGGER articles_fts_insert;
            DROP TRIGGER articles_fts_delete;
            DROP TRIGGER articles_fts_update;
            DROP TABLE articles_fts;
            DROP INDEX articles_author_id_published_at_idx;
            CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC);

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

            == migrations/0002_rename_posts_to_articles.up.sql
            -- name of `posts` becomes `articles`
            -- index `articles_author_id_published_at_idx` is new
            -- index `posts_author_id_published_at_idx` is gone
            -- fts `articles_fts` is new
            -- fts `posts_fts` is gone
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: rename posts=articles

            ALTER TABLE posts RENAME TO articles;
            DROP TRIGGER posts_fts_insert;
            DROP TRIGGER posts_fts_delete;
            DROP TRIGGER posts_fts_update;
            DROP TABLE posts_fts;
            DROP INDEX posts_author_id_published_at_idx;
            CREATE INDEX articles_author_id_published_at_idx ON articles (author_id, published_at DESC);

            CREATE VIRTUAL TABLE articles_fts USING fts5(
              title,
              body,
              content = 'articles',
              content_rowid = 'id',
              tokenize = 'porter unicode61'
            );

            -- fill fts `articles_fts`
            INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');

            CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
              INSERT INTO articles_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
            END;

            CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN
              INSERT INTO articles_fts (articles_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
            END;

            CREATE TRIGGER articles_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON articles BEGIN
              INSERT INTO articles_fts (articles_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
              INSERT INTO articles_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
            END;

        "#]],
    );
}

#[test]
fn an_attribute_names_the_old_table_and_may_stay() {
    check(
        &[(
            "#[table(name = \"comments\")]",
            "#[table(name = \"replies\", renamed_from = \"comments\")]",
        )],
        &["cargo tablature generate", "cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 rename_comments_to_replies
            changes
              name of `comments` becomes `replies`
              index `replies_post_id_idx` is new
              index `comments_post_id_idx` is gone
            steps
              instant  ALTER TABLE comments RENAME TO replies
              instant  DROP INDEX comments_post_id_idx
              scan     CREATE INDEX replies_post_id_idx ON replies (post_id)
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_rename_comments_to_replies.up.sql
            wrote migrations/0002_rename_comments_to_replies.down.sql
            wrote schema.sql

            == migrations/0002_rename_comments_to_replies.down.sql
            -- The way back from rename_comments_to_replies.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE replies RENAME TO comments;
            DROP INDEX replies_post_id_idx;
            CREATE INDEX comments_post_id_idx ON comments (post_id);

            == migrations/0002_rename_comments_to_replies.up.sql
            -- name of `comments` becomes `replies`
            -- index `replies_post_id_idx` is new
            -- index `comments_post_id_idx` is gone
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: rename comments=replies

            ALTER TABLE comments RENAME TO replies;
            DROP INDEX comments_post_id_idx;
            CREATE INDEX replies_post_id_idx ON replies (post_id);

            $ cargo tablature generate
            nothing to do: the migrations lead to the structs

        "#]],
    );
}

#[test]
fn a_table_to_which_others_refer_goes() {
    let mut blog = Scratch::blog();
    blog.edit(
        "    #[column(references(Author), on_delete = cascade)]\n",
        "",
    )
    .edit("[Author, Post", "[Post")
    .run("cargo tablature generate")
    .run("cargo tablature generate --allow drop:authors");
    blog.shows(expect![[r#"
        $ cargo tablature generate
        ! error: T101: drops the table `authors` with its rows
        ! hint: agree with `--allow drop:authors`
        ! nothing was written; for example: cargo tablature generate --allow drop:authors

        exit 2
        $ cargo tablature generate --allow drop:authors
        0002 change_posts_and_authors
        changes
          `posts` loses its foreign key (author_id) to `authors` ON DELETE CASCADE
          table `authors` is gone
        steps
          instant  ALTER TABLE posts DROP CONSTRAINT author_id_fkey
          instant  DROP TABLE authors
        hazards
          T101: drops the table `authors` with its rows
        proved up, on 18 witness rows
        no way back: down leaves the database unsound: `posts` has rows without a parent in `authors`
          to have one, write its down file by hand; `cargo tablature check` proves it
        wrote migrations/0002_change_posts_and_authors.up.sql
        wrote schema.sql

        == migrations/0002_change_posts_and_authors.up.sql
        -- `posts` loses its foreign key (author_id) to `authors` ON DELETE CASCADE
        -- table `authors` is gone
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.
        -- tablature: allow drop:authors

        -- `posts`: the foreign key of (author_id) is gone
        ALTER TABLE posts DROP CONSTRAINT author_id_fkey;

        DROP TABLE authors;

    "#]]);
}
