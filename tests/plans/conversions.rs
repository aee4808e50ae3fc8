//! A column gets another type: what is asked, and that what is not asked changes no value.

use expect_test::{Expect, expect};
use std::fmt::Write as _;
use tablature::migrations::Runner;
use tablature::plan::{self, Hints, PlanError, Target};
use tablature::rusqlite::Connection;
use tablature::schema::Schema;
use tablature::{diff::diff, inspect};

/// What only a look at each kind of value finds: `'1700000000'` is no `1700000000`, and `2^53 + 1` is no real.
const VALUES: [&str; 14] = [
    "NULL",
    "7",
    "-7",
    "9007199254740993",
    "7.0",
    "7.5",
    "1e300",
    "'7'",
    "'007'",
    "'7.0'",
    "'1e3'",
    "'seven'",
    "''",
    "x'3037'",
];

fn database(declared: &str, strict: bool) -> Connection {
    let strict = if strict { " STRICT" } else { "" };
    let db = plan::scratch().unwrap();
    db.execute_batch(&format!("CREATE TABLE t (v {declared}){strict}"))
        .unwrap();
    db
}

fn planned(from: &Schema, to: &Schema, hints: &Hints) -> Result<plan::Plan, PlanError> {
    plan::plan(from, to, hints, Target::new(Runner::Tablature))
}

/// Codes for each pair of types, `.` where nothing is said. Where nothing is asked, every value that the old column takes
/// equals itself afterwards, or the plan fails on it as a whole.
fn check(types: (&[&str], bool), into: (&[&str], bool), expect: Expect) {
    let mut shown = String::new();
    for old in types.0 {
        let _ = write!(shown, "{:<8}", if old.is_empty() { "(none)" } else { old });
        for new in into.0 {
            let (a, b) = (database(old, types.1), database(new, into.1));
            let (from, to) = (inspect(&a).unwrap(), inspect(&b).unwrap());
            let code = match planned(&from, &to, &Hints::default()) {
                Ok(planned) => {
                    keeps(&a, &planned.script(), &format!("{old} to {new}"));
                    assert!(diff(&inspect(&a).unwrap(), &to).is_empty());
                    let retyped = planned
                        .hazards
                        .iter()
                        .find(|it| it.reason.contains("`t.v`"));
                    retyped.map_or(".", |it| it.code.code())
                }
                Err(PlanError::Refused(hazards)) => hazards[0].code.code(),
                Err(error) => panic!("{old} to {new}: {error}"),
            };
            let _ = write!(shown, " {new}:{code}");
        }
        shown.push('\n');
    }
    expect.assert_eq(&shown);
}

/// Each value alone, since a strict table refuses some.
fn keeps(db: &Connection, script: &str, what: &str) {
    db.execute_batch("CREATE TEMP TABLE before (v)").unwrap();
    let taken = |value: &&&str| {
        let sql = format!("INSERT INTO t VALUES ({value})");
        db.execute_batch(&sql).is_ok()
    };
    for value in VALUES.iter().filter(taken) {
        db.execute_batch(
            "DELETE FROM temp.before; DELETE FROM t WHERE rowid < (SELECT max(rowid) FROM t);
             INSERT INTO temp.before SELECT v FROM t; SAVEPOINT one",
        )
        .unwrap();
        if db.execute_batch(script).is_ok() {
            let same = "SELECT t.v IS before.v FROM t, temp.before AS before";
            let same: bool = db.query_row(same, (), |row| row.get(0)).unwrap();
            assert!(
                same,
                "{what}: {value} becomes another value, and nobody was asked"
            );
        }
        db.execute_batch("ROLLBACK TO one; RELEASE one").unwrap();
    }
    db.execute_batch("DELETE FROM t; DROP TABLE temp.before")
        .unwrap();
    db.execute_batch(script).unwrap();
}

const STRICT: (&[&str], bool) = (&["INTEGER", "REAL", "TEXT", "BLOB", "ANY"], true);
const LAX: (&[&str], bool) = (
    &["INTEGER", "REAL", "TEXT", "BLOB", "DATETIME", "ANY", ""],
    false,
);

