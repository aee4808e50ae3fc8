use super::scratch::check;
use expect_test::expect;

#[test]
fn an_optional_column_is_added_in_place() {
    check(
        &[(
            "    pub body: String,",
            "    pub body: String,\n    pub slug: Option<String>,",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 add_slug_to_posts
            changes
              `posts.slug` is new
            steps
              scan     ALTER TABLE posts ADD COLUMN slug TEXT
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_add_slug_to_posts.up.sql
            wrote migrations/0002_add_slug_to_posts.down.sql
            wrote schema.sql

            == migrations/0002_add_slug_to_posts.down.sql
            -- The way back from add_slug_to_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts DROP COLUMN slug;

            == migrations/0002_add_slug_to_posts.up.sql
            -- `posts.slug` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts ADD COLUMN slug TEXT;

        "#]],
    );
}

#[test]
fn a_required_column_asks_for_the_value_of_old_rows() {
    check(
        &[(
            "    pub body: String,",
            "    pub body: String,\n    pub slug: String,",
        )],
        &[
            "cargo tablature generate",
            "cargo tablature generate --backfill 'posts.slug=lower(title)'",
        ],
        expect![[r#"
            $ cargo tablature generate
            ! error: T103: adds `posts.slug`, NOT NULL and without a value for the rows that exist
            ! hint: give `--backfill posts.slug=…` or `#[column(backfill = "…")]`, or a default, or make it an `Option`
            ! nothing was written; for example: cargo tablature generate --backfill "posts.slug=''"

            exit 2
            $ cargo tablature generate --backfill 'posts.slug=lower(title)'
            0002 add_slug_to_posts
            changes
              `posts.slug` is new
            steps
              instant  ALTER TABLE posts ADD COLUMN slug TEXT
              rewrite  UPDATE posts SET slug = (lower(title))
              scan     ALTER TABLE posts ALTER COLUMN slug SET NOT NULL
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_add_slug_to_posts.up.sql
            wrote migrations/0002_add_slug_to_posts.down.sql
            wrote schema.sql

            == migrations/0002_add_slug_to_posts.down.sql
            -- The way back from add_slug_to_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts DROP COLUMN slug;

            == migrations/0002_add_slug_to_posts.up.sql
            -- `posts.slug` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: backfill posts.slug=lower(title)

            ALTER TABLE posts ADD COLUMN slug TEXT;

            -- fill `posts.slug`
            UPDATE posts SET slug = (lower(title));

            -- `posts.slug` becomes NOT NULL
            ALTER TABLE posts ALTER COLUMN slug SET NOT NULL;

        "#]],
    );
}

#[test]
fn a_required_column_has_its_value_in_an_attribute() {
    check(
        &[(
            "    pub body: String,",
            "    pub body: String,\n    #[column(backfill = \"lower(title)\")]\n    pub slug: String,",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 add_slug_to_posts
            changes
              `posts.slug` is new
            steps
              instant  ALTER TABLE posts ADD COLUMN slug TEXT
              rewrite  UPDATE posts SET slug = (lower(title))
              scan     ALTER TABLE posts ALTER COLUMN slug SET NOT NULL
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_add_slug_to_posts.up.sql
            wrote migrations/0002_add_slug_to_posts.down.sql
            wrote schema.sql

            == migrations/0002_add_slug_to_posts.down.sql
            -- The way back from add_slug_to_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts DROP COLUMN slug;

            == migrations/0002_add_slug_to_posts.up.sql
            -- `posts.slug` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: backfill posts.slug=lower(title)

            ALTER TABLE posts ADD COLUMN slug TEXT;

            -- fill `posts.slug`
            UPDATE posts SET slug = (lower(title));

            -- `posts.slug` becomes NOT NULL
            ALTER TABLE posts ALTER COLUMN slug SET NOT NULL;

        "#]],
    );
}

#[test]
fn a_column_with_a_default_is_added_in_place() {
    check(
        &[(
            "    pub body: String,",
            "    pub body: String,\n    #[column(default = \"en\")]\n    pub language: String,",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 add_language_to_posts
            changes
              `posts.language` is new
            steps
              scan     ALTER TABLE posts ADD COLUMN language TEXT NOT NULL DEFAULT 'en'
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_add_language_to_posts.up.sql
            wrote migrations/0002_add_language_to_posts.down.sql
            wrote schema.sql

            == migrations/0002_add_language_to_posts.down.sql
            -- The way back from add_language_to_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts DROP COLUMN language;

            == migrations/0002_add_language_to_posts.up.sql
            -- `posts.language` is new
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts ADD COLUMN language TEXT NOT NULL DEFAULT 'en';

        "#]],
    );
}

#[test]
fn a_column_is_dropped_once_that_is_agreed_to() {
    check(
        &[("    pub subtitle: Option<String>,\n", "")],
        &[
            "cargo tablature generate",
            "cargo tablature generate --allow drop:posts.subtitle",
        ],
        expect![[r#"
            $ cargo tablature generate
            ! error: T102: drops `posts.subtitle` with its values
            ! hint: agree with `--allow drop:posts.subtitle`
            ! nothing was written; for example: cargo tablature generate --allow drop:posts.subtitle

            exit 2
            $ cargo tablature generate --allow drop:posts.subtitle
            0002 drop_subtitle_from_posts
            changes
              `posts.subtitle` is gone
            steps
              rewrite  ALTER TABLE posts DROP COLUMN subtitle
            hazards
              T102: drops `posts.subtitle` with its values
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_drop_subtitle_from_posts.up.sql
            wrote migrations/0002_drop_subtitle_from_posts.down.sql
            wrote schema.sql

            == migrations/0002_drop_subtitle_from_posts.down.sql
            -- The way back from drop_subtitle_from_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts ADD COLUMN subtitle TEXT;

            == migrations/0002_drop_subtitle_from_posts.up.sql
            -- `posts.subtitle` is gone
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: allow drop:posts.subtitle

            ALTER TABLE posts DROP COLUMN subtitle;

        "#]],
    );
}

#[test]
fn a_renamed_column_asks_and_the_flag_answers() {
    check(
        &[("pub subtitle: Option<String>", "pub lead: Option<String>")],
        &[
            "cargo tablature generate",
            "cargo tablature generate --rename posts.subtitle=lead",
        ],
        expect![[r#"
            $ cargo tablature generate
            ! error: T104: `posts.subtitle` is gone and `posts.lead` is new
            ! hint: if it was renamed, `--rename posts.subtitle=lead` or `#[column(renamed_from = "subtitle")]`; if not, `--allow drop:posts.subtitle`
            ! nothing was written; for example: cargo tablature generate --rename posts.subtitle=lead

            exit 2
            $ cargo tablature generate --rename posts.subtitle=lead
            0002 rename_subtitle_to_lead_in_posts
            changes
              `posts.subtitle` becomes `lead`
            steps
              instant  ALTER TABLE posts RENAME COLUMN subtitle TO lead
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_rename_subtitle_to_lead_in_posts.up.sql
            wrote migrations/0002_rename_subtitle_to_lead_in_posts.down.sql
            wrote schema.sql

            == migrations/0002_rename_subtitle_to_lead_in_posts.down.sql
            -- The way back from rename_subtitle_to_lead_in_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts RENAME COLUMN lead TO subtitle;

            == migrations/0002_rename_subtitle_to_lead_in_posts.up.sql
            -- `posts.subtitle` becomes `lead`
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: rename posts.subtitle=lead

            ALTER TABLE posts RENAME COLUMN subtitle TO lead;

        "#]],
    );
}

#[test]
fn an_attribute_names_the_old_column_and_may_stay() {
    check(
        &[(
            "    pub subtitle: Option<String>",
            "    #[column(renamed_from = \"subtitle\")]\n    pub lead: Option<String>",
        )],
        &["cargo tablature generate", "cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 rename_subtitle_to_lead_in_posts
            changes
              `posts.subtitle` becomes `lead`
            steps
              instant  ALTER TABLE posts RENAME COLUMN subtitle TO lead
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_rename_subtitle_to_lead_in_posts.up.sql
            wrote migrations/0002_rename_subtitle_to_lead_in_posts.down.sql
            wrote schema.sql

            == migrations/0002_rename_subtitle_to_lead_in_posts.down.sql
            -- The way back from rename_subtitle_to_lead_in_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts RENAME COLUMN lead TO subtitle;

            == migrations/0002_rename_subtitle_to_lead_in_posts.up.sql
            -- `posts.subtitle` becomes `lead`
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: rename posts.subtitle=lead

            ALTER TABLE posts RENAME COLUMN subtitle TO lead;

            $ cargo tablature generate
            nothing to do: the migrations lead to the structs

        "#]],
    );
}

#[test]
fn a_column_of_the_fts_is_renamed() {
    check(
        &[
            (
                "pub body: String",
                "#[column(renamed_from = \"body\")]\n    pub content: String",
            ),
            ("fts(title, body,", "fts(title, content,"),
        ],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            0002 rename_body_to_content_in_posts
            changes
              `posts.body` becomes `content`
              fts `posts_fts` is defined in another way
            steps
              instant  ALTER TABLE posts RENAME COLUMN body TO content
              instant  DROP TRIGGER posts_fts_insert
              instant  DROP TRIGGER posts_fts_delete
              instant  DROP TRIGGER posts_fts_update
              instant  DROP TABLE posts_fts
              instant  CREATE VIRTUAL TABLE posts_fts USING fts5( …
              scan     INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')
              instant  CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN …
              instant  CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, content, id, rowid, oid, _rowid_ ON posts BEGIN …
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_rename_body_to_content_in_posts.up.sql
            wrote migrations/0002_rename_body_to_content_in_posts.down.sql
            wrote schema.sql

            == migrations/0002_rename_body_to_content_in_posts.down.sql
            -- The way back from rename_body_to_content_in_posts.
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.

            ALTER TABLE posts RENAME COLUMN content TO body;

            -- trigger `posts_fts_insert` is defined in another way
            DROP TRIGGER posts_fts_insert;

            -- trigger `posts_fts_delete` is defined in another way
            DROP TRIGGER posts_fts_delete;

            -- trigger `posts_fts_update` is defined in another way
            DROP TRIGGER posts_fts_update;

            -- fts `posts_fts` is defined in another way
            DROP TABLE posts_fts;

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

            == migrations/0002_rename_body_to_content_in_posts.up.sql
            -- `posts.body` becomes `content`
            -- fts `posts_fts` is defined in another way
            -- Runs in a transaction with foreign keys off, and they are checked before it ends.
            -- tablature: rename posts.body=content

            ALTER TABLE posts RENAME COLUMN body TO content;

            -- trigger `posts_fts_insert` is defined in another way
            DROP TRIGGER posts_fts_insert;

            -- trigger `posts_fts_delete` is defined in another way
            DROP TRIGGER posts_fts_delete;

            -- trigger `posts_fts_update` is defined in another way
            DROP TRIGGER posts_fts_update;

            -- fts `posts_fts` is defined in another way
            DROP TABLE posts_fts;

            CREATE VIRTUAL TABLE posts_fts USING fts5(
              title,
              content,
              content = 'posts',
              content_rowid = 'id',
              tokenize = 'porter unicode61'
            );

            -- fill fts `posts_fts`
            INSERT INTO posts_fts (posts_fts) VALUES ('rebuild');

            CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN
              INSERT INTO posts_fts (rowid, title, content) VALUES (new.id, new.title, new.content);
            END;

            CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN
              INSERT INTO posts_fts (posts_fts, rowid, title, content) VALUES ('delete', old.id, old.title, old.content);
            END;

            CREATE TRIGGER posts_fts_update AFTER UPDATE OF title, content, id, rowid, oid, _rowid_ ON posts BEGIN
              INSERT INTO posts_fts (posts_fts, rowid, title, content) VALUES ('delete', old.id, old.title, old.content);
              INSERT INTO posts_fts (rowid, title, content) VALUES (new.id, new.title, new.content);
            END;

        "#]],
    );
}

#[test]
fn an_integer_becomes_a_real() {
    check(
        &[
            ("pub views: i64", "pub views: f64"),
            ("default = 0)", "default = 0.0)"),
        ],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
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
              T202: `posts.views` changes its type from INTEGER to REAL; values are converted, and it fails where one cannot be; give `--using posts.views=…` to say how
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_views_of_posts.up.sql
            wrote migrations/0002_change_views_of_posts.down.sql
            wrote schema.sql

            == migrations/0002_change_views_of_posts.down.sql
            -- The way back from change_views_of_posts.
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
fn a_text_becomes_an_integer_as_the_flag_says() {
    check(
        &[("    pub text: String,", "    pub text: i64,")],
        &[
            "cargo tablature generate --dry-run",
            "cargo tablature generate --using 'comments.text=length(text)'",
        ],
        expect![[r#"
            $ cargo tablature generate --dry-run
            0002 change_text_of_comments
            changes
              `comments.text` changes its type from TEXT to INTEGER
            steps
              instant  PRAGMA legacy_alter_table = ON
              instant  ALTER TABLE comments RENAME TO comments__old
              instant  PRAGMA legacy_alter_table = OFF
              instant  CREATE TABLE comments ( …
              rewrite  INSERT INTO comments (id, post_id, text) SELECT id, post_id, text FROM comments__old
              rewrite  DROP TABLE comments__old
              scan     CREATE INDEX comments_post_id_idx ON comments (post_id)
            hazards
              T202: `comments.text` changes its type from TEXT to INTEGER; values are converted, and it fails where one cannot be; give `--using comments.text=…` to say how
            proved up, down and up again, on 13 witness rows

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
            proved up, down and up again, on 18 witness rows
            wrote migrations/0002_change_text_of_comments.up.sql
            wrote migrations/0002_change_text_of_comments.down.sql
            wrote schema.sql

            == migrations/0002_change_text_of_comments.down.sql
            -- The way back from change_text_of_comments.
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
fn an_optional_column_becomes_required() {
    check(
        &[("pub subtitle: Option<String>", "pub subtitle: String")],
        &[
            "cargo tablature generate --dry-run",
            "cargo tablature generate --backfill \"posts.subtitle=''\"",
        ],
        expect![[r#"
            $ cargo tablature generate --dry-run
            0002 change_subtitle_of_posts
            changes
              `posts.subtitle` becomes NOT NULL
            steps
              scan     ALTER TABLE posts ALTER COLUMN subtitle SET NOT NULL
            hazards
              T201: `posts.subtitle` becomes NOT NULL; it fails where a row has NULL; give `--backfill posts.subtitle=…` for rows that have NULL
            proved up, down and up again, on 17 witness rows

            $ cargo tablature generate --backfill "posts.subtitle=''"
            0002 change_subtitle_of_posts
            changes
              `posts.subtitle` becomes NOT NULL
            steps
              rewrite  UPDATE posts SET subtitle = (COALESCE("subtitle", ''))
              scan     ALTER TABLE posts ALTER COLUMN subtitle SET NOT NULL
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
            UPDATE posts SET subtitle = (COALESCE("subtitle", ''));

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

#[test]
fn the_order_of_columns_alone_is_no_migration() {
    check(
        &[(
            "    pub title: String,\n    pub subtitle: Option<String>,\n",
            "    pub subtitle: Option<String>,\n    pub title: String,\n",
        )],
        &["cargo tablature generate"],
        expect![[r#"
            $ cargo tablature generate
            no migration is needed; wrote schema.sql

        "#]],
    );
}
