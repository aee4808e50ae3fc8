//! What can only be checked once types are known, checked while compiling.
//!
//! The derives call these from constants, spanned at the token at fault: a panic here is a compile error there.

mod default;
mod keys;
mod message;
mod migrations;
#[cfg(feature = "checked")]
mod result;
mod schema;
mod sql;

use super::statements::InsertSql;
use crate::declare::{Table, contains};
use crate::sql::parameters;
use message::{Message, fail};

pub use default::{default, has_now};
pub use keys::{action, autoincrement, foreign_key, fts, primary_key};
pub use migrations::{drift, dump, files, hook, recorded};
#[cfg(feature = "checked")]
pub use result::{order, result};
pub use schema::schema;
pub use sql::{expression, sql_type, statements};

/// Every placeholder has a column, and every column a placeholder. The other statements repeat this one's text.
#[track_caller]
pub const fn placeholders(sql: &InsertSql, columns: usize) {
    assert!(
        parameters::count(sql.insert) == columns,
        "an INSERT has one placeholder for each column"
    );
}

/// An INSERT of these columns gives every column that must have a value.
#[track_caller]
pub const fn complete(table: &Table, given: &[usize]) {
    let mut message = Message::new();
    message.say(&["`", table.name, "`: "]);
    let (mut i, mut missing) = (0, 0);
    while i < table.columns.len() {
        if !contains(given, i) && !table.may_omit(i) {
            message.say(&[
                if missing == 0 { "" } else { ", " },
                "`",
                table.columns[i].field,
                "`",
            ]);
            missing += 1;
        }
        i += 1;
    }
    message.say(&[if missing == 1 {
        " is NOT NULL without a default, and has no value here"
    } else {
        " are NOT NULL without a default, and have no value here"
    }]);
    if missing > 0 {
        message.panic();
    }
}

/// The column can be written.
#[track_caller]
pub const fn writable(table: &Table, column: usize) {
    let declared = &table.columns[column];
    if declared.generated.is_some() {
        fail(&[
            "`",
            table.name,
            ".",
            declared.name,
            "` is generated: the database computes it",
        ]);
    }
}

/// `None`, or an `Option`, is given for a column that can do without a value.
#[track_caller]
pub const fn optional(table: &Table, column: usize) {
    if !table.may_omit(column) {
        fail(&[
            "`",
            table.columns[column].field,
            "` is NOT NULL without a default, and cannot be `None`",
        ]);
    }
}

/// The same for a field, which is an `Option` or not.
#[track_caller]
pub const fn optional_field(table: &Table, column: usize, is_option: bool) {
    if is_option && !table.may_omit(column) {
        fail(&[
            "`",
            table.columns[column].field,
            "` is NOT NULL without a default; take the `Option` away",
        ]);
    }
}

/// An upsert meets a row by a unique key of the table, whose values it gives.
#[track_caller]
pub const fn unique_key(table: &Table, columns: &[usize], given: &[usize]) {
    if table.unchecked {
        return;
    }
    if !table.is_unique(columns) {
        fail(&[
            "`",
            table.name,
            "` has no unique key of exactly these columns; write `#[table(unique(…))]` on `",
            table.row,
            "`",
        ]);
    }
    let mut i = 0;
    while i < columns.len() {
        let column = &table.columns[columns[i]];
        if !contains(given, columns[i]) && column.default.is_none() {
            fail(&[
                "an upsert on a key needs its values; give `",
                column.field,
                "`",
            ]);
        }
        i += 1;
    }
}

/// An upsert by primary key gives the whole key.
#[track_caller]
pub const fn gives_key(table: &Table, given: &[usize]) {
    if table.unchecked {
        return;
    }
    if table.primary_key.is_empty() {
        fail(&[
            "`",
            table.name,
            "` has no primary key; name a unique key: `upsert!(… on (…))`",
        ]);
    }
    let mut i = 0;
    while i < table.primary_key.len() {
        if !contains(given, table.primary_key[i]) {
            let field = table.columns[table.primary_key[i]].field;
            fail(&[
                "an upsert by primary key needs `",
                field,
                "`; give it, or name a unique key: `upsert!(… on (…))`",
            ]);
        }
        i += 1;
    }
}

/// A row is named by its primary key.
#[track_caller]
pub const fn has_key(table: &Table) {
    if !table.unchecked && table.primary_key.is_empty() {
        fail(&[
            "the table of `",
            table.row,
            "` has no primary key that says which row is meant; write `#[column(primary_key)]` on a field",
        ]);
    }
}

/// An UPDATE by primary key does not change the key.
#[track_caller]
pub const fn not_key(table: &Table, column: usize) {
    if table.is_key(column) {
        fail(&[
            "`",
            table.name,
            ".",
            table.columns[column].name,
            "` is part of the primary key, which says which row is meant; it cannot change",
        ]);
    }
}