#[test]
fn from_a_strict_table_to_a_strict_one() {
    check(
        STRICT,
        STRICT,
        expect![[r#"
        INTEGER  INTEGER:. REAL:T112 TEXT:T112 BLOB:T110 ANY:.
        REAL     INTEGER:T112 REAL:. TEXT:T112 BLOB:T110 ANY:.
        TEXT     INTEGER:T112 REAL:T112 TEXT:. BLOB:T110 ANY:.
        BLOB     INTEGER:T110 REAL:T110 TEXT:T110 BLOB:. ANY:.
        ANY      INTEGER:T112 REAL:T112 TEXT:T112 BLOB:T112 ANY:.
    "#]],
    );
}

#[test]
fn from_a_lax_table_to_a_lax_one() {
    check(
        LAX,
        LAX,
        expect![[r#"
        INTEGER  INTEGER:. REAL:T112 TEXT:T112 BLOB:T112 DATETIME:T202 ANY:T202 :.
        REAL     INTEGER:T112 REAL:. TEXT:T112 BLOB:T112 DATETIME:T202 ANY:T202 :.
        TEXT     INTEGER:T112 REAL:T112 TEXT:. BLOB:T112 DATETIME:T112 ANY:T112 :.
        BLOB     INTEGER:T112 REAL:T112 TEXT:T112 BLOB:. DATETIME:T112 ANY:T112 :.
        DATETIME INTEGER:T112 REAL:T112 TEXT:T112 BLOB:T112 DATETIME:. ANY:. :.
        ANY      INTEGER:T112 REAL:T112 TEXT:T112 BLOB:T112 DATETIME:. ANY:. :.
        (none)   INTEGER:T112 REAL:T112 TEXT:T112 BLOB:T112 DATETIME:T112 ANY:T112 :.
    "#]],
    );
}

#[test]
fn from_a_strict_table_to_a_lax_one() {
    check(
        STRICT,
        LAX,
        expect![[r#"
        INTEGER  INTEGER:. REAL:T112 TEXT:T112 BLOB:T112 DATETIME:T202 ANY:T202 :.
        REAL     INTEGER:T112 REAL:. TEXT:T112 BLOB:T112 DATETIME:T202 ANY:T202 :.
        TEXT     INTEGER:T112 REAL:T112 TEXT:. BLOB:T112 DATETIME:T112 ANY:T112 :.
        BLOB     INTEGER:T112 REAL:T112 TEXT:T112 BLOB:. DATETIME:T112 ANY:T112 :.
        ANY      INTEGER:T112 REAL:T112 TEXT:T112 BLOB:T112 DATETIME:T112 ANY:T112 :.
    "#]],
    );
}

#[test]
fn from_a_lax_table_to_a_strict_one() {
    check(
        LAX,
        STRICT,
        expect![[r#"
        INTEGER  INTEGER:. REAL:T112 TEXT:T112 BLOB:T112 ANY:.
        REAL     INTEGER:T112 REAL:. TEXT:T112 BLOB:T112 ANY:.
        TEXT     INTEGER:T112 REAL:T112 TEXT:. BLOB:T112 ANY:.
        BLOB     INTEGER:T112 REAL:T112 TEXT:T112 BLOB:. ANY:.
        DATETIME INTEGER:T112 REAL:T112 TEXT:T112 BLOB:T112 ANY:.
        ANY      INTEGER:T112 REAL:T112 TEXT:T112 BLOB:T112 ANY:.
        (none)   INTEGER:T112 REAL:T112 TEXT:T112 BLOB:T112 ANY:.
    "#]],
    );
}

/// What is asked, or told where `hints` have answered.
fn asks(from: &str, to: &str, hints: &[&str], expect: Expect) {
    let schema = |sql: &str| {
        let db = plan::scratch().unwrap();
        db.execute_batch(sql).unwrap();
        inspect(&db).unwrap()
    };
    let mut said = Hints::default();
    for hint in hints {
        match hint.split_once(' ').unwrap() {
            ("allow", hint) => said.allow(hint),
            ("using", hint) => said.using(hint),
            ("backfill", hint) => said.backfill(hint),
            ("rename", hint) => said.rename(hint),
            (_, hint) => said.map(hint),
        }
        .unwrap();
    }
    let answer = match planned(&schema(from), &schema(to), &said) {
        Ok(plan) => plan.hazards.iter().fold("planned".to_owned(), |text, it| {
            format!("{text}\n{}: {}", it.code.code(), it.reason)
        }),
        Err(error) => error.to_string(),
    };
    expect.assert_eq(&answer);
}

#[test]
fn agreement_names_the_column_as_it_is_afterwards() {
    let (from, to) = (
        "CREATE TABLE posts (at INTEGER, n REAL) STRICT",
        "CREATE TABLE articles (since TEXT, n INTEGER) STRICT",
    );
    let renames = ["rename posts=articles", "rename posts.at=since"];
    asks(
        from,
        to,
        &renames,
        expect![[r#"
            T112: `articles.since` changes its type from INTEGER to TEXT; 7 becomes '7', which a date, for one, cannot be read from; say how with `Hints::using("articles.since=…")`, or agree with `Hints::allow("convert:articles.since")`
            T112: `articles.n` changes its type from REAL to INTEGER; 7.0 becomes 7, and it fails where one does not fit; say how with `Hints::using("articles.n=…")` (`CAST(round(n) AS INTEGER)` rounds), or agree with `Hints::allow("convert:articles.n")`"#]],
    );
    let agreed = ["allow convert:Articles.Since", "allow convert:articles.n"];
    asks(
        from,
        to,
        &[renames, agreed].concat(),
        expect![[r#"
        planned
        T112: `articles.since` changes its type from INTEGER to TEXT; 7 becomes '7', which a date, for one, cannot be read from
        T112: `articles.n` changes its type from REAL to INTEGER; 7.0 becomes 7, and it fails where one does not fit"#]],
    );
    let said = ["using articles.since=at + 1", "using articles.n=round(n)"];
    asks(
        from,
        to,
        &[renames, said].concat(),
        expect![[r#"
            planned
            T211: values of `articles.since` are written
            T211: values of `articles.n` are written"#]],
    );
    // Of one column, not of the other.
    asks(
        from,
        to,
        &[&renames[..], &agreed[..1]].concat(),
        expect![[
            r#"T112: `articles.n` changes its type from REAL to INTEGER; 7.0 becomes 7, and it fails where one does not fit; say how with `Hints::using("articles.n=…")` (`CAST(round(n) AS INTEGER)` rounds), or agree with `Hints::allow("convert:articles.n")`"#
        ]],
    );
}

/// A backfill is for NULL, whatever the type becomes.
#[test]
fn a_backfill_is_no_answer() {
    let (from, to) = (
        "CREATE TABLE posts (views INTEGER) STRICT",
        "CREATE TABLE posts (views TEXT NOT NULL) STRICT",
    );
    asks(
        from,
        to,
        &["backfill posts.views='none'"],
        expect![[
            r#"T112: `posts.views` changes its type from INTEGER to TEXT; 7 becomes '7', which a date, for one, cannot be read from; say how with `Hints::using("posts.views=…")`, or agree with `Hints::allow("convert:posts.views")`"#
        ]],
    );
    let hints = ["backfill posts.views='none'", "allow convert:posts.views"];
    asks(
        from,
        to,
        &hints,
        expect![[r#"
        planned
        T112: `posts.views` changes its type from INTEGER to TEXT; 7 becomes '7', which a date, for one, cannot be read from
        T211: values of `posts.views` are written"#]],
    );
    let mut said = Hints::default();
    said.backfill("posts.views='none'").unwrap();
    said.allow("convert:posts.views").unwrap();
    let db = plan::scratch().unwrap();
    db.execute_batch(from).unwrap();
    let wanted = plan::scratch().unwrap();
    wanted.execute_batch(to).unwrap();
    let plan = planned(&inspect(&db).unwrap(), &inspect(&wanted).unwrap(), &said).unwrap();
    db.execute_batch("INSERT INTO posts VALUES (5), (NULL)")
        .unwrap();
    for step in &plan.steps {
        db.execute_batch(&step.sql).unwrap();
    }
    let found: String = db
        .query_row("SELECT group_concat(views) FROM posts", (), |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(found, "5,none");
}

#[test]
fn a_map_goes_with_a_backfill_and_not_with_using() {
    let (from, to) = (
        "CREATE TABLE posts (state TEXT) STRICT",
        "CREATE TABLE posts (state TEXT NOT NULL) STRICT",
    );
    let mapped = "map posts.state:live=public";
    asks(
        from,
        to,
        &["backfill posts.state='draft'", mapped],
        expect![[r#"
        planned
        T211: values of `posts.state` are written"#]],
    );
    asks(
        from,
        to,
        &["using posts.state=lower(state)", mapped],
        expect![
            "`posts.state:live=public` maps values, and `using` writes all of them; say both in its expression, with CASE"
        ],
    );
}

#[test]
fn values_that_are_mapped_one_by_one_are_an_answer() {
    let from = "CREATE TABLE posts (state TEXT CHECK (state IN ('draft', 'live'))) STRICT";
    let to = "CREATE TABLE posts (state INTEGER) STRICT";
    asks(
        from,
        to,
        &["map posts.state:draft=0", "map posts.state:live=1"],
        expect!["planned"],
    );
    // One that is not mapped.
    asks(
        from,
        to,
        &["map posts.state:draft=0"],
        expect![[
            r#"T112: `posts.state` changes its type from TEXT to INTEGER; '007' becomes 7, and it fails where one does not fit; say which become which, of 'live', with `Hints::map("posts.state:OLD=NEW")`, or how all do with `Hints::using("posts.state=…")`, or agree with `Hints::allow("convert:posts.state")`"#
        ]],
    );
    // Nobody knows which there are.
    let from = "CREATE TABLE posts (state TEXT) STRICT";
    asks(
        from,
        to,
        &["map posts.state:draft=0", "map posts.state:live=1"],
        expect![[
            r#"T112: `posts.state` changes its type from TEXT to INTEGER; '007' becomes 7, and it fails where one does not fit; say how with `Hints::using("posts.state=…")` (`CAST(state AS INTEGER)` makes 0 of what is no number), or agree with `Hints::allow("convert:posts.state")`"#
        ]],
    );
}

#[test]
fn a_moment_is_only_known_from_a_default() {
    let from = "CREATE TABLE posts (at INTEGER) STRICT";
    asks(
        from,
        "CREATE TABLE posts (at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))) STRICT",
        &[],
        expect![[
            r#"T112: `posts.at` changes its type from INTEGER to TEXT; 7 becomes '7', which a date, for one, cannot be read from; say how with `Hints::using("posts.at=…")` (`strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch')` reads seconds since 1970), or agree with `Hints::allow("convert:posts.at")`"#
        ]],
    );
    asks(
        from,
        "CREATE TABLE posts (at TEXT DEFAULT (strftime('%Y-%m-%d', 'now', '-1 day'))) STRICT",
        &[],
        expect![[
            r#"T112: `posts.at` changes its type from INTEGER to TEXT; 7 becomes '7', which a date, for one, cannot be read from; say how with `Hints::using("posts.at=…")`, or agree with `Hints::allow("convert:posts.at")`"#
        ]],
    );
    asks(
        "CREATE TABLE posts (\"at\" TEXT) STRICT",
        "CREATE TABLE posts (\"at\" INTEGER DEFAULT (unixepoch())) STRICT",
        &[],
        expect![[
            r#"T112: `posts.at` changes its type from TEXT to INTEGER; '007' becomes 7, and it fails where one does not fit; say how with `Hints::using("posts.at=…")` (`unixepoch(at)` reads a moment), or agree with `Hints::allow("convert:posts.at")`"#
        ]],
    );
}

#[test]
fn what_is_computed_is_computed_again() {
    asks(
        "CREATE TABLE posts (n INTEGER, v INTEGER AS (n + 1)) STRICT",
        "CREATE TABLE posts (n INTEGER, v TEXT AS (n + 1)) STRICT",
        &[],
        expect!["planned"],
    );
}

/// The way back is agreed to with the way forth, and says what it does.
#[test]
fn the_way_back_is_not_asked_about() {
    let schema = |sql: &str| {
        let db = plan::scratch().unwrap();
        db.execute_batch(sql).unwrap();
        inspect(&db).unwrap()
    };
    let (from, to) = (
        schema("CREATE TABLE posts (id INTEGER PRIMARY KEY, n INTEGER) STRICT"),
        schema("CREATE TABLE posts (id INTEGER PRIMARY KEY, n TEXT) STRICT"),
    );
    let mut hints = Hints::default();
    hints.allow("convert:posts.n").unwrap();
    let proved = plan::proved(&from, &to, &hints, Target::new(Runner::Tablature)).unwrap();
    let back = &proved.down.unwrap().hazards;
    assert_eq!(back.len(), 1);
    expect![[r#"T112: `posts.n` changes its type from TEXT to INTEGER; '007' becomes 7, and it fails where one does not fit; say how with `Hints::using("posts.n=…")` (`CAST(n AS INTEGER)` makes 0 of what is no number), or agree with `Hints::allow("convert:posts.n")`"#]].assert_eq(&back[0].to_string());
}
