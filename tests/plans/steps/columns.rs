//! Columns that come, go and change.

use super::check;
use expect_test::expect;

#[test]
fn a_nullable_column() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, body TEXT)",
        &[],
        expect![[r#"
            ALTER TABLE posts ADD COLUMN body TEXT;

            tablature 3.53: 1 steps, 1 steps back
            tablature 3.45: 1 steps, 1 steps back
            sqlx 3.53: 1 steps, 1 steps back
            sqlx 3.45: 1 steps, 1 steps back
        "#]],
    );
}

#[test]
fn a_column_with_a_constant_default() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, views INTEGER NOT NULL DEFAULT 0)",
        &[],
        expect![[r#"
            ALTER TABLE posts ADD COLUMN views INTEGER NOT NULL DEFAULT 0;

            tablature 3.53: 1 steps, 1 steps back
            tablature 3.45: 1 steps, 1 steps back
            sqlx 3.53: 1 steps, 1 steps back
            sqlx 3.45: 1 steps, 1 steps back
        "#]],
    );
}

#[test]
fn a_column_with_a_check_and_a_default() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT) STRICT",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, state TEXT NOT NULL DEFAULT 'new' CONSTRAINT state CHECK (state IN ('new', 'old'))) STRICT",
        &[],
        expect![[r#"
            ALTER TABLE posts ADD COLUMN state TEXT NOT NULL DEFAULT 'new' CONSTRAINT state CHECK (state IN ('new', 'old'));

            tablature 3.53: 1 steps, 1 steps back
            tablature 3.45: 1 steps, 1 steps back
            sqlx 3.53: 1 steps, 1 steps back
            sqlx 3.45: 1 steps, 1 steps back
        "#]],
    );
}

#[test]
fn a_required_column_with_a_value_for_old_rows() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL, slug TEXT NOT NULL)",
        &["backfill posts.slug=lower(title)"],
        expect![[r#"
            ALTER TABLE posts ADD COLUMN slug TEXT;

            -- fill `posts.slug`
            UPDATE posts SET slug = (lower(title));

            -- `posts.slug` becomes NOT NULL
            ALTER TABLE posts ALTER COLUMN slug SET NOT NULL;

            tablature 3.53: 3 steps, 1 steps back
            tablature 3.45: 6 steps, 1 rebuilt, 1 steps back
            sqlx 3.53: 3 steps, 1 steps back
            sqlx 3.45: 6 steps, 1 rebuilt, 1 steps back
        "#]],
    );
}

#[test]
fn a_column_with_a_computed_default() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP)",
        &[],
        expect![[r#"
            -- rebuild `posts`: `created_at` is new and its default is computed
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
            INSERT INTO posts (id, title) SELECT id, title FROM posts__old;
            DROP TABLE posts__old;

            tablature 3.53: 6 steps, 1 rebuilt, 1 steps back
            tablature 3.45: 6 steps, 1 rebuilt, 1 steps back
            sqlx 3.53: 6 steps, 1 rebuilt, 1 steps back
            sqlx 3.45: 6 steps, 1 rebuilt, 1 steps back
        "#]],
    );
}

#[test]
fn a_column_is_dropped() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, body TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        &["allow drop:posts.body"],
        expect![[r#"
            ALTER TABLE posts DROP COLUMN body;

            tablature 3.53: 1 steps, 1 steps back
            tablature 3.45: 1 steps, 1 steps back
            sqlx 3.53: 1 steps, 1 steps back
            sqlx 3.45: 1 steps, 1 steps back
        "#]],
    );
}

#[test]
fn a_column_is_dropped_with_its_index_and_its_check() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, views INTEGER CHECK (views >= 0)); CREATE INDEX by_views ON posts (views)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        &["allow drop:posts.views"],
        expect![[r#"
            DROP INDEX by_views;
            ALTER TABLE posts DROP COLUMN views;

            tablature 3.53: 2 steps, 2 steps back
            tablature 3.45: 2 steps, 2 steps back
            sqlx 3.53: 2 steps, 2 steps back
            sqlx 3.45: 2 steps, 2 steps back
        "#]],
    );
}

