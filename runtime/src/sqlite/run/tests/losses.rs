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

/// What was said of the way forth, of the way back, the values then, and what is told.
/// What is told of a way back, after what was said of the way forth, and with values that are there by then.
fn converted(said: &str, back: &str, values: &str, told: Expect) {
    let db = &mut Connection::open_in_memory().unwrap();
    let to = |old: &str, new: &str, columns: &str| {
        format!(
            "CREATE TABLE to_be (id INTEGER PRIMARY KEY, {columns}) STRICT;
             INSERT INTO to_be SELECT * FROM {old};
             DROP TABLE {old};
             ALTER TABLE to_be RENAME TO {new};"
        )
    };
    let renames = said.contains("rename");
    let (new, text) = if renames {
        ("articles", "u ANY")
    } else {
        ("posts", "t TEXT")
    };
    let before = "s TEXT CHECK (s IN ('draft', 'live')), n INTEGER, t TEXT";
    let after = format!("s TEXT CHECK (s IN ('draft', 'live', 'out')), n INTEGER, {text}");
    let create = format!("CREATE TABLE posts (id INTEGER PRIMARY KEY, {before}) STRICT");
    let up = format!("{said}\n{}", to("posts", new, &after));
    let down = format!("{back}\n{}", to(new, "posts", before));
    let script = |version, up, down| Script {
        version,
        name: "posts",
        stem: "posts",
        up,
        down,
    };
    let scripts = [script(1, &create, None), script(2, &up, Some(&down))];
    super::migrate(db, &scripts).unwrap();
    db.execute_batch(&format!("INSERT INTO {new} VALUES {values}"))
        .unwrap();
    let losses = losses_to(db, &scripts.as_slice().into(), 1).unwrap();
    let lines: Vec<String> = losses
        .iter()
        .map(|it| format!("{it}; {}", it.agreement()))
        .collect();
    told.assert_eq(&lines.join("\n"));
}

#[test]
fn what_an_expression_has_converted_is_told_where_the_way_back_does_not_undo_it() {
    let check = converted;
    let rows = "(1, 'draft', 7, 'a'), (2, 'live', NULL, 'b'), (3, 'out', 9, NULL)";
    let using = "-- tablature: using posts.n=n * 100";
    check(
        using,
        "",
        rows,
        expect![
            "values of `posts.n` that were converted on the way up, which the way back does not undo, 2 in all; convert:posts.n"
        ],
    );
    check(using, "", "(1, 'draft', NULL, 'a')", expect![[""]]);
    check(
        using,
        "-- tablature: using posts.n=n / 100",
        rows,
        expect![[""]],
    );
    check(
        using,
        "-- tablature: allow convert:posts.n",
        rows,
        expect![[""]],
    );
    // NULL alone was filled, or the values are as they were.
    for said in [
        "backfill posts.n=0",
        "backfill posts.n=COALESCE(n, 0)",
        "using posts.n=n",
        "using posts.n=CAST(n AS INTEGER)",
    ] {
        check(&format!("-- tablature: {said}"), "", rows, expect![[""]]);
    }
    check(
        "-- tablature: using posts.n=COALESCE(n, 0) * 2",
        "",
        rows,
        expect![
            "values of `posts.n` that were converted on the way up, which the way back does not undo, 2 in all; convert:posts.n"
        ],
    );
    check(
        "-- tablature: using posts.n=CAST(n AS TEXT)",
        "",
        rows,
        expect![
            "values of `posts.n` that were converted on the way up, which the way back does not undo, 2 in all; convert:posts.n"
        ],
    );
    // By the names of both sides.
    let moved = "-- tablature: rename posts=articles\n-- tablature: rename posts.t=u\n-- tablature: using articles.u=upper(t)";
    check(
        moved,
        "",
        rows,
        expect![
            "values of `articles.u` that were converted on the way up, which the way back does not undo, 2 in all; convert:articles.u"
        ],
    );
    check(
        moved,
        "-- tablature: using posts.t=lower(u)",
        rows,
        expect![[""]],
    );
}

/// One for one it is undone; two that are one are not.
#[test]
fn what_a_map_has_made_one_is_told() {
    let rows = "(1, 'draft', 7, 'a'), (2, 'live', NULL, 'b'), (3, 'out', 9, NULL)";
    let check = |pairs: &[&str], told: Expect| {
        let lines: Vec<String> = pairs
            .iter()
            .map(|it| format!("-- tablature: map posts.{it}"))
            .collect();
        converted(&lines.join("\n"), "", rows, told);
    };
    check(&["s:live=out"], expect![[""]]);
    check(&["s:live=draft", "s:draft=live"], expect![[""]]);
    check(
        &["s:live=draft"],
        expect![
            "values of `posts.s` that were converted on the way up, which the way back does not undo, 1 in all; convert:posts.s"
        ],
    );
    check(
        &["s:live=out", "s:draft=out"],
        expect![
            "values of `posts.s` that were converted on the way up, which the way back does not undo, 1 in all; convert:posts.s"
        ],
    );
    // Any text may have been there.
    check(
        &["t:x=a"],
        expect![
            "values of `posts.t` that were converted on the way up, which the way back does not undo, 1 in all; convert:posts.t"
        ],
    );
}

/// The migration may be of a newer program; the head of what was kept of it says it.
#[test]
fn the_head_of_a_way_back_tells_what_it_does_not_undo() {
    let db = &mut Connection::open_in_memory().unwrap();
    let script = |version, up, down| Script {
        version,
        name: "posts",
        stem: "posts",
        up,
        down,
    };
    let create = "CREATE TABLE posts (id INTEGER PRIMARY KEY, n INTEGER)";
    let head = crate::sqlite::plan::not_undone("posts", "n");
    let down = format!("-- {head}\nUPDATE posts SET n = n");
    let scripts = [
        script(1, create, None),
        script(2, "UPDATE posts SET n = n * 100", Some(&down)),
    ];
    super::migrate(db, &scripts).unwrap();
    db.execute_batch("INSERT INTO posts (n) VALUES (7)")
        .unwrap();
    let losses = losses_to(db, &scripts[..1].into(), 1).unwrap();
    assert_eq!(losses[0].agreement(), "convert:posts.n");
}
