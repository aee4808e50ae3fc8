use super::proved_keeping;
use crate::migrations::Runner;
use crate::plan::{Hints, Target, scratch};
use crate::sqlite::inspect::inspect;
use crate::sqlite::prove::execute;
use expect_test::{Expect, expect};
use rusqlite::Connection;

const FROM: &str = "
CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES authors (id) ON DELETE CASCADE,
                    title TEXT, body TEXT NOT NULL CHECK (length(body) > 0));
CREATE TABLE tags (label TEXT, color TEXT);";
const ROWS: &str = "
INSERT INTO authors VALUES (1, 'Ann');
INSERT INTO posts VALUES (1, 1, 'a', 'precious'), (2, 1, 'b', 'dear'), (3, NULL, 'c', 'rare');
INSERT INTO tags (rowid, label, color) VALUES (7, 'x', 'red'), (9, 'x', 'blue');";

/// Up on rows, what happens meanwhile, and down: the rows of a table then, for every runner.
fn check(to: &str, meanwhile: &str, rows: &str, expect: Expect) {
    for runner in [Runner::Tablature, Runner::Sqlx] {
        let schema = |sql: &str| {
            let db = scratch().unwrap();
            db.execute_batch(sql).unwrap();
            inspect(&db).unwrap()
        };
        let (target, mut hints) = (Target::new(runner), Hints::default());
        if to.contains("articles") {
            hints.rename("posts=articles").unwrap();
        }
        let (from, to) = (schema(FROM), schema(to));
        let (proved, _) = proved_keeping(&from, &to, &hints, target).unwrap();
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(FROM).unwrap();
        db.execute_batch(ROWS).unwrap();
        execute(&db, &proved.up.script(), target).unwrap();
        db.execute_batch(meanwhile).unwrap();
        let down = proved.down.unwrap().script();
        execute(&db, &down, target).unwrap();
        let mut statement = db.prepare(rows).unwrap();
        let row = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
        let found: Vec<String> = statement
            .query_map((), row)
            .unwrap()
            .map(Result::unwrap)
            .collect();
        expect.assert_eq(&found.join(", "));
        assert_eq!(crate::diff::diff(&inspect(&db).unwrap(), &from), []);
    }
}

/// Without it, deleting all rows would read what was kept once for each.
#[test]
fn what_was_kept_of_a_row_is_found_by_an_index() {
    let db = scratch().unwrap();
    db.execute_batch(FROM).unwrap();
    let from = inspect(&db).unwrap();
    db.execute_batch("ALTER TABLE posts DROP COLUMN title; ALTER TABLE tags DROP COLUMN color")
        .unwrap();
    let (hints, target) = (Hints::default(), Target::new(Runner::Tablature));
    let (proved, _) = proved_keeping(&from, &inspect(&db).unwrap(), &hints, target).unwrap();
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(FROM).unwrap();
    execute(&db, &proved.up.script(), target).unwrap();
    for (table, key) in [("posts__kept", "id"), ("tags__kept", "rowid__")] {
        let sql = format!("EXPLAIN QUERY PLAN DELETE FROM {table} WHERE {key} = 1");
        let plan: String = db.query_row(&sql, (), |row| row.get(3)).unwrap();
        assert_eq!(
            plan,
            format!("SEARCH {table} USING INDEX {table}_key ({key}=?)")
        );
    }
    let down = proved.down.unwrap();
    assert!(!down.script().contains("DROP INDEX"), "{}", down.script());
}

const BODIES: &str = "SELECT id || ' ' || body FROM posts ORDER BY id";

#[test]
fn values_come_back_to_their_rows_and_to_no_others() {
    let to = FROM.replace(", body TEXT NOT NULL CHECK (length(body) > 0)", "");
    check(&to, "", BODIES, expect!["1 precious, 2 dear, 3 rare"]);
    let meanwhile = "DELETE FROM posts WHERE id IN (1, 3); INSERT INTO posts (id, title) VALUES (1, 'new'), (4, 'd')";
    check(&to, meanwhile, BODIES, expect!["1 0, 2 dear, 4 0"]);
    check(
        &to.replace("posts", "articles"),
        &meanwhile.replace("posts", "articles"),
        BODIES,
        expect!["1 0, 2 dear, 4 0"],
    );
}

#[test]
fn rows_without_a_key_are_found_by_their_rowid() {
    let to = FROM.replace("(label TEXT, color TEXT)", "(label TEXT)");
    let colors = "SELECT rowid || ' ' || color FROM tags ORDER BY rowid";
    check(&to, "", colors, expect!["7 red, 9 blue"]);
    check(
        &to,
        "DELETE FROM tags WHERE rowid = 9; INSERT INTO tags (rowid, label) VALUES (9, 'y')",
        "SELECT rowid || ' ' || coalesce(color, 'none') FROM tags ORDER BY rowid",
        expect!["7 red, 9 none"],
    );
}

