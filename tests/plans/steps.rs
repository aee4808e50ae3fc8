//! What each kind of change costs: what SQLite alters in place is altered in place. Every plan is also run on rows.
//!
//! The script is that of our own runner on SQLite 3.53; for the others the steps are counted, and the tables made anew.

mod columns;
mod constraints;
mod generated;
mod keys;
mod names;
mod objects;

use super::property::execute;
use super::rows;
use expect_test::Expect;
use std::fmt::Write as _;
use tablature::migrations::Runner;
use tablature::plan::{self, Hints, Plan, Target, Version};
use tablature::rusqlite::Connection;
use tablature::{diff::diff, inspect, testing};

/// `hints` are as on the command line: `rename a.b=c`, `allow drop:a.b`, `backfill a.b=0`, `map a.b:x=y`.
fn check(from: &str, to: &str, hints: &[&str], expect: Expect) {
    let open = |sql: &str| {
        let db = plan::scratch().unwrap();
        db.execute_batch(sql).unwrap();
        db
    };
    let (a, b) = (inspect(&open(from)).unwrap(), inspect(&open(to)).unwrap());
    let given = said(hints);
    let mut shown = String::new();
    for (runner, minor) in [
        (Runner::Tablature, 53),
        (Runner::Tablature, 45),
        (Runner::Sqlx, 53),
        (Runner::Sqlx, 45),
    ] {
        let target = Target::new(runner).version(Version::new(3, minor));
        let proved = plan::proved(&a, &b, &given, target)
            .unwrap_or_else(|error| panic!("{target:?}: {error}"));
        if shown.is_empty() {
            let _ = writeln!(shown, "{}", proved.up.script());
        }
        let down = proved.down.as_ref().map_or_else(
            |reason| format!("no way back: {reason}"),
            |down| format!("{} back", counted(down)),
        );
        let _ = writeln!(shown, "{runner} 3.{minor}: {}, {down}", counted(&proved.up));
        let db = filled(from, &proved.up);
        execute(&db, &proved.up.script(), target)
            .unwrap_or_else(|error| panic!("{target:?}: {error}\n{}", proved.up.script()));
        assert!(diff(&inspect(&db).unwrap(), &b).is_empty());
        if let Ok(down) = proved.down {
            execute(&db, &down.script(), target)
                .unwrap_or_else(|error| panic!("{target:?}: {error}\n{}", down.script()));
            assert!(diff(&inspect(&db).unwrap(), &a).is_empty());
        }
        assert_eq!(
            rows::rows(&db, "PRAGMA integrity_check").unwrap(),
            ["[\"ok\"]"]
        );
        assert!(
            rows::rows(&db, "PRAGMA foreign_key_check")
                .unwrap()
                .is_empty()
        );
    }
    expect.assert_eq(&shown);
}

/// With rows that the plan does not refuse: where it may, there are none.
fn filled(from: &str, up: &Plan) -> Connection {
    let db = plan::scratch().unwrap();
    db.execute_batch(from).unwrap();
    if !up.hazards.iter().any(|it| it.code.refuses_rows()) {
        assert_eq!(testing::fill(&db, 5, 7).unwrap(), []);
    }
    db
}

fn said(hints: &[&str]) -> Hints {
    let mut given = Hints::default();
    for hint in hints {
        let (verb, value) = hint.split_once(' ').unwrap();
        match verb {
            "rename" => given.rename(value),
            "allow" => given.allow(value),
            "backfill" => given.backfill(value),
            _ => given.map(value),
        }
        .unwrap();
    }
    given
}

fn counted(plan: &Plan) -> String {
    let copies = plan
        .steps
        .iter()
        .filter(|it| {
            it.sql.starts_with("INSERT ")
                && (["__old", "__copy"]
                    .iter()
                    .any(|end| it.sql.ends_with(end) || it.sql.contains(&format!("{end} AS "))))
        })
        .count();
    match copies {
        0 => format!("{} steps", plan.steps.len()),
        _ => format!("{} steps, {copies} rebuilt", plan.steps.len()),
    }
}
