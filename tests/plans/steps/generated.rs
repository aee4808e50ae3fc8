//! Columns that are computed.

use super::check;
use expect_test::expect;

#[test]
fn a_virtual_column() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, lower_title TEXT AS (lower(title)))",
        &[],
        expect![[r#"
            ALTER TABLE posts ADD COLUMN lower_title TEXT AS (lower(title));

            tablature 3.53: 1 steps, 1 steps back
            tablature 3.45: 1 steps, 1 steps back
            sqlx 3.53: 1 steps, 1 steps back
            sqlx 3.45: 1 steps, 1 steps back
        "#]],
    );
}

#[test]
fn a_virtual_column_gets_another_expression() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, key TEXT AS (lower(title))); CREATE INDEX by_key ON posts (key)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, key TEXT AS (upper(title))); CREATE INDEX by_key ON posts (key)",
        &[],
        expect![[r#"
            -- index `by_key` stands on `posts.key`
            DROP INDEX by_key;

            -- `posts.key` is generated in another way
            ALTER TABLE posts DROP COLUMN "key";
            ALTER TABLE posts ADD COLUMN key TEXT AS (upper(title));

            CREATE INDEX by_key ON posts (key);

            tablature 3.53: 4 steps, 4 steps back
            tablature 3.45: 4 steps, 4 steps back
            sqlx 3.53: 4 steps, 4 steps back
            sqlx 3.45: 4 steps, 4 steps back
        "#]],
    );
}

#[test]
fn a_stored_column() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, key TEXT AS (lower(title)) STORED)",
        &[],
        expect![[r#"
            -- rebuild `posts`: `key` is new and stored
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, key TEXT AS (lower(title)) STORED);
            INSERT INTO posts (id, title) SELECT id, title FROM posts__old;
            DROP TABLE posts__old;

            tablature 3.53: 6 steps, 1 rebuilt, 1 steps back
            tablature 3.45: 6 steps, 1 rebuilt, 1 steps back
            sqlx 3.53: 6 steps, 1 rebuilt, 1 steps back
            sqlx 3.45: 6 steps, 1 rebuilt, 1 steps back
        "#]],
    );
}
