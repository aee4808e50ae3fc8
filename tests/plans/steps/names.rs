//! Names that change.

use super::check;
use expect_test::expect;

#[test]
fn a_column_is_renamed() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, body TEXT CHECK (body <> '')); CREATE INDEX by_body ON posts (body); CREATE VIEW bodies AS SELECT body FROM posts",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, text TEXT CHECK (text <> '')); CREATE INDEX by_body ON posts (text); CREATE VIEW bodies AS SELECT text FROM posts",
        &["rename posts.body=text"],
        expect![[r#"
            ALTER TABLE posts RENAME COLUMN body TO text;

            tablature 3.53: 1 steps, 1 steps back
            tablature 3.45: 1 steps, 1 steps back
            sqlx 3.53: 1 steps, 1 steps back
            sqlx 3.45: 1 steps, 1 steps back
        "#]],
    );
}

#[test]
fn two_columns_swap_their_names() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, a TEXT, b TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, b TEXT, a TEXT)",
        &["rename posts.a=b", "rename posts.b=a"],
        expect![[r#"
            ALTER TABLE posts RENAME COLUMN a TO b__new;
            ALTER TABLE posts RENAME COLUMN b TO a;
            ALTER TABLE posts RENAME COLUMN b__new TO b;

            tablature 3.53: 3 steps, 3 steps back
            tablature 3.45: 3 steps, 3 steps back
            sqlx 3.53: 3 steps, 3 steps back
            sqlx 3.45: 3 steps, 3 steps back
        "#]],
    );
}

#[test]
fn a_column_takes_the_name_of_one_that_goes() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, a TEXT, b INTEGER)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, a INTEGER)",
        &["rename posts.b=a", "allow drop:posts.a"],
        expect![[r#"
            -- `posts.a` makes room
            ALTER TABLE posts RENAME COLUMN a TO a__old;

            ALTER TABLE posts RENAME COLUMN b TO a;
            ALTER TABLE posts DROP COLUMN a__old;

            tablature 3.53: 3 steps, 2 steps back
            tablature 3.45: 3 steps, 2 steps back
            sqlx 3.53: 3 steps, 2 steps back
            sqlx 3.45: 3 steps, 2 steps back
        "#]],
    );
}

#[test]
fn a_column_is_spelled_in_another_way() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, Title TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        &[],
        expect![[r#"
            ALTER TABLE posts RENAME COLUMN Title TO title;

            tablature 3.53: 1 steps, 1 steps back
            tablature 3.45: 1 steps, 1 steps back
            sqlx 3.53: 1 steps, 1 steps back
            sqlx 3.45: 1 steps, 1 steps back
        "#]],
    );
}

#[test]
fn a_table_is_renamed() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (post INTEGER REFERENCES posts); CREATE INDEX by_post ON comments (post)",
        "CREATE TABLE articles (id INTEGER PRIMARY KEY); CREATE TABLE comments (post INTEGER REFERENCES articles); CREATE INDEX by_post ON comments (post)",
        &["rename posts=articles"],
        expect![[r#"
            ALTER TABLE posts RENAME TO articles;

            tablature 3.53: 1 steps, 1 steps back
            tablature 3.45: 1 steps, 1 steps back
            sqlx 3.53: 1 steps, 1 steps back
            sqlx 3.45: 1 steps, 1 steps back
        "#]],
    );
}

#[test]
fn a_table_is_spelled_in_another_way() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY)",
        "CREATE TABLE Posts (id INTEGER PRIMARY KEY)",
        &[],
        expect![[r#"
            ALTER TABLE posts RENAME TO Posts__new;
            ALTER TABLE Posts__new RENAME TO Posts;

            tablature 3.53: 2 steps, 2 steps back
            tablature 3.45: 2 steps, 2 steps back
            sqlx 3.53: 2 steps, 2 steps back
            sqlx 3.45: 2 steps, 2 steps back
        "#]],
    );
}

#[test]
fn two_tables_swap_their_names() {
    check(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT); CREATE TABLE b (id INTEGER PRIMARY KEY, y TEXT)",
        "CREATE TABLE b (id INTEGER PRIMARY KEY, x TEXT); CREATE TABLE a (id INTEGER PRIMARY KEY, y TEXT)",
        &["rename a=b", "rename b=a"],
        expect![[r#"
            ALTER TABLE a RENAME TO b__new;
            ALTER TABLE b RENAME TO a;
            ALTER TABLE b__new RENAME TO b;

            tablature 3.53: 3 steps, 3 steps back
            tablature 3.45: 3 steps, 3 steps back
            sqlx 3.53: 3 steps, 3 steps back
            sqlx 3.45: 3 steps, 3 steps back
        "#]],
    );
}

#[test]
fn a_table_takes_the_name_of_one_that_goes() {
    check(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT); CREATE TABLE b (id INTEGER PRIMARY KEY, y TEXT)",
        "CREATE TABLE a (id INTEGER PRIMARY KEY, y TEXT)",
        &["rename b=a", "allow drop:a"],
        expect![[r#"
            -- `a` makes room
            ALTER TABLE a RENAME TO a__old;

            ALTER TABLE b RENAME TO a;
            DROP TABLE a__old;

            tablature 3.53: 3 steps, 2 steps back
            tablature 3.45: 3 steps, 2 steps back
            sqlx 3.53: 3 steps, 2 steps back
            sqlx 3.45: 3 steps, 2 steps back
        "#]],
    );
}