#[test]
fn a_table_comes_back_with_its_rows() {
    let to = FROM.replace("CREATE TABLE tags (label TEXT, color TEXT);", "");
    check(
        &to,
        "",
        "SELECT rowid || ' ' || color FROM tags ORDER BY rowid",
        expect!["7 red, 9 blue"],
    );
}

/// What is lost without being dropped is not kept, and asked about like everywhere.
#[test]
fn what_is_not_kept_is_asked_about() {
    let given = |from: &str, to: &str, given: &[&str], expect: Expect| {
        let schema = |sql: &str| {
            let db = scratch().unwrap();
            db.execute_batch(sql).unwrap();
            inspect(&db).unwrap()
        };
        let (target, mut hints) = (Target::new(Runner::Tablature), Hints::default());
        for hint in given {
            match hint.split_once(' ').unwrap() {
                ("using", hint) => hints.backfill(hint).unwrap(),
                ("map", hint) => hints.map(hint).unwrap(),
                (_, hint) => hints.allow(hint).unwrap(),
            }
        }
        let kept = proved_keeping(&schema(from), &schema(to), &hints, target);
        let told = match kept {
            Ok((proved, _)) => {
                let hazards = proved.up.hazards.iter().map(ToString::to_string);
                hazards.collect::<Vec<_>>().join("\n")
            }
            Err(error) => error.to_string(),
        };
        expect.assert_eq(&told);
    };
    let check = |from: &str, to: &str, expect: Expect| given(from, to, &[], expect);
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, body TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT AS (upper(id)))",
        expect![[
            r#"T106: the values of `posts.title` give way to its expression; agree with `Hints::allow("drop:posts.title")`"#
        ]],
    );
    check(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views TEXT, body TEXT)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, views REAL)",
        expect![[
            r#"T112: `posts.views` changes its type from TEXT to REAL; '007' becomes 7.0, and others stay as they are, where the new type may not read them; say how with `Hints::using("posts.views=…")` (`CAST(views AS REAL)` makes 0 of what is no number), or agree with `Hints::allow("convert:posts.views")`"#
        ]],
    );
    check(
        "CREATE VIRTUAL TABLE boxes USING rtree(id, least, most)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY)",
        expect![[
            r#"T108: the virtual table `boxes` goes with its rows; agree with `Hints::allow("drop:boxes")`"#
        ]],
    );

    let from = "CREATE TABLE posts (id INTEGER PRIMARY KEY, n REAL, status TEXT CHECK (status IN ('a', 'b')), body TEXT) STRICT";
    let to = from
        .replace("n REAL", "n INTEGER")
        .replace(", body TEXT", "")
        .replace("'b'", "'b', 'c'");
    let cents = "using posts.n=CAST(round(n * 100) AS INTEGER)";
    given(
        from,
        &to,
        &[cents],
        expect![[
            r#"T112: `posts.n` is converted by an expression, and its old values are not kept; agree with `Hints::allow("convert:posts.n")`"#
        ]],
    );
    given(
        from,
        &to,
        &[cents, "allow convert:posts.n"],
        expect![[r#"
            T102: drops `posts.body` with its values; agree with `Hints::allow("drop:posts.body")`
            T211: values of `posts.n` are written
            T112: `posts.n` is converted by an expression, and its old values are not kept; agree with `Hints::allow("convert:posts.n")`"#]],
    );
    given(
        from,
        &to,
        &["using posts.n=CAST(n AS INTEGER)"],
        expect![[
            r#"T112: `posts.n` is converted by an expression, and its old values are not kept; agree with `Hints::allow("convert:posts.n")`"#
        ]],
    );
    let and_map = |map| [cents, "allow convert:posts.n", map];
    given(
        from,
        &to,
        &and_map("map posts.status:b=a"),
        expect![[
            r#"T112: `posts.status` maps values to ones that others have, and its old values are not kept; agree with `Hints::allow("convert:posts.status")`"#
        ]],
    );
    given(
        from,
        &to,
        &and_map("map posts.status:b=c"),
        expect![[r#"
            T102: drops `posts.body` with its values; agree with `Hints::allow("drop:posts.body")`
            T211: values of `posts.n` are written
            T112: `posts.n` is converted by an expression, and its old values are not kept; agree with `Hints::allow("convert:posts.n")`"#]],
    );
}
