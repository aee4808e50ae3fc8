//! Tables, indexes, views, triggers and full-text tables.

use super::check;
use expect_test::expect;

#[test]
fn a_table() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY); CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT); CREATE INDEX by_name ON tags (name)",
        &[],
        expect![[r#"
            CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT);
            CREATE INDEX by_name ON tags (name);

            tablature 3.53: 2 steps, 1 steps back
            tablature 3.45: 2 steps, 1 steps back
            sqlx 3.53: 2 steps, 1 steps back
            sqlx 3.45: 2 steps, 1 steps back
        "#]],
    );
}

#[test]
fn an_index_changes() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT); CREATE INDEX by_title ON posts (title)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT); CREATE INDEX by_title ON posts (title DESC)",
        &[],
        expect![[r#"
            -- index `by_title` is defined in another way
            DROP INDEX by_title;

            CREATE INDEX by_title ON posts (title DESC);

            tablature 3.53: 2 steps, 2 steps back
            tablature 3.45: 2 steps, 2 steps back
            sqlx 3.53: 2 steps, 2 steps back
            sqlx 3.45: 2 steps, 2 steps back
        "#]],
    );
}

#[test]
fn a_view_and_a_trigger_change() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, at TEXT); CREATE VIEW titles AS SELECT title FROM posts; CREATE TRIGGER touch AFTER UPDATE OF title ON posts BEGIN UPDATE posts SET at = 1 WHERE id = new.id; END",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, at TEXT); CREATE VIEW titles AS SELECT lower(title) AS title FROM posts; CREATE TRIGGER touch AFTER UPDATE OF title ON posts BEGIN UPDATE posts SET at = 2 WHERE id = new.id; END",
        &[],
        expect![[r#"
            -- trigger `touch` is defined in another way
            DROP TRIGGER touch;

            -- view `titles` is defined in another way
            DROP VIEW titles;

            CREATE VIEW titles AS SELECT lower(title) AS title FROM posts;
            CREATE TRIGGER touch AFTER UPDATE OF title ON posts BEGIN UPDATE posts SET at = 2 WHERE id = new.id; END;

            tablature 3.53: 4 steps, 4 steps back
            tablature 3.45: 4 steps, 4 steps back
            sqlx 3.53: 4 steps, 4 steps back
            sqlx 3.45: 4 steps, 4 steps back
        "#]],
    );
}

#[test]
fn a_table_with_a_trigger_gets_a_column() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, at TEXT); CREATE TRIGGER touch AFTER UPDATE OF title ON posts BEGIN UPDATE posts SET at = 1 WHERE id = new.id; END",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, at TEXT, body TEXT); CREATE TRIGGER touch AFTER UPDATE OF title ON posts BEGIN UPDATE posts SET at = 1 WHERE id = new.id; END",
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
fn values_are_given_to_a_table_with_a_trigger_of_another_column() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, at TEXT); CREATE TRIGGER touch AFTER UPDATE OF title ON posts BEGIN UPDATE posts SET at = 1 WHERE id = new.id; END",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, at TEXT, body TEXT NOT NULL); CREATE TRIGGER touch AFTER UPDATE OF title ON posts BEGIN UPDATE posts SET at = 1 WHERE id = new.id; END",
        &["backfill posts.body=''"],
        expect![[r#"
            ALTER TABLE posts ADD COLUMN body TEXT;

            -- fill `posts.body`
            UPDATE posts SET body = ('');

            -- `posts.body` becomes NOT NULL
            ALTER TABLE posts ALTER COLUMN body SET NOT NULL;

            tablature 3.53: 3 steps, 1 steps back
            tablature 3.45: 7 steps, 1 rebuilt, 1 steps back
            sqlx 3.53: 3 steps, 1 steps back
            sqlx 3.45: 7 steps, 1 rebuilt, 1 steps back
        "#]],
    );
}

#[test]
fn a_table_with_fts_gets_a_column() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT); CREATE VIRTUAL TABLE f USING fts5(title, content='posts', content_rowid='id'); CREATE TRIGGER f_ai AFTER INSERT ON posts BEGIN INSERT INTO f (rowid, title) VALUES (new.id, new.title); END",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, body TEXT); CREATE VIRTUAL TABLE f USING fts5(title, content='posts', content_rowid='id'); CREATE TRIGGER f_ai AFTER INSERT ON posts BEGIN INSERT INTO f (rowid, title) VALUES (new.id, new.title); END",
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
fn fts_over_a_table_that_is_there() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT); CREATE VIRTUAL TABLE f USING fts5(title, content='posts', content_rowid='id'); CREATE TRIGGER f_ai AFTER INSERT ON posts BEGIN INSERT INTO f (rowid, title) VALUES (new.id, new.title); END",
        &[],
        expect![[r#"
            CREATE VIRTUAL TABLE f USING fts5(title, content='posts', content_rowid='id');

            -- fill fts `f`
            INSERT INTO f (f) VALUES ('rebuild');

            CREATE TRIGGER f_ai AFTER INSERT ON posts BEGIN INSERT INTO f (rowid, title) VALUES (new.id, new.title); END;

            tablature 3.53: 3 steps, 2 steps back
            tablature 3.45: 3 steps, 2 steps back
            sqlx 3.53: 3 steps, 2 steps back
            sqlx 3.45: 3 steps, 2 steps back
        "#]],
    );
}

