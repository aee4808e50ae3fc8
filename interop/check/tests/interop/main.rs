//! The files that `cargo tablature generate` writes for other runners, run by those runners on a database with rows.

mod rows;
mod story;
mod textbook;
mod tool;
mod versions;

use rows::{Rows, differences};
use story::Story;
use tool::{Back, D1, DIESEL, REFINERY, RUSQLITE_MIGRATION, SQLX, Sandbox, Tool};
use versions::{ROWS, VERSIONS};

/// Each version is released and run by itself, and taken back by itself; then all are run again.
fn one_by_one(tool: &'static Tool) {
    let story = Story::of(tool.runner);
    let mut it = Sandbox::new(tool, "one_by_one");
    let mut states = vec![first(&mut it, story)];
    for (at, version) in VERSIONS.iter().enumerate() {
        let mut rows = states[at].clone();
        (version.up)(&mut rows);
        it.release(&story.files[at + 1]).up();
        it.has(&rows, version.says);
        states.push(rows);
    }
    it.up();
    it.has_history_of(&story.files);

    let mut rows = states.last().unwrap().clone();
    for (at, version) in VERSIONS.iter().enumerate().rev() {
        (version.down)(&mut rows, &states[at]);
        it.back(&story.files[at + 1], at + 1);
        it.has(&rows, &format!("back from: {}", version.says));
    }
    it.back(&story.files[0], 0);
    assert_eq!(it.tables(), Vec::<String>::new());
}

/// A database that is several versions behind gets them in one run.
fn at_once(tool: &'static Tool, command: &str) {
    let story = Story::of(tool.runner);
    let mut it = Sandbox::new(tool, command);
    let before = first(&mut it, story);
    let mut rows = before.clone();
    for (version, files) in VERSIONS.iter().zip(&story.files[1..]) {
        (version.up)(&mut rows);
        it.release(files);
    }
    it.command(command);
    it.has(&rows, "all versions at once");
    it.has_history_of(&story.files);
    if tool.back == Back::Own {
        for (version, as_it_was) in VERSIONS.iter().zip(states(&before)).rev() {
            (version.down)(&mut rows, &as_it_was);
        }
        it.command("down 1");
        it.has(&rows, "back from all versions at once");
    }
}

/// The recipe of the manual, beside ours: its rows get lost, and we see it.
fn textbook(tool: &'static Tool) {
    let story = Story::of(tool.runner);
    let mut it = Sandbox::new(tool, "textbook");
    let mut rows = first(&mut it, story);
    (VERSIONS[0].up)(&mut rows);
    it.release(&textbook::instead_of(&story.files[1])).up();
    let lost = differences(&rows, &Rows::of(&it.open()));
    let gone = |table: &str| {
        lost.iter()
            .filter(|it| it.starts_with(&format!("- {table}: ")))
            .count()
    };
    assert_eq!(
        (gone("comments"), gone("tags"), gone("posts")),
        (6, 4, 0),
        "{lost:#?}"
    );
}

/// Our runner takes over from the tool: at the newest version, and with two to go.
fn adopted(tool: &'static Tool) {
    let story = Story::of(tool.runner);
    let program = story.program();
    for to_go in [0, 2] {
        let mut it = Sandbox::new(tool, &format!("adopted_{to_go}"));
        let mut rows = first(&mut it, story);
        let here = VERSIONS.len() - to_go;
        for files in &story.files[1..=here] {
            it.release(files);
        }
        it.up();
        let versions: Vec<i64> = story.files.iter().map(|it| it.version).collect();
        let mut says = format!("adopted {} {}\n", tool.name, versions[here]);
        for version in &versions[here + 1..] {
            says += &format!("applied {version}\n");
        }
        let said = program.take_over(&it.path());
        let (refused, rest) = said.split_once('\n').unwrap();
        assert!(
            refused.contains(tool.name) && refused.contains("`adopt`"),
            "{refused}"
        );
        assert_eq!(rest, says);
        for version in &VERSIONS {
            (version.up)(&mut rows);
        }
        it.has(&rows, "adopted");
        let db = it.open();
        let mut history = db
            .prepare("SELECT version FROM tablature_migrations ORDER BY version")
            .unwrap();
        let history: Vec<i64> = history
            .query_map((), |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(history, versions);
    }
}

/// The first version, with rows.
fn first(it: &mut Sandbox, story: &Story) -> Rows {
    it.release(&story.files[0]).up();
    let db = it.open();
    db.execute_batch(ROWS).unwrap();
    let rows = Rows::of(&db);
    drop(db);
    it.has(&rows, "the first version");
    rows
}

/// The rows before each version.
fn states(first: &Rows) -> Vec<Rows> {
    let mut states = vec![first.clone()];
    for version in &VERSIONS[..VERSIONS.len() - 1] {
        let mut rows = states[states.len() - 1].clone();
        (version.up)(&mut rows);
        states.push(rows);
    }
    states
}

macro_rules! shown {
    ($($module:ident: $tool:ident;)*) => { $(
        mod $module {
            use super::*;

            #[test]
            fn one_by_one() {
                super::one_by_one(&$tool);
            }

            #[test]
            fn at_once() {
                super::at_once(&$tool, "up");
            }

            #[test]
            fn textbook() {
                super::textbook(&$tool);
            }

            #[test]
            fn adopted() {
                super::adopted(&$tool);
            }
        }
    )* };
}

shown! {
    refinery: REFINERY;
    sqlx: SQLX;
    rusqlite_migration: RUSQLITE_MIGRATION;
    diesel: DIESEL;
    d1: D1;
}

/// refinery can put all that is pending into one transaction; `rusqlite_migration` always does.
#[test]
fn refinery_together() {
    at_once(&REFINERY, "together");
}
