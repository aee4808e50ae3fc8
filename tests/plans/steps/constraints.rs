//! Checks, unique keys and the options of a table.

use super::check;
use expect_test::expect;

#[test]
fn a_check_with_a_name() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER, CONSTRAINT positive CHECK (views >= 0))",
        &[],
        expect![[r#"
            -- `posts` gets CHECK (views >= 0)
            ALTER TABLE posts ADD CONSTRAINT positive CHECK (views >= 0);

            tablature 3.53: 1 steps, 1 steps back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 1 steps, 1 steps back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_check_without_a_name() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER CHECK (views >= 0))",
        &[],
        expect![[r#"
            -- `posts` gets CHECK (views >= 0)
            ALTER TABLE posts ADD CHECK (views >= 0);

            tablature 3.53: 1 steps, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 1 steps, 6 steps, 1 rebuilt back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_named_check_is_dropped() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER CONSTRAINT positive CHECK (views >= 0))",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER)",
        &[],
        expect![[r#"
            -- `posts`: CHECK (views >= 0) is gone
            ALTER TABLE posts DROP CONSTRAINT positive;

            tablature 3.53: 1 steps, 1 steps back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 1 steps, 1 steps back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_check_without_a_name_is_dropped() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER CHECK (views >= 0))",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER)",
        &[],
        expect![[r#"
            -- rebuild `posts`: CHECK (views >= 0) is gone, and has no name by which it could be dropped
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY, views INTEGER);
            INSERT INTO posts (id, views) SELECT id, views FROM posts__old;
            DROP TABLE posts__old;

            tablature 3.53: 6 steps, 1 rebuilt, 1 steps back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 6 steps, 1 rebuilt, 1 steps back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn an_enum_gets_a_value() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, state TEXT NOT NULL CONSTRAINT posts_state CHECK (state IN ('draft', 'live')))",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, state TEXT NOT NULL CONSTRAINT posts_state CHECK (state IN ('draft', 'live', 'gone')))",
        &[],
        expect![[r#"
            -- `posts`: CHECK (state IN ('draft', 'live')) is gone
            ALTER TABLE posts DROP CONSTRAINT posts_state;

            -- `posts` gets CHECK (state IN ('draft', 'live', 'gone'))
            ALTER TABLE posts ADD CONSTRAINT posts_state CHECK (state IN ('draft', 'live', 'gone'));

            tablature 3.53: 2 steps, 2 steps back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 2 steps, 2 steps back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn an_enums_value_is_renamed() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, state TEXT NOT NULL CONSTRAINT posts_state CHECK (state IN ('draft', 'live')))",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, state TEXT NOT NULL CONSTRAINT posts_state CHECK (state IN ('draft', 'published')))",
        &["map posts.state:live=published"],
        expect![[r#"
            -- `posts`: CHECK (state IN ('draft', 'live')) is gone
            ALTER TABLE posts DROP CONSTRAINT posts_state;

            -- fill `posts.state`
            UPDATE posts SET state = CASE state WHEN 'live' THEN 'published' ELSE state END WHERE state IN ('live');

            -- `posts` gets CHECK (state IN ('draft', 'published'))
            ALTER TABLE posts ADD CONSTRAINT posts_state CHECK (state IN ('draft', 'published'));

            tablature 3.53: 3 steps, 3 steps back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 3 steps, 3 steps back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_unique_index() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT); CREATE UNIQUE INDEX by_slug ON posts (slug)",
        &[],
        expect![[r#"
            CREATE UNIQUE INDEX by_slug ON posts (slug);

            tablature 3.53: 1 steps, 1 steps back
            tablature 3.45: 1 steps, 1 steps back
            sqlx 3.53: 1 steps, 1 steps back
            sqlx 3.45: 1 steps, 1 steps back
        "#]],
    );
}

#[test]
fn an_inline_unique() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT UNIQUE)",
        &[],
        expect![[r#"
            -- rebuild `posts`: UNIQUE (slug) belongs to its statement
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT UNIQUE);
            INSERT INTO posts (id, slug) SELECT id, slug FROM posts__old;
            DROP TABLE posts__old;

            tablature 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn an_inline_unique_is_dropped() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT UNIQUE)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT)",
        &[],
        expect![[r#"
            -- rebuild `posts`: UNIQUE (slug) belongs to its statement
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT);
            INSERT INTO posts (id, slug) SELECT id, slug FROM posts__old;
            DROP TABLE posts__old;

            tablature 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn another_primary_key() {
    check(
        "CREATE TABLE posts (id INTEGER, slug TEXT NOT NULL PRIMARY KEY)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT NOT NULL)",
        &[],
        expect![[r#"
            -- rebuild `posts`: its primary key changes
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT NOT NULL);
            INSERT INTO posts (id, slug) SELECT id, slug FROM posts__old;
            DROP TABLE posts__old;

            tablature 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn autoincrement() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT)",
        &[],
        expect![[r#"
            -- rebuild `posts`: its primary key changes
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT);
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
fn autoincrement_stays_when_something_else_changes() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT COLLATE NOCASE)",
        &[],
        expect![[r#"
            -- rebuild `posts`: `title` changes its collation from none to nocase
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT COLLATE NOCASE);
            INSERT INTO posts (id, title) SELECT id, title FROM posts__old;
            DELETE FROM sqlite_sequence WHERE name = 'posts';
            INSERT INTO sqlite_sequence (name, seq) SELECT 'posts', seq FROM sqlite_sequence WHERE name = 'posts__old';
            DROP TABLE posts__old;

            tablature 3.53: 8 steps, 1 rebuilt, 8 steps, 1 rebuilt back
            tablature 3.45: 8 steps, 1 rebuilt, 8 steps, 1 rebuilt back
            sqlx 3.53: 8 steps, 1 rebuilt, 8 steps, 1 rebuilt back
            sqlx 3.45: 8 steps, 1 rebuilt, 8 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn strict() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT) STRICT",
        &[],
        expect![[r#"
            -- rebuild `posts`: it becomes strict
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT) STRICT;
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
fn without_rowid() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT) WITHOUT ROWID",
        &[],
        expect![[r#"
            -- rebuild `posts`: its primary key changes
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT) WITHOUT ROWID;
            INSERT INTO posts (id, title) SELECT id, title FROM posts__old;
            DROP TABLE posts__old;

            tablature 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
        "#]],
    );
}