#[test]
fn a_table_with_fts_is_rebuilt() {
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT); CREATE VIRTUAL TABLE f USING fts5(title, content='posts', content_rowid='id'); CREATE TRIGGER f_ai AFTER INSERT ON posts BEGIN INSERT INTO f (rowid, title) VALUES (new.id, new.title); END",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT COLLATE NOCASE); CREATE VIRTUAL TABLE f USING fts5(title, content='posts', content_rowid='id'); CREATE TRIGGER f_ai AFTER INSERT ON posts BEGIN INSERT INTO f (rowid, title) VALUES (new.id, new.title); END",
        &[],
        expect![[r#"
            -- rebuild `posts`: `title` changes its collation from none to nocase
            PRAGMA legacy_alter_table = ON;
            ALTER TABLE posts RENAME TO posts__old;
            PRAGMA legacy_alter_table = OFF;
            CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT COLLATE NOCASE);
            INSERT INTO posts (id, title) SELECT id, title FROM posts__old;
            DROP TABLE posts__old;

            CREATE TRIGGER f_ai AFTER INSERT ON posts BEGIN INSERT INTO f (rowid, title) VALUES (new.id, new.title); END;

            tablature 3.53: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
            tablature 3.45: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
            sqlx 3.53: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
            sqlx 3.45: 7 steps, 1 rebuilt, 7 steps, 1 rebuilt back
        "#]],
    );
}

/// What differs in words alone is no change.
fn alike(from: &str, to: &str) {
    check(
        from,
        to,
        &[],
        expect![[r#"

        tablature 3.53: 0 steps, 0 steps back
        tablature 3.45: 0 steps, 0 steps back
        sqlx 3.53: 0 steps, 0 steps back
        sqlx 3.45: 0 steps, 0 steps back
    "#]],
    );
}

#[test]
fn words_that_say_nothing_are_no_change() {
    alike(
        "CREATE TABLE a (id INTEGER PRIMARY KEY NOT NULL, b TEXT DEFAULT \"it's\")",
        "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT DEFAULT 'it''s')",
    );
    let table = "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT, c TEXT);";
    alike(
        &format!(
            "{table} CREATE TRIGGER t UPDATE OF b ON main.a FOR EACH ROW WHEN (new.b > 1) BEGIN SELECT 1; END"
        ),
        &format!(
            "{table} CREATE TRIGGER t BEFORE UPDATE OF \"b\" ON a WHEN new.b>1 BEGIN select 1; END"
        ),
    );
    alike(
        &format!("{table} CREATE VIRTUAL TABLE w USING fts5(b, content = 'a')"),
        &format!("{table} CREATE VIRTUAL TABLE w USING fts5(b, content = a, content_rowid = id)"),
    );
    alike(
        &format!(
            "{table} CREATE VIRTUAL TABLE w USING fts5(b, content = 'a', content_rowid = 'rowid')"
        ),
        &format!("{table} CREATE VIRTUAL TABLE w USING fts5(b, content = a, content_rowid = id)"),
    );
}

#[test]
fn a_trigger_that_does_something_else_is_made_anew() {
    let table = "CREATE TABLE a (b TEXT, c TEXT);";
    check(
        &format!("{table} CREATE TRIGGER t AFTER UPDATE OF b ON a BEGIN SELECT 1; END"),
        &format!("{table} CREATE TRIGGER t AFTER UPDATE OF b, c ON a BEGIN SELECT 1; END"),
        &[],
        expect![[r#"
            -- trigger `t` is defined in another way
            DROP TRIGGER t;

            CREATE TRIGGER t AFTER UPDATE OF b, c ON a BEGIN SELECT 1; END;

            tablature 3.53: 2 steps, 2 steps back
            tablature 3.45: 2 steps, 2 steps back
            sqlx 3.53: 2 steps, 2 steps back
            sqlx 3.45: 2 steps, 2 steps back
        "#]],
    );
}
