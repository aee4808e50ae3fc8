use super::message::fail;
use crate::declare::{Action, Table, Type};

/// A primary key is never NULL; only the column that is the rowid may be an `Option`, which the database fills. Where the
/// table is not STRICT and has a rowid, SQLite takes NULL for a key all the same, and an `Option` says so.
#[track_caller]
pub const fn primary_key(table: &Table, part: usize) {
    let column = &table.columns[table.primary_key[part]];
    let lax = !table.strict && !table.without_rowid;
    if column.facts.nullable && !lax && table.rowid_column().is_none() {
        fail(&[
            "`",
            column.field,
            "` is part of the primary key, which is never NULL; take the `Option` away",
        ]);
    }
}

/// See <https://www.sqlite.org/autoinc.html>.
#[track_caller]
pub const fn autoincrement(table: &Table) {
    if table.rowid_column().is_none() {
        fail(&["`autoincrement` needs a primary key of one integer column"]);
    }
}

/// See <https://www.sqlite.org/lang_vacuum.html>: VACUUM may renumber the rowids of a table without such a key, and the
/// index would then find other rows.
#[track_caller]
pub const fn fts(table: &Table) {
    if table.rowid_column().is_none() {
        fail(&[
            "full-text search on `",
            table.name,
            "` needs a primary key of one integer column: without it, VACUUM may renumber the rows under the index",
        ]);
    }
}

/// A foreign key refers to columns of the same types that identify one row.
#[track_caller]
pub const fn foreign_key(table: &Table, columns: &[usize], target: &Table, keys: &[usize]) {
    if table.unchecked || target.unchecked {
        return;
    }
    if keys.is_empty() {
        fail(&[
            "`",
            target.row,
            "` has no primary key to refer to; name a unique column: `references(",
            target.row,
            "(…))`",
        ]);
    }
    if columns.len() != keys.len() {
        fail(&[
            "the key of `",
            target.row,
            "` has another number of columns; name them all: `#[table(foreign_key(a, b, references(",
            target.row,
            "(x, y))))]`",
        ]);
    }
    if !target.is_unique(keys) {
        fail(&[
            "a foreign key refers to the primary key or to a unique key of `",
            target.row,
            "`; make the column unique there: `#[column(unique)]`",
        ]);
    }
    let mut i = 0;
    while i < columns.len() {
        let (from, to) = (&table.columns[columns[i]], &target.columns[keys[i]]);
        if !matches!(
            (from.facts.ty, to.facts.ty),
            (Type::Integer, Type::Integer)
                | (Type::Real, Type::Real)
                | (Type::Text, Type::Text)
                | (Type::Blob, Type::Blob)
                | (Type::Any, _)
                | (_, Type::Any)
        ) {
            fail(&[
                "`",
                table.name,
                ".",
                from.name,
                "` is ",
                from.facts.ty.name(),
                " and refers to `",
                target.name,
                ".",
                to.name,
                "`, which is ",
                to.facts.ty.name(),
                "; give both the same type",
            ]);
        }
        i += 1;
    }
}

/// The action of a foreign key is possible.
#[track_caller]
pub const fn action(table: &Table, columns: &[usize], action: Action) {
    let mut i = 0;
    while i < columns.len() {
        let column = &table.columns[columns[i]];
        if matches!(action, Action::SetNull) && (!column.facts.nullable || table.is_key(columns[i]))
        {
            fail(&[
                "`",
                column.field,
                "` is NOT NULL; make it an `Option`, or write another action",
            ]);
        }
        if matches!(action, Action::SetDefault)
            && column.default.is_none()
            && !column.facts.nullable
        {
            fail(&[
                "`",
                column.field,
                "` has no default; write `#[column(default = …)]`, or another action",
            ]);
        }
        i += 1;
    }
}
