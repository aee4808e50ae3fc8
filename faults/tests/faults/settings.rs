//! What a migration changes of a connection is as it was, however it ends.

use super::library::{Library, Side, connect};
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tablature::migrations::{Runner, apply, read};
use tablature_faults::LIBRARY;

/// What a migration might change, and must not leave behind. Only those that SQLite tells without reading the file, which
/// may not be possible.
pub(super) fn settings(db: &Connection) -> Vec<(&'static str, i64)> {
    [
        "foreign_keys",
        "legacy_alter_table",
        "recursive_triggers",
        "busy_timeout",
        "ignore_check_constraints",
        "defer_foreign_keys",
        "writable_schema",
        "reverse_unordered_selects",
        "cell_size_check",
        "query_only",
        "trusted_schema",
    ]
    .map(|name| {
        let value = db.query_row(&format!("PRAGMA {name}"), (), |row| row.get(0));
        (name, value.unwrap())
    })
    .to_vec()
}

/// Runs one more migration. Its settings do not remain; where it fails, nothing of it.
fn check(up: &str, prepare: impl FnOnce(&mut Connection), error: Option<&str>) {
    let library = Library::new(100, "wal");
    let path = library.copy();
    let mut db = connect(&path, "wal");
    prepare(&mut db);
    let initial = &LIBRARY.migrations()[0];
    let folder = library.folder().join("migrations");
    std::fs::create_dir(&folder).unwrap();
    for (stem, up) in [(initial.stem, initial.up), ("0002_fail", up)] {
        std::fs::write(folder.join(format!("{stem}.up.sql")), up).unwrap();
    }
    let before = settings(&db);
    let migrations = read(&folder, Runner::Tablature).unwrap();
    // A panic of a function does not come through SQLite; its message is expected.
    let result = catch_unwind(AssertUnwindSafe(|| apply(&mut db, &migrations)));
    let result = result.unwrap().map_err(|error| error.to_string());
    assert!(db.is_autocommit());
    assert_eq!(settings(&db), before, "{result:?}");
    match error {
        Some(error) => {
            let told = result.unwrap_err();
            assert!(told.contains(error), "{told}");
            drop(db);
            assert_eq!(library.side(&path, up), Side::Old);
        }
        None => assert_eq!(result.unwrap().len(), 1),
    }
}

const SETTINGS: &str = "PRAGMA legacy_alter_table = ON; PRAGMA recursive_triggers = ON; PRAGMA ignore_check_constraints = ON; PRAGMA defer_foreign_keys = ON; PRAGMA writable_schema = ON; PRAGMA reverse_unordered_selects = ON; PRAGMA cell_size_check = ON; PRAGMA busy_timeout = 1; PRAGMA trusted_schema = OFF;";

#[test]
fn a_function_that_panics() {
    check(
        "PRAGMA legacy_alter_table = ON; CREATE TABLE shelves (id); UPDATE books SET year = careless(year);",
        |db| {
            db.create_scalar_function(
                "careless",
                1,
                FunctionFlags::SQLITE_UTF8,
                |_| -> rusqlite::Result<i64> { panic!("expected by the test") },
            )
            .unwrap();
        },
        Some("failed at statement 3, `UPDATE books SET year = careless(year)`"),
    );
}

#[test]
fn a_migration_that_is_interrupted() {
    let mut steps = 0;
    check(
        LIBRARY.migrations()[1].up,
        |db| {
            let interrupt = move || {
                steps += 1;
                steps > 20
            };
            db.progress_handler(100, Some(interrupt)).unwrap();
        },
        Some("interrupted"),
    );
}

#[test]
fn what_a_migration_sets_is_set_back() {
    check(SETTINGS, |_| (), None);
    let failing = format!("{SETTINGS} SELECT nothing;");
    check(&failing, |_| (), Some("SELECT nothing"));
}