#[test]
fn a_column_of_a_view_is_dropped() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, body TEXT); CREATE VIEW titles AS SELECT title, body FROM posts",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT); CREATE VIEW titles AS SELECT title FROM posts",
        &["allow drop:posts.body"],
        expect![[r#"
            -- view `titles` is defined in another way
            DROP VIEW titles;

            ALTER TABLE posts DROP COLUMN body;
            CREATE VIEW titles AS SELECT title FROM posts;

            tablature 3.53: 3 steps, 3 steps back
            tablature 3.45: 3 steps, 3 steps back
            sqlx 3.53: 3 steps, 3 steps back
            sqlx 3.45: 3 steps, 3 steps back
        "#]],
    );
}

#[test]
fn a_unique_column_is_dropped() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, slug TEXT UNIQUE)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        &["allow drop:posts.slug"],
        expect![[r#"
            -- rebuild `posts`: UNIQUE (slug) belongs to its statement
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);
            INSERT INTO posts (id, title) SELECT id, title FROM posts__old;
            DROP TABLE posts__old;

            tablature 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_column_becomes_required() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL)",
        &["backfill posts.title=coalesce(title, '')"],
        expect![[r#"
            -- fill `posts.title`
            UPDATE posts SET title = (coalesce(title, ''));

            -- `posts.title` becomes NOT NULL
            ALTER TABLE posts ALTER COLUMN title SET NOT NULL;

            tablature 3.53: 2 steps, 1 steps back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 2 steps, 1 steps back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_column_with_a_default_becomes_required() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER DEFAULT 0)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER NOT NULL DEFAULT 0)",
        &[],
        expect![[r#"
            -- fill `posts.views`
            UPDATE posts SET views = (COALESCE(views, 0)) WHERE views IS NULL;

            -- `posts.views` becomes NOT NULL
            ALTER TABLE posts ALTER COLUMN views SET NOT NULL;

            tablature 3.53: 2 steps, 1 steps back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 2 steps, 1 steps back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_column_becomes_nullable() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        &[],
        expect![[r#"
            -- `posts.title` becomes nullable
            ALTER TABLE posts ALTER COLUMN title DROP NOT NULL;

            tablature 3.53: 1 steps, 1 steps back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 1 steps, 1 steps back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_column_gets_another_type() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views REAL)",
        &["allow convert:posts.views"],
        expect![[r#"
            -- rebuild `posts`: `views` changes its type from INTEGER to REAL
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY, views REAL);
            INSERT INTO posts (id, views) SELECT id, views FROM posts__old;
            DROP TABLE posts__old;

            tablature 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_column_gets_another_default() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER DEFAULT 0)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER DEFAULT 1)",
        &[],
        expect![[r#"
            -- rebuild `posts`: `views` changes its default from 0 to 1
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER DEFAULT 1);
            INSERT INTO posts (id, views) SELECT id, views FROM posts__old;
            DROP TABLE posts__old;

            tablature 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_column_gets_another_collation() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT COLLATE NOCASE)",
        &[],
        expect![[r#"
            -- rebuild `posts`: `title` changes its collation from none to nocase
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT COLLATE NOCASE);
            INSERT INTO posts (id, title) SELECT id, title FROM posts__old;
            DROP TABLE posts__old;

            tablature 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn columns_in_another_order_and_another_spelling() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT)",
        r#"create table "posts" (body text, title text not null, id integer, primary key (id))"#,
        &[],
        expect![[r#"

            tablature 3.53: 0 steps, 0 steps back
            tablature 3.45: 0 steps, 0 steps back
            sqlx 3.53: 0 steps, 0 steps back
            sqlx 3.45: 0 steps, 0 steps back
        "#]],
    );
}
