mod backups;
mod losses;
mod options;
mod rows;

use super::{Applied, End, Hook, MigrateError, MigrateOptions, Work, exclusively};
use crate::migrations::Script;
use expect_test::{Expect, expect};
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(super) fn migrate(
    db: &mut Connection,
    scripts: &[Script<'_>],
) -> Result<Vec<Applied>, MigrateError> {
    super::migrate(db, &scripts.into())
}

pub(super) fn undo_to(
    db: &mut Connection,
    scripts: &[Script<'_>],
    version: i64,
) -> Result<Vec<Applied>, MigrateError> {
    super::undo_to(db, &scripts.into(), version)
}

const CREATE: &str = "CREATE TABLE posts (id INTEGER PRIMARY KEY, parent REFERENCES posts) STRICT;";

fn script(version: i64, stem: &'static str, up: &'static str) -> Script<'static> {
    Script {
        version,
        name: stem.split_at(5).1,
        stem,
        up,
        down: None,
    }
}

fn first() -> Script<'static> {
    script(
        1,
        "0001_create_posts",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES posts) STRICT;",
    )
}

fn database() -> Connection {
    let mut db = Connection::open_in_memory().unwrap();
    migrate(&mut db, &[first()]).unwrap();
    db
}

/// Refused, and nothing has changed: neither the tables nor the settings.
fn refused(db: &mut Connection, scripts: &[Script<'_>], expect: Expect) {
    let state = |db: &Connection| -> (String, i64, i64) {
        let objects = db.query_row(
            "SELECT coalesce(group_concat(sql, ';'), '') FROM sqlite_schema",
            (),
            |row| row.get(0),
        );
        let pragma = |name: &str| db.query_row(&format!("PRAGMA {name}"), (), |row| row.get(0));
        (
            objects.unwrap(),
            pragma("foreign_keys").unwrap(),
            pragma("legacy_alter_table").unwrap(),
        )
    };
    let before = state(db);
    let error = migrate(db, scripts).unwrap_err();
    assert_eq!(state(db), before);
    assert!(db.is_autocommit());
    expect.assert_eq(&error.to_string());
}

#[test]
fn the_history_says_what_was_applied() {
    let mut db = Connection::open_in_memory().unwrap();
    let down = Script {
        down: Some("DROP TABLE tags;"),
        ..script(2, "0002_create_tags", "CREATE TABLE tags (id);")
    };
    let applied = migrate(&mut db, &[first(), down]).unwrap();
    assert_eq!(applied.len(), 2);
    let history: String = db
        .query_row(
            "SELECT group_concat(concat_ws(' ', version, name, checksum, applied_at LIKE '2___-__-__T__:__:__.___Z', duration_ms < 1000, tool LIKE 'tablature 0.%', down), char(10)) FROM tablature_migrations",
            (),
            |row| row.get(0),
        )
        .unwrap();
    expect![[r#"
        1 create_posts 965cbfe162120a58 1 1 1
        2 create_tags 6b253cd7d282765f 1 1 1 DROP TABLE tags;"#]]
    .assert_eq(&history);
    assert!(migrate(&mut db, &[first(), down]).unwrap().is_empty());
}

#[test]
fn a_history_that_says_another_thing_is_refused() {
    let mut db = database();
    refused(
        &mut db,
        &[script(1, "0001_create_posts", CREATE)],
        expect![
            "migration `0001_create_posts` was changed after it was applied: its checksum is 271ae6ac81ddefee, the history has 965cbfe162120a58; restore the file, and make a new migration for the change; or, if it does the same as before, take it with `repair`"
        ],
    );
    refused(
        &mut db,
        &[],
        expect![
            "the database is ahead: it has had migration 0001 `create_posts`, which this program does not know; run a newer one, or go back with `migrate_down_to(0)`"
        ],
    );
    refused(
        &mut db,
        &[script(0, "0000_before", "SELECT 1"), first()],
        expect![
            "migration `0000_before` comes before 1, which was applied already; give it a number after 1"
        ],
    );
}

#[test]
fn a_migration_that_fails_leaves_nothing() {
    let mut db = database();
    let good = script(2, "0002_create_tags", "CREATE TABLE tags (id);");
    let with = |up| [first(), good, script(3, "0003_bad", up)];
    refused(
        &mut db,
        &with("CREATE TABLE more (id); SELECT nothing;"),
        expect![[
            r#"migration `0003_bad` failed at statement 2, `SELECT nothing`: near "nothing": syntax error; the database is as it was: mend the file, or the rows that it cannot take"#
        ]],
    );
    refused(
        &mut db,
        &with("PRAGMA legacy_alter_table = ON; COMMIT; CREATE TABLE more (id);"),
        expect![
            "migration `0003_bad` says `COMMIT`, but it is run in a transaction of all pending migrations with foreign keys off; take that statement away"
        ],
    );
    refused(
        &mut db,
        &with("INSERT INTO posts VALUES (1, NULL);; /* so */ ;;;; -- and so\n ; ROLLBACK;"),
        expect![
            "migration `0003_bad` says `ROLLBACK`, but it is run in a transaction of all pending migrations with foreign keys off; take that statement away"
        ],
    );
    refused(
        &mut db,
        &with("PRAGMA foreign_keys = ON;"),
        expect![
            "migration `0003_bad` says `PRAGMA foreign_keys`, but it is run in a transaction of all pending migrations with foreign keys off; take that statement away"
        ],
    );
    refused(
        &mut db,
        &with("INSERT INTO posts VALUES (1, 7), (2, 8);"),
        expect![
            "after the migrations, rows of `posts` refer to rows of `posts` that are not there, 2 in all; delete or mend them in the migration"
        ],
    );
    assert_eq!(migrate(&mut db, &[first(), good]).unwrap().len(), 1);
}

#[test]
fn inside_a_transaction_nothing_is_begun() {
    let mut db = database();
    db.execute_batch("BEGIN").unwrap();
    let error = migrate(&mut db, &[first()]).unwrap_err();
    expect!["cannot migrate inside a transaction; end it first"].assert_eq(&error.to_string());
}

#[test]
fn a_parent_is_rebuilt_and_its_children_stay() {
    let mut db = database();
    db.execute_batch("INSERT INTO posts VALUES (1, NULL), (2, 1)")
        .unwrap();
    let rebuild = "CREATE TABLE posts_new (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES posts ON DELETE CASCADE, title TEXT) STRICT;
        INSERT INTO posts_new (id, parent) SELECT id, parent FROM posts;
        DROP TABLE posts;
        ALTER TABLE posts_new RENAME TO posts;";
    migrate(&mut db, &[first(), script(2, "0002_rebuild", rebuild)]).unwrap();
    let rows: i64 = db
        .query_row("SELECT count(*) FROM posts", (), |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 2);
    let enforced: bool = db
        .query_row("PRAGMA foreign_keys", (), |row| row.get(0))
        .unwrap();
    assert!(enforced);
}

#[test]
fn savepoints_and_triggers_are_no_transactions() {
    let mut db = database();
    let sql = "SAVEPOINT a; ROLLBACK TO a; RELEASE a;
        CREATE TRIGGER t AFTER INSERT ON posts BEGIN SELECT 1; END;";
    migrate(&mut db, &[first(), script(2, "0002_more", sql)]).unwrap();
}

#[test]
fn rows_that_had_no_parent_before_are_not_the_migrations() {
    let mut db = database();
    db.execute_batch(
        "PRAGMA foreign_keys = OFF; INSERT INTO posts VALUES (1, 9); PRAGMA foreign_keys = ON",
    )
    .unwrap();
    let second = script(
        2,
        "0002_create_tags",
        "CREATE TABLE tags (id INTEGER PRIMARY KEY);",
    );
    migrate(&mut db, &[first(), second]).unwrap();
    let third = script(3, "0003_orphan", "INSERT INTO posts VALUES (2, 8);");
    refused(
        &mut db,
        &[first(), second, third],
        expect![
            "after the migrations, rows of `posts` refer to rows of `posts` that are not there, 2 in all; delete or mend them in the migration"
        ],
    );
}

/// What a migration leaves behind: nothing, or the words of the error.
fn orphans(before: &str, up: &'static str, expect: Expect) {
    let mut db = Connection::open_in_memory().unwrap();
    migrate(&mut db, &[first()]).unwrap();
    db.execute_batch(&format!("PRAGMA foreign_keys = OFF; {before}"))
        .unwrap();
    let second = script(2, "0002_second", up);
    let said = match migrate(&mut db, &[first(), second]) {
        Ok(_) => "applied".to_owned(),
        Err(error) => error.to_string(),
    };
    expect.assert_eq(&said);
}

#[test]
fn orphans_are_counted_by_table_and_parent() {
    const FAMILY: &str = "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p); CREATE TABLE d (p REFERENCES p);
        INSERT INTO p VALUES (1); INSERT INTO c VALUES (1); INSERT INTO d VALUES (77);";
    orphans(
        FAMILY,
        "DELETE FROM d; DELETE FROM p",
        expect![
            "after the migrations, rows of `c` refer to rows of `p` that are not there, 1 in all; delete or mend them in the migration"
        ],
    );
    orphans(
        FAMILY,
        "ALTER TABLE d RENAME TO e; ALTER TABLE p RENAME TO q",
        expect!["applied"],
    );
    orphans(
        FAMILY,
        "ALTER TABLE d RENAME TO e; INSERT INTO e VALUES (78)",
        expect![
            "after the migrations, rows of `e` refer to rows of `p` that are not there, 2 in all; delete or mend them in the migration"
        ],
    );
    orphans(
        FAMILY,
        "INSERT INTO d VALUES (78)",
        expect![
            "after the migrations, rows of `d` refer to rows of `p` that are not there, 2 in all; delete or mend them in the migration"
        ],
    );
    const MISMATCH: &str = "CREATE TABLE bad (x); CREATE TABLE worse (x REFERENCES bad (x)); INSERT INTO worse VALUES (1);";
    orphans(
        &[FAMILY, MISMATCH].concat(),
        "DELETE FROM p",
        expect![
            "after the migrations, rows of `c` refer to rows of `p` that are not there, 1 in all; delete or mend them in the migration"
        ],
    );
    orphans(
        &[FAMILY, MISMATCH].concat(),
        "CREATE UNIQUE INDEX bad_x ON bad (x)",
        expect!["applied"],
    );
}

#[test]
fn a_program_goes_back_from_what_a_newer_one_has_done() {
    let mut db = database();
    let down = Some("DROP TABLE tags;");
    let second = Script {
        down,
        ..script(2, "0002_create_tags", "CREATE TABLE tags (id);")
    };
    migrate(&mut db, &[first(), second]).unwrap();
    refused(
        &mut db,
        &[first()],
        expect![
            "the database is ahead: it has had migration 0002 `create_tags`, which this program does not know; run a newer one, or go back with `migrate_down_to(1)`"
        ],
    );
    let undone = undo_to(&mut db, &[first()], 1).unwrap();
    assert_eq!(undone[0].name, "create_tags");
    assert!(migrate(&mut db, &[first()]).unwrap().is_empty());
    let error = undo_to(&mut db, &[first()], 0).unwrap_err();
    expect![
        "migration `0001_create_posts` has no way back; write its down file, or restore a backup"
    ]
    .assert_eq(&error.to_string());
}

#[test]
fn a_panic_leaves_nothing() {
    let mut db = database();
    let careless = |db: &rusqlite::Transaction<'_>| -> Result<(), MigrateError> {
        db.execute_batch("CREATE TABLE tags (id); PRAGMA legacy_alter_table = ON")?;
        panic!("expected by the test")
    };
    let run = AssertUnwindSafe(|| exclusively(&mut db, End::Commit, careless));
    assert!(catch_unwind(run).is_err());
    assert!(db.is_autocommit());
    assert!(!db.table_exists(None, "tags").unwrap());
    for (name, expected) in [("foreign_keys", 1), ("legacy_alter_table", 0)] {
        let value: i64 = db
            .query_row(&format!("PRAGMA {name}"), (), |row| row.get(0))
            .unwrap();
        assert_eq!(value, expected, "{name}");
    }
}
