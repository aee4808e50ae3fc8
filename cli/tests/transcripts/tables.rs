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
              index `tags_word_key` is new
            steps
              instant  CREATE TABLE tags ( …
              scan     CREATE UNIQUE INDEX tags_word_key ON tags (word)
            proved on 18 witness rows
            wrote migrations/0002_create_tags.up.sql
            wrote migrations/0002_create_tags.down.sql
            wrote schema.sql

            == migrations/0002_create_tags.down.sql
            -- The way back from create_tags.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- drop table `tags`
            DROP TABLE tags;

            == migrations/0002_create_tags.up.sql
            -- create_tags
            -- table `tags` is new
            -- index `tags_word_key` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- create table `tags`
            CREATE TABLE tags (
              id INTEGER PRIMARY KEY,
              word TEXT NOT NULL
            ) STRICT;

            -- create index `tags_word_key`
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
            ! error: T101: drops the table `comments` with its rows; agree with `--allow drop:comments`
            ! error: nothing was written; for example: cargo tablature generate --allow drop:comments

            exit 2
            $ cargo tablature generate --allow drop:comments
            0002 change_comments
            changes
              table `comments` is gone
              index `comments_post_id_idx` is gone
            steps
              instant  DROP TABLE comments
            hazards
              T101: drops the table `comments` with its rows; agree with `--allow drop:comments`
            proved on 18 witness rows
            wrote migrations/0002_change_comments.up.sql
            wrote migrations/0002_change_comments.down.sql
            wrote schema.sql

            == migrations/0002_change_comments.down.sql
            -- The way back from change_comments.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- create table `comments`
            CREATE TABLE comments (
              id INTEGER PRIMARY KEY,
              post_id INTEGER NOT NULL CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,
              text TEXT NOT NULL
            ) STRICT;

            -- create index `comments_post_id_idx`
            CREATE INDEX comments_post_id_idx ON comments (post_id);

            == migrations/0002_change_comments.up.sql
            -- change_comments
            -- table `comments` is gone
            -- index `comments_post_id_idx` is gone
            -- tablature: allow drop:comments
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- drop table `comments`
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
            ! error: T104: table `posts` is gone and `articles` is new; if it was renamed, `--rename posts=articles` or `#[table(renamed_from = "posts")]`; if not, `--allow drop:posts`
            ! error: nothing was written; for example: cargo tablature generate --rename posts=articles

            exit 2
            $ cargo tablature generate --rename posts=articles
            0002 change_articles
            changes
              name of `posts` becomes `articles`
              index `articles_author_id_published_at_idx` is new
              index `posts_author_id_published_at_idx` is gone
              fts `articles_fts` is new
              fts `posts_fts` is gone
              trigger `articles_fts_insert` is new
              trigger `articles_fts_delete` is new
              trigger `articles_fts_update` is new
              trigger `posts_fts_insert` is gone
              trigger `posts_fts_delete` is gone
              trigger `posts_fts_update` is gone
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
            proved on 18 witness rows
            wrote migrations/0002_change_articles.up.sql
            wrote migrations/0002_change_articles.down.sql
            wrote schema.sql

            == migrations/0002_change_articles.down.sql
            -- The way back from change_articles.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- rename `articles` to `posts`
            ALTER TABLE articles RENAME TO posts;

            -- trigger `articles_fts_insert` is gone
            DROP TRIGGER articles_fts_insert;

            -- trigger `articles_fts_delete` is gone
            DROP TRIGGER articles_fts_delete;

            -- trigger `articles_fts_update` is gone
            DROP TRIGGER articles_fts_update;

            -- fts `articles_fts` is gone
            DROP TABLE articles_fts;

            -- index `articles_author_id_published_at_idx` is gone
            DROP INDEX articles_author_id_published_at_idx;

            -- create index `posts_author_id_published_at_idx`
            CREATE INDEX posts_author_id_published_at_idx ON posts (author_id, published_at DESC);

            -- create fts `posts_fts`
            CREATE VIRTUAL TABLE posts_fts USING fts5(
              title,
              body,
              content = 'posts',
              content_rowid = 'id',
              tokenize = 'porter unicode61'
            );

            -- fill fts `posts_fts`
            INSERT INTO posts_fts (posts_fts) VALUES ('rebuild');

            -- create trigger `posts_fts_insert`
            CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN
              INSERT INTO posts_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
            END;

            -- create trigger `posts_fts_delete`
            CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN
              INSERT INTO posts_fts (posts_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
            END;

            -- create trigger `posts_fts_update`
            CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, body, id, rowid, oid, _rowid_ ON posts BEGIN
              INSERT INTO posts_fts (posts_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
              INSERT INTO posts_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
            END;

            == migrations/0002_change_articles.up.sql
            -- change_articles
            -- name of `posts` becomes `articles`
            -- index `articles_author_id_published_at_idx` is new
            -- index `posts_author_id_published_at_idx` is gone
            -- fts `articles_fts` is new
            -- fts `posts_fts` is gone
            -- trigger `articles_fts_insert` is new
            -- trigger `articles_fts_delete` is new
            -- trigger `articles_fts_update` is new
            -- trigger `posts_fts_insert` is gone
            -- trigger `posts_fts_delete` is gone
            -- trigger `posts_fts_update` is gone
            -- tablature: rename posts=articles
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- rename `posts` to `articles`
            ALTER TABLE posts RENAME TO articles;

            -- trigger `posts_fts_insert` is gone
            DROP TRIGGER posts_fts_insert;

            -- trigger `posts_fts_delete` is gone
            DROP TRIGGER posts_fts_delete;

            -- trigger `posts_fts_update` is gone
            DROP TRIGGER posts_fts_update;

            -- fts `posts_fts` is gone
            DROP TABLE posts_fts;

            -- index `posts_author_id_published_at_idx` is gone
            DROP INDEX posts_author_id_published_at_idx;

            -- create index `articles_author_id_published_at_idx`
            CREATE INDEX articles_author_id_published_at_idx ON articles (author_id, published_at DESC);

            -- create fts `articles_fts`
            CREATE VIRTUAL TABLE articles_fts USING fts5(
              title,
              body,
              content = 'articles',
              content_rowid = 'id',
              tokenize = 'porter unicode61'
            );

            -- fill fts `articles_fts`
            INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');

            -- create trigger `articles_fts_insert`
            CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
              INSERT INTO articles_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
            END;

            -- create trigger `articles_fts_delete`
            CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN
              INSERT INTO articles_fts (articles_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
            END;

            -- create trigger `articles_fts_update`
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
            0002 change_replies
            changes
              name of `comments` becomes `replies`
              index `replies_post_id_idx` is new
              index `comments_post_id_idx` is gone
            steps
              instant  ALTER TABLE comments RENAME TO replies
              instant  DROP INDEX comments_post_id_idx
              scan     CREATE INDEX replies_post_id_idx ON replies (post_id)
            proved on 18 witness rows
            wrote migrations/0002_change_replies.up.sql
            wrote migrations/0002_change_replies.down.sql
            wrote schema.sql

            == migrations/0002_change_replies.down.sql
            -- The way back from change_replies.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- rename `replies` to `comments`
            ALTER TABLE replies RENAME TO comments;

            -- index `replies_post_id_idx` is gone
            DROP INDEX replies_post_id_idx;

            -- create index `comments_post_id_idx`
            CREATE INDEX comments_post_id_idx ON comments (post_id);

            == migrations/0002_change_replies.up.sql
            -- change_replies
            -- name of `comments` becomes `replies`
            -- index `replies_post_id_idx` is new
            -- index `comments_post_id_idx` is gone
            -- tablature: rename comments=replies
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            -- rename `comments` to `replies`
            ALTER TABLE comments RENAME TO replies;

            -- index `comments_post_id_idx` is gone
            DROP INDEX comments_post_id_idx;

            -- create index `replies_post_id_idx`
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
        ! error: T101: drops the table `authors` with its rows; agree with `--allow drop:authors`
        ! error: nothing was written; for example: cargo tablature generate --allow drop:authors

        exit 2
        $ cargo tablature generate --allow drop:authors
        0002 change_posts_and_authors
        changes
          `posts` loses its foreign key (author_id) to `authors` ON DELETE CASCADE
          table `authors` is gone
          index `authors_email_key` is gone
        steps
          instant  ALTER TABLE posts DROP CONSTRAINT author_id_fkey
          instant  DROP TABLE authors
        hazards
          T101: drops the table `authors` with its rows; agree with `--allow drop:authors`
        proved on 18 witness rows
        no way back: down leaves the database unsound: `posts` has rows without a parent in `authors`
        wrote migrations/0002_change_posts_and_authors.up.sql
        wrote schema.sql

        == migrations/0002_change_posts_and_authors.up.sql
        -- change_posts_and_authors
        -- `posts` loses its foreign key (author_id) to `authors` ON DELETE CASCADE
        -- table `authors` is gone
        -- index `authors_email_key` is gone
        -- tablature: allow drop:authors
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        -- `posts`: the foreign key of (author_id) is gone
        ALTER TABLE posts DROP CONSTRAINT author_id_fkey;

        -- drop table `authors`
        DROP TABLE authors;

    "#]]);
}

/// The text of each post moves to a table of its own: the plan makes the table, a hand moves the rows.
#[test]
fn a_table_is_split_by_hand() {
    let mut blog = Scratch::blog();
    blog.edit(
        "tablature::schema!",
        "#[derive(Table)]\n#[table(name = \"subtitles\")]\npub struct Subtitle {\n    #[column(primary_key, references(Post), on_delete = cascade)]\n    pub post_id: i64,\n    pub text: String,\n}\n\ntablature::schema!",
    )
    .edit("Comment];", "Comment, Subtitle];")
    .edit("    pub subtitle: Option<String>,\n", "")
    .run("cargo tablature generate split_subtitles --allow drop:posts.subtitle")
    .edit_file(
        "migrations/0002_split_subtitles.up.sql",
        "ALTER TABLE posts DROP COLUMN subtitle;",
        "INSERT INTO subtitles (post_id, text) SELECT id, subtitle FROM posts WHERE subtitle IS NOT NULL;\nALTER TABLE posts DROP COLUMN subtitle;",
    )
    .run("cargo tablature check")
    .run("cargo tablature generate");
    blog.shows(expect![[r#"
        $ cargo tablature generate split_subtitles --allow drop:posts.subtitle
        0002 split_subtitles
        changes
          `posts.subtitle` is gone
          table `subtitles` is new
        steps
          instant  CREATE TABLE subtitles ( …
          rewrite  ALTER TABLE posts DROP COLUMN subtitle
        hazards
          T102: drops `posts.subtitle` with its values; agree with `--allow drop:posts.subtitle`
        proved on 18 witness rows
        wrote migrations/0002_split_subtitles.up.sql
        wrote migrations/0002_split_subtitles.down.sql
        wrote schema.sql

        == migrations/0002_split_subtitles.down.sql
        -- The way back from split_subtitles.
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        -- add `posts.subtitle`
        ALTER TABLE posts ADD COLUMN subtitle TEXT;

        -- drop table `subtitles`
        DROP TABLE subtitles;

        == migrations/0002_split_subtitles.up.sql
        -- split_subtitles
        -- `posts.subtitle` is gone
        -- table `subtitles` is new
        -- tablature: allow drop:posts.subtitle
        -- Runs in a transaction with foreign keys off, and they are checked before it ends.

        -- create table `subtitles`
        CREATE TABLE subtitles (
          post_id INTEGER PRIMARY KEY CONSTRAINT post_id_fkey REFERENCES posts (id) ON DELETE CASCADE,
          text TEXT NOT NULL
        ) STRICT;

        -- drop `posts.subtitle`
        ALTER TABLE posts DROP COLUMN subtitle;

        $ cargo tablature check
        ! error: `migrations/0002_split_subtitles.up.sql` was changed after schema.sql was written: its checksum is f8141a2eb0b5ca49, schema.sql has 99f6340dde4021c7; restore the file, or run `cargo tablature generate` if it was applied nowhere

        exit 1
        $ cargo tablature generate
        no migration is needed; wrote schema.sql

    "#]]);
}
