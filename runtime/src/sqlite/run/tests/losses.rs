//! What a way back would convert.

use super::super::losses_to;
use super::Script;
use expect_test::{Expect, expect};
use rusqlite::Connection;

#[test]
fn what_a_way_back_converts_is_told_where_it_is_not_the_same_again() {
    let to = |declared: &str, value: &str| {
        format!(
            "ALTER TABLE posts RENAME TO posts__old;
             CREATE TABLE posts (id INTEGER PRIMARY KEY, n {declared}) STRICT;
             INSERT INTO posts SELECT id, {value} FROM posts__old;
             DROP TABLE posts__old;"
        )
    };
    let check = |declared: (&str, &str), down: &str, values: &str, told: Expect| {
        let db = &mut Connection::open_in_memory().unwrap();
        let (before, after) = declared;
        let create = format!("CREATE TABLE posts (id INTEGER PRIMARY KEY, n {before}) STRICT");
        let up = to(after, "n");
        let script = |version, up, down| Script {
            version,
            name: "posts",
            stem: "posts",
            up,
            down,
        };
        let scripts = [script(1, &create, None), script(2, &up, Some(down))];
        super::migrate(db, &scripts).unwrap();
        db.execute_batch(&format!("INSERT INTO posts (n) VALUES {values}"))
            .unwrap();
        let losses = losses_to(db, &scripts.as_slice().into(), 1).unwrap();
        let lines: Vec<String> = losses
            .iter()
            .map(|it| format!("{it}; {}", it.agreement()))
            .collect();
        told.assert_eq(&lines.join("\n"));
    };
    let (texts, numbers) = (("INTEGER", "TEXT"), ("INTEGER", "REAL"));
    let (as_integer, by_hand) = (to("INTEGER", "n"), to("INTEGER", "length(n)"));
    check(texts, &as_integer, "('7'), (NULL), ('-12')", expect![""]);
    check(
        texts,
        &as_integer,
        "('7'), ('007'), ('x')",
        expect![
            "values of `posts.n` that INTEGER does not hold as they are, 2 in all; convert:posts.n"
        ],
    );
    check(numbers, &as_integer, "(7.0), (1e15)", expect![""]);
    check(
        numbers,
        &as_integer,
        "(7.0), (7.5)",
        expect![
            "values of `posts.n` that INTEGER does not hold as they are, 1 in all; convert:posts.n"
        ],
    );
    let as_real = to("REAL", "n");
    let integers = ("REAL", "INTEGER");
    check(
        integers,
        &as_real,
        "(7), (9007199254740993)",
        expect![
            "values of `posts.n` that REAL does not hold as they are, 1 in all; convert:posts.n"
        ],
    );
    // It does what no plan knows, and may say so.
    check(
        texts,
        &by_hand,
        "('seven')",
        expect![
            "values of `posts.n` that INTEGER does not hold as they are, 1 in all; convert:posts.n"
        ],
    );
    let said = format!("-- tablature: using posts.n=length(n)\n{by_hand}");
    check(texts, &said, "('seven')", expect![""]);
}
