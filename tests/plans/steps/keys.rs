//! Foreign keys, and tables that others refer to.

use super::check;
use expect_test::expect;

#[test]
fn a_column_that_refers() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER REFERENCES posts ON DELETE CASCADE)",
        &[],
        expect![[r#"
            ALTER TABLE comments ADD COLUMN post INTEGER REFERENCES posts ON DELETE CASCADE;

            tablature 3.53: 1 steps, 1 steps back
            tablature 3.45: 1 steps, 1 steps back
            sqlx 3.53: 1 steps, 1 steps back
            sqlx 3.45: 1 steps, 1 steps back
        "#]],
    );
}

#[test]
fn a_column_that_refers_to_a_new_table() {
    check(
        "CREATE TABLE comments (id INTEGER PRIMARY KEY)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER REFERENCES posts)",
        &[],
        expect![[r#"
            CREATE TABLE posts (id INTEGER PRIMARY KEY);
            ALTER TABLE comments ADD COLUMN post INTEGER REFERENCES posts;

            tablature 3.53: 2 steps, 2 steps back
            tablature 3.45: 2 steps, 2 steps back
            sqlx 3.53: 2 steps, 2 steps back
            sqlx 3.45: 2 steps, 2 steps back
        "#]],
    );
}

#[test]
fn a_foreign_key_of_a_column_that_was_there() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER REFERENCES posts)",
        &[],
        expect![[r#"
            -- rebuild `comments`: the foreign key of (post) is new
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE comments RENAME TO comments__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER REFERENCES posts);
            INSERT INTO comments (id, post) SELECT id, post FROM comments__old;
            DROP TABLE comments__old;

            tablature 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
            sqlx 3.45: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_named_foreign_key_is_dropped() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER, CONSTRAINT fk FOREIGN KEY (post) REFERENCES posts)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER)",
        &[],
        expect![[r#"
            -- `comments`: the foreign key of (post) is gone
            ALTER TABLE comments DROP CONSTRAINT fk;

            tablature 3.53: 1 steps, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 1 steps, 7 steps, 1 rebuilt back
            sqlx 3.45: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_foreign_key_without_a_name_is_dropped() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER REFERENCES posts)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER)",
        &[],
        expect![[r#"
            -- rebuild `comments`: the foreign key of (post) is gone, and has no name by which it could be dropped
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE comments RENAME TO comments__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER);
            INSERT INTO comments (id, post) SELECT id, post FROM comments__old;
            DROP TABLE comments__old;

            tablature 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
            sqlx 3.45: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_foreign_key_gets_another_action() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER CONSTRAINT fk REFERENCES posts)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER CONSTRAINT fk REFERENCES posts ON DELETE CASCADE)",
        &[],
        expect![[r#"
            -- rebuild `comments`: the foreign key of (post) is new
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE comments RENAME TO comments__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER CONSTRAINT fk REFERENCES posts ON DELETE CASCADE);
            INSERT INTO comments (id, post) SELECT id, post FROM comments__old;
            DROP TABLE comments__old;

            tablature 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
            sqlx 3.45: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_parent_whose_children_act_is_rebuilt() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER REFERENCES posts ON DELETE CASCADE); CREATE INDEX by_post ON comments (post)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT COLLATE NOCASE); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER REFERENCES posts ON DELETE CASCADE); CREATE INDEX by_post ON comments (post)",
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
            sqlx 3.53: 12 steps, 2 rebuilt, 12 steps, 2 rebuilt back
            sqlx 3.45: 12 steps, 2 rebuilt, 12 steps, 2 rebuilt back
        "#]],
    );
}

#[test]
fn a_parent_whose_children_do_not_act_is_rebuilt() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER REFERENCES posts); CREATE INDEX by_post ON comments (post)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT COLLATE NOCASE); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER REFERENCES posts); CREATE INDEX by_post ON comments (post)",
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
fn a_table_that_refers_to_itself_is_rebuilt() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, above INTEGER REFERENCES posts ON DELETE SET NULL)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT COLLATE NOCASE, above INTEGER REFERENCES posts ON DELETE SET NULL)",
        &[],
        expect![[r#"
            -- rebuild `posts`: `title` changes its collation from none to nocase
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT COLLATE NOCASE, above INTEGER REFERENCES posts ON DELETE SET NULL);
            INSERT INTO posts (id, title, above) SELECT id, title, above FROM posts__old;
            DROP TABLE posts__old;

            tablature 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
            sqlx 3.45: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_child_is_rebuilt_alone() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY, body TEXT, post INTEGER REFERENCES posts ON DELETE CASCADE)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY, body TEXT COLLATE NOCASE, post INTEGER REFERENCES posts ON DELETE CASCADE)",
        &[],
        expect![[r#"
            -- rebuild `comments`: `body` changes its collation from none to nocase
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE comments RENAME TO comments__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE comments (id INTEGER PRIMARY KEY, body TEXT COLLATE NOCASE, post INTEGER REFERENCES posts ON DELETE CASCADE);
            INSERT INTO comments (id, body, post) SELECT id, body, post FROM comments__old;
            DROP TABLE comments__old;

            tablature 3.53: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            tablature 3.45: 6 steps, 1 rebuilt, 6 steps, 1 rebuilt back
            sqlx 3.53: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
            sqlx 3.45: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
        "#]],
    );
}

#[test]
fn a_child_is_dropped() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER REFERENCES posts)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY)",
        &["allow drop:comments"],
        expect![[r#"
            DROP TABLE comments;

            tablature 3.53: 1 steps, 1 steps back
            tablature 3.45: 1 steps, 1 steps back
            sqlx 3.53: 1 steps, 1 steps back
            sqlx 3.45: 1 steps, 1 steps back
        "#]],
    );
}

#[test]
fn a_parent_and_its_child_are_dropped() {
    check(
        "CREATE TABLE notes (id INTEGER PRIMARY KEY); CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER REFERENCES posts)",
        "CREATE TABLE notes (id INTEGER PRIMARY KEY)",
        &["allow drop:comments", "allow drop:posts"],
        expect![[r#"
            DROP TABLE comments;
            DROP TABLE posts;

            tablature 3.53: 2 steps, 2 steps back
            tablature 3.45: 2 steps, 2 steps back
            sqlx 3.53: 2 steps, 2 steps back
            sqlx 3.45: 2 steps, 2 steps back
        "#]],
    );
}

#[test]
fn tables_that_refer_to_each_other_are_dropped() {
    check(
        "CREATE TABLE notes (id INTEGER PRIMARY KEY); CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES b); CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a)",
        "CREATE TABLE notes (id INTEGER PRIMARY KEY)",
        &["allow drop:a", "allow drop:b"],
        expect![[r#"
            DROP TABLE a;
            DROP TABLE b;

            tablature 3.53: 2 steps, 2 steps back
            tablature 3.45: 2 steps, 2 steps back
            sqlx 3.53: 9 steps, 2 steps back
            sqlx 3.45: 9 steps, 2 steps back
        "#]],
    );
}
