//! What is done around migrations: backups, progress, hooks.

use super::super::{losses_to, migrate, migrate_to, repair, undo_to};
use super::{Hook, MigrateOptions, Script, Work, first, script};
use expect_test::expect;
use rusqlite::{Connection, Transaction};
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// A rebuild of `posts`, which has an `id` and a `parent`.
const REBUILD: &str = "ALTER TABLE posts RENAME TO posts__old;
CREATE TABLE posts (id INTEGER PRIMARY KEY, parent INTEGER, title TEXT) STRICT;
INSERT INTO posts (id, parent) SELECT id, parent FROM posts__old;
DROP TABLE posts__old;";

pub(super) fn rebuild() -> Script<'static> {
    Script {
        down: Some("ALTER TABLE posts DROP COLUMN title"),
        ..script(2, "0002_rebuild", REBUILD)
    }
}

pub(super) fn work<'a>(scripts: &'a [Script<'a>], options: &'a MigrateOptions) -> Work<'a> {
    Work {
        options,
        ..scripts.into()
    }
}

/// A folder that goes away with it.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("tablature-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// With rows, in WAL mode.
    pub(super) fn database(&self, rows: u32) -> Connection {
        let mut db = Connection::open(self.0.join("blog.db")).unwrap();
        db.pragma_update(None, "journal_mode", "WAL").unwrap();
        if rows > 0 {
            super::migrate(&mut db, &[first()]).unwrap();
            fill(&db, rows);
        }
        db
    }

    pub(super) fn backups(&self) -> Vec<String> {
        let Ok(folder) = self.0.join("backups").read_dir() else {
            return Vec::new();
        };
        let mut names: Vec<String> = folder
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn fill(db: &Connection, rows: u32) {
    let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) INSERT INTO posts (id) SELECT i FROM n";
    db.execute(sql, [rows]).unwrap();
}

pub(super) fn count(db: &Connection) -> i64 {
    db.query_row("SELECT count(*) FROM posts", (), |row| row.get(0))
        .unwrap()
}

