//! What a migration changes of a connection is as it was, however it ends.

use super::library::{Library, Side, connect};
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tablature::migrations::{Migration, apply};
use tablature_faults::{LIBRARY, State};

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
