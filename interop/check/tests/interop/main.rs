//! The files that `cargo tablature generate` writes for other runners, run by those runners on a database with rows.

mod rows;
mod story;
mod textbook;
mod tool;
mod versions;

use rows::{Rows, differences};
use story::Story;
use tool::{D1, DIESEL, REFINERY, RUSQLITE_MIGRATION, SQLX, Sandbox, Tool};
use versions::{ROWS, VERSIONS};

/// Each version is released and run by itself, and taken back by itself.
fn one_by_one(tool: &'static Tool) {
    let story = Story::of(tool.runner);
    let mut it = Sandbox::new(tool, "one_by_one");
    let forth = forth(first(&mut it, story));
    for (at, version) in VERSIONS.iter().enumerate() {
        it.release(&story.files[at + 1]).up();
        it.has(&forth[at + 1], version.says);
    }
    it.up();
    it.has_history_of(&story.files);

    let back = back(&forth);
    for (at, version) in VERSIONS.iter().enumerate().rev() {
        it.back(&story.files[at + 1], at + 1);
        it.has(&back[at], &format!("back: {}", version.says));
    }
    it.back(&story.files[0], 0);
    assert_eq!(it.tables(), Vec::<String>::new());
}

/// A database that is several versions behind gets them in one run.
fn at_once(tool: &'static Tool, command: &str) {
    let story = Story::of(tool.runner);
    let mut it = Sandbox::new(tool, command);
    let forth = forth(first(&mut it, story));
    for files in &story.files[1..] {
        it.release(files);
    }
    it.command(command);
    it.has(&forth[VERSIONS.len()], "all at once");
    it.has_history_of(&story.files);
    if tool.goes_back() {
        it.command("down 1");
        it.has(&back(&forth)[0], "back from all at once");
    }
}

/// The recipe of the manual, beside ours: rows get lost, the tool is content, and we see it.
fn textbook(tool: &'static Tool) {
    let story = Story::of(tool.runner);
    let mut it = Sandbox::new(tool, "textbook");
    let forth = forth(first(&mut it, story));
    it.release(&textbook::instead_of(&story.files[1])).up();
    let lost = differences(&forth[1], &Rows::of(&it.open()));
    let gone = |table: &str| {
        let line = format!("- {table}: ");
        lost.iter().filter(|it| it.starts_with(&line)).count()
    };
    // All comments and tags, and what two authors have pinned.
    let gone = ["comments", "tags", "authors", "posts"].map(gone);
    assert_eq!(gone, [6, 4, 2, 0], "{}", lost.join("\n"));
}

/// Our runner takes over from the tool, at the newest version and with two to go, and goes all the way back.
fn adopted(tool: &'static Tool) {
    let story = Story::of(tool.runner);
    let program = story.program();
    let versions: Vec<i64> = story.files.iter().map(|it| it.version).collect();
    for to_go in [0, 2] {
        let mut it = Sandbox::new(tool, &format!("adopted_{to_go}"));
        let forth = forth(first(&mut it, story));
        let (had, pending) = versions.split_at(versions.len() - to_go);
        for files in &story.files[1..had.len()] {
            it.release(files);
        }
        it.up();

        let said = program.says(&it.path(), "adopt");
        let (refused, rest) = said.split_once('\n').unwrap();
        assert!(refused.contains(tool.name), "{refused}");
        assert!(refused.contains("`adopt`"), "{refused}");
        let newest = had[had.len() - 1];
        let mut expected = vec![format!("adopted {} {newest}", tool.name)];
        expected.extend(pending.iter().map(|it| format!("applied {it}")));
        assert_eq!(rest.lines().collect::<Vec<_>>(), expected);
        it.has(&forth[VERSIONS.len()], "adopted");

        let said = program.says(&it.path(), &versions[0].to_string());
        let undone = versions[1..].iter().rev();
        let undone: Vec<String> = undone.map(|it| format!("undone {it}")).collect();
        assert_eq!(said.lines().collect::<Vec<_>>(), undone);
        it.has(&back(&forth)[0], "back after it was adopted");
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

/// The rows of all versions.
fn forth(first: Rows) -> Vec<Rows> {
    let mut forth = vec![first];
    for version in &VERSIONS {
        let mut rows = forth[forth.len() - 1].clone();
        (version.up)(&mut rows);
        forth.push(rows);
    }
    forth
}

/// The rows of all versions on the way back from the last.
fn back(forth: &[Rows]) -> Vec<Rows> {
    let mut back = forth.to_vec();
    for (at, version) in VERSIONS.iter().enumerate().rev() {
        back[at] = back[at + 1].clone();
        (version.down)(&mut back[at], &forth[at]);
    }
    back
}

macro_rules! shown_with {
    ($($module:ident: $tool:ident,)*) => { $(
        mod $module {
            use super::$tool;

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

shown_with! {
    refinery: REFINERY,
    sqlx: SQLX,
    rusqlite_migration: RUSQLITE_MIGRATION,
    diesel: DIESEL,
    d1: D1,
}

/// refinery can put all that is pending into one transaction, as `rusqlite_migration` always does.
#[test]
fn refinery_together() {
    at_once(&REFINERY, "together");
}