#[test]
fn somebody_is_told_of_statements_and_rows() {
    let folder = Folder::new("progress");
    let mut db = folder.database(400_000);
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = told.clone();
    let options = MigrateOptions::new().progress(move |it| {
        heard.lock().unwrap().push(it.clone());
        ControlFlow::Continue(())
    });
    migrate(&mut db, &work(&[first(), rebuild()], &options)).unwrap();
    let told = told.lock().unwrap();
    let mut starts = String::new();
    // A statement that takes long is told of again.
    let mut begun = 0;
    for it in told.iter() {
        if it.statement == begun {
            continue;
        }
        begun = it.statement;
        let _ = writeln!(
            starts,
            "{} {}/{} {:?} {:.36}",
            it.stem, it.statement, it.statements, it.of, it.sql
        );
    }
    expect![[r#"
        0002_rebuild 1/4 None ALTER TABLE posts RENAME TO posts__o
        0002_rebuild 2/4 None CREATE TABLE posts (id INTEGER PRIMA
        0002_rebuild 3/4 Some(400000) INSERT INTO posts (id, parent) SELEC
        0002_rebuild 4/4 None DROP TABLE posts__old
    "#]]
    .assert_eq(&starts);
    assert!(
        told.iter()
            .any(|it| it.statement == 3 && (1..400_000).contains(&it.rows))
    );
}

#[test]
fn who_is_told_may_end_it() {
    let folder = Folder::new("cancel");
    let mut db = folder.database(400_000);
    // Before a statement, and in the middle of one.
    for rows in [0, 1] {
        let options = MigrateOptions::new().progress(move |it| {
            if it.statement == 3 && it.rows >= rows {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        let error = migrate(&mut db, &work(&[first(), rebuild()], &options)).unwrap_err();
        expect!["cancelled in migration `0002_rebuild`; the database is as it was"]
            .assert_eq(&error.to_string());
        assert!(db.is_autocommit());
        assert!(db.prepare("SELECT title FROM posts").is_err());
        assert_eq!(count(&db), 400_000);
    }
}

#[test]
fn hooks_run_inside_the_transaction_after_the_up_and_before_the_down() {
    let hooks = [Hook::new(
        2,
        Some(|db| {
            Ok(db
                .execute("UPDATE posts SET title = 'post ' || id", ())
                .map(drop)?)
        }),
        Some(|db| {
            Ok(db
                .execute("INSERT INTO posts (id) SELECT length(title) FROM posts", ())
                .map(drop)?)
        }),
    )];
    let mut db = super::database();
    fill(&db, 1);
    let scripts = [first(), rebuild()];
    let work = Work {
        hooks: &hooks,
        ..Work::from(scripts.as_slice())
    };
    migrate(&mut db, &work).unwrap();
    let title: String = db
        .query_row("SELECT title FROM posts", (), |row| row.get(0))
        .unwrap();
    assert_eq!(title, "post 1");
    let error = undo_to(&mut db, &scripts.as_slice().into(), 1).unwrap_err();
    expect!["migration `0002_rebuild` goes back with a hook of the program that applied it; undo it with that program"].assert_eq(&error.to_string());
    undo_to(&mut db, &work, 1).unwrap();
    assert_eq!(count(&db), 2);
}

#[test]
fn a_hook_that_fails_or_changes_the_schema_takes_everything_back() {
    fn check(hook: fn(&Transaction<'_>) -> super::super::HookResult, expect: expect_test::Expect) {
        let mut db = super::database();
        let hooks = [Hook::new(2, Some(hook), None)];
        let scripts = [first(), rebuild()];
        let work = Work {
            hooks: &hooks,
            ..Work::from(scripts.as_slice())
        };
        expect.assert_eq(&migrate(&mut db, &work).unwrap_err().to_string());
        assert!(db.prepare("SELECT title FROM posts").is_err());
    }
    check(
        |_| Err("no network".into()),
        expect![
            "the hook of migration `0002_rebuild` failed: no network; the database is as it was"
        ],
    );
    check(
        |db| Ok(db.execute_batch("CREATE TABLE more (id)")?),
        expect![
            "the hook of migration `0002_rebuild` changes the schema, which the command line would not see; say that in the file, and let the hook change rows alone"
        ],
    );
}

#[test]
fn a_hook_that_ends_the_transaction_is_not_taken_for_done() {
    type Run = fn(&Transaction<'_>) -> super::super::HookResult;
    let hooks: [Run; 4] = [
        |db| Ok(db.execute_batch("ROLLBACK")?),
        |db| Ok(db.execute_batch("COMMIT; BEGIN")?),
        |db| {
            db.execute_batch("COMMIT")?;
            Err("no network".into())
        },
        |db| {
            let _ = db.execute_batch("INSERT OR ROLLBACK INTO posts (id) VALUES (1)");
            Ok(())
        },
    ];
    for hook in hooks {
        let mut db = super::database();
        fill(&db, 1);
        let hooks = [Hook::new(2, Some(hook), None)];
        let scripts = [
            first(),
            script(2, "0002_fill", "UPDATE posts SET parent = id"),
        ];
        let work = Work {
            hooks: &hooks,
            ..Work::from(scripts.as_slice())
        };
        expect!["the hook of migration `0002_fill` ended the transaction that it runs in, with COMMIT, ROLLBACK or a statement `OR ROLLBACK`; the history does not have the migration, and what was committed stays: look at the rows, and take that statement out of the hook"]
            .assert_eq(&migrate(&mut db, &work).unwrap_err().to_string());
        assert!(db.is_autocommit());
        let pending = super::super::pending_of(&db, &scripts).unwrap();
        assert_eq!(pending[0].version, 2);
        assert!(migrate(&mut db, &work).is_err());
    }
}

#[test]
fn a_baseline_hides_neither_what_is_ahead_nor_what_was_changed() {
    let (second, third) = (
        script(2, "0002_a", "CREATE TABLE a (b)"),
        script(3, "0003_b", "CREATE TABLE b (c)"),
    );
    let changed = script(2, "0002_a", "CREATE TABLE a (\"b\")");
    let mut db = super::database();
    super::migrate(&mut db, &[first(), second, third]).unwrap();
    for scripts in [vec![first(), second], vec![first(), changed, third]] {
        let before = super::migrate(&mut db, &scripts).unwrap_err().to_string();
        super::super::baseline(&mut db, &scripts.as_slice().into(), 2).unwrap();
        let after = super::migrate(&mut db, &scripts).unwrap_err().to_string();
        assert_eq!(before, after);
    }
}

#[test]
fn a_number_is_that_of_a_migration() {
    let mut db = super::database();
    let scripts = [first(), rebuild()];
    let work = Work::from(scripts.as_slice());
    let mut refused = |version: i64, expect: expect_test::Expect| {
        let error = migrate_to(&mut db, &work, version).unwrap_err();
        expect.assert_eq(&error.to_string());
    };
    refused(
        7,
        expect!["there is no migration 7; they go from 1 to 2, and 0 is before all of them"],
    );
    refused(
        -1,
        expect!["there is no migration -1; they go from 1 to 2, and 0 is before all of them"],
    );
    refused(
        0,
        expect![
            "the database is at 1 already, after 0; `migrate_down_to(0)` undoes what came after"
        ],
    );
    let error = undo_to(&mut db, &work, 9).unwrap_err();
    expect!["there is no migration 9; they go from 1 to 2, and 0 is before all of them"]
        .assert_eq(&error.to_string());
}

#[test]
fn what_a_way_back_takes_is_counted_across_migrations() {
    let mut db = super::database();
    let renamed = Script {
        down: Some("ALTER TABLE posts RENAME COLUMN headline TO title"),
        ..script(
            3,
            "0003_rename_title",
            "-- tablature: rename posts.title=headline\nALTER TABLE posts RENAME COLUMN title TO headline",
        )
    };
    let scripts = [first(), rebuild(), renamed];
    super::migrate(&mut db, &scripts).unwrap();
    let losses = |db: &Connection, scripts: &[Script<'_>], version: i64| {
        let losses = losses_to(db, &scripts.into(), version).unwrap();
        let lines: Vec<String> = losses.iter().map(ToString::to_string).collect();
        lines.join("; ")
    };
    assert_eq!(losses(&db, &scripts, 2), "");
    // Under its name of then it cannot be counted now.
    assert_eq!(losses(&db, &scripts, 1), "the values of `posts.title`");
    // Who has no file does not know the rename.
    db.execute_batch("INSERT INTO posts (id, headline) VALUES (1, 'x')")
        .unwrap();
    assert_eq!(
        losses(&db, &[], 2),
        "the values of `posts.headline`, 1 in all"
    );
    undo_to(&mut db, &scripts.as_slice().into(), 2).unwrap();
    assert_eq!(
        losses(&db, &scripts, 1),
        "the values of `posts.title`, 1 in all"
    );
    undo_to(&mut db, &scripts.as_slice().into(), 1).unwrap();
    assert_eq!(losses(&db, &scripts, 1), "");
}

#[test]
fn the_mark_can_be_left_out() {
    let mut db = Connection::open_in_memory().unwrap();
    let options = MigrateOptions::new().user_version(false);
    migrate(&mut db, &work(&[first()], &options)).unwrap();
    let version: i64 = db
        .query_row("PRAGMA user_version", (), |row| row.get(0))
        .unwrap();
    assert_eq!(version, 0);
    assert!(
        migrate(&mut db, &work(&[first()], &options))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_temporary_table_does_not_stand_before_one_of_the_database() {
    let mut db = super::database();
    db.execute_batch("CREATE TEMP TABLE Posts (id)").unwrap();
    let error = super::migrate(&mut db, &[first(), rebuild()]).unwrap_err();
    expect!["the connection has a temporary `Posts`, which stands before the one of the database; drop it, or migrate with another connection"].assert_eq(&error.to_string());
}

#[test]
fn a_number_of_the_applications_own_stays_without_the_mark() {
    let mut db = Connection::open_in_memory().unwrap();
    db.pragma_update(None, "user_version", -5).unwrap();
    let options = MigrateOptions::new().user_version(false);
    migrate(&mut db, &work(&[first()], &options)).unwrap();
    let version = |db: &Connection| -> i64 {
        db.query_row("PRAGMA user_version", (), |row| row.get(0))
            .unwrap()
    };
    assert_eq!(version(&db), -5);
    // A mark of ours would be a lie from now on.
    let mut db = super::database();
    assert!(version(&db) < 0);
    migrate(&mut db, &work(&[first(), rebuild()], &options)).unwrap();
    assert_eq!(version(&db), 0);
}

#[test]
fn a_way_back_that_does_not_run_is_mended_in_its_file() {
    let mut db = super::database();
    let broken = Script {
        down: Some("DROP TABLE nothing"),
        ..rebuild()
    };
    super::migrate(&mut db, &[first(), broken]).unwrap();
    assert!(super::undo_to(&mut db, &[first(), rebuild()], 1).is_err());
    let scripts = [first(), rebuild()];
    assert_eq!(repair(&mut db, &scripts).unwrap(), [2]);
    assert_eq!(super::undo_to(&mut db, &scripts, 1).unwrap().len(), 1);
}
