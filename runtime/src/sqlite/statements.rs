//! The statements of a table, written while compiling.

mod insert;
mod table;

use super::ddl::literal;
use super::writer::{Pieces, Writer};
use crate::declare::{Default, Table};

pub(crate) use insert::upsert_on;
pub(super) use insert::{insert_sql, upsert_sql};
pub(super) use table::{select_sql, table_sql, update_sql};

/// How an INSERT treats `NULL` for a NOT NULL column with a default.
#[derive(Clone, Copy, Debug)]
pub enum Nulls {
    /// No value can be NULL: the struct is the whole row.
    Never,
    /// It means the default.
    Default,
}

/// The INSERT statements for some columns of a table.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct InsertSql {
    /// `INSERT INTO … VALUES (?, …)`
    pub insert: &'static str,
    /// The same without the last parenthesis, to be followed by any number of [`values`](Self::values).
    pub into: &'static str,
    /// `(?, …)`
    pub values: &'static str,
    /// Does nothing where a unique key exists already.
    pub ignore: &'static str,
    /// Updates the row where the primary key exists already; empty when a key column is missing.
    pub upsert: &'static str,
    /// Returns the whole row.
    pub returning: &'static str,
    /// Returns the primary key; empty when the key is known without.
    pub returning_key: &'static str,
}

/// The statements over whole rows of a table.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TableSql {
    /// `SELECT …`, without what it selects from.
    pub columns: &'static str,
    /// `SELECT … FROM …`
    pub select: &'static str,
    /// One row, by primary key.
    pub get: &'static str,
    /// Whether there is one.
    pub exists: &'static str,
    /// Changes a row, by primary key. The parameters are those of the INSERT, then the key.
    pub update: &'static str,
    /// Removes a row, by primary key.
    pub delete: &'static str,
    /// The number of rows.
    pub count: &'static str,
    /// Full-text search, up to its WHERE clause; empty for tables without it.
    pub search: &'static str,
}

impl InsertSql {
    /// For a struct whose attributes are wrong.
    #[doc(hidden)]
    pub const NONE: Self = Self {
        insert: "",
        into: "",
        values: "",
        ignore: "",
        upsert: "",
        returning: "",
        returning_key: "",
    };

    pub(super) const fn new(text: &Pieces) -> Self {
        Self {
            insert: text.piece(0, 1),
            into: text.piece(0, 0),
            values: text.piece(1, 1),
            ignore: text.piece(2, 2),
            upsert: text.piece(3, 3),
            returning: text.piece(4, 4),
            returning_key: text.piece(5, 5),
        }
    }
}

impl TableSql {
    /// For a struct whose attributes are wrong.
    #[doc(hidden)]
    pub const NONE: Self = Self {
        columns: "",
        select: "",
        get: "",
        exists: "",
        update: "",
        delete: "",
        count: "",
        search: "",
    };

    pub(super) const fn new(text: &Pieces) -> Self {
        Self {
            columns: text.piece(0, 0),
            select: text.piece(0, 1),
            get: text.piece(2, 2),
            exists: text.piece(3, 3),
            update: text.piece(4, 4),
            delete: text.piece(5, 5),
            count: text.piece(6, 6),
            search: text.piece(7, 7),
        }
    }
}

const fn value(w: &mut Writer<'_>, table: &Table, column: usize, nulls: Nulls) {
    let column = &table.columns[column];
    match (column.default, nulls) {
        (Some(default), Nulls::Default) if !column.facts.nullable => {
            w.push("coalesce(?, ");
            match default {
                Default::Literal(value) => literal(w, value),
                Default::Sql(expression) => w.push(expression),
            }
            w.push(")");
        }
        _ => w.push("?"),
    }
}

const fn select_list(w: &mut Writer<'_>, table: &Table, qualifier: &str) {
    let start = w.length();
    if !qualifier.is_empty() {
        w.name(qualifier);
        w.push(".");
    }
    let end = w.length();
    let mut i = 0;
    while i < table.columns.len() {
        if i > 0 {
            w.push(", ");
            w.again(start, end);
        }
        w.name(table.columns[i].name);
        i += 1;
    }
}

const fn names(w: &mut Writer<'_>, table: &Table, columns: &[usize], prefix: &str) {
    let mut i = 0;
    while i < columns.len() {
        w.push(if i == 0 { "" } else { ", " });
        w.push(prefix);
        w.name(table.columns[columns[i]].name);
        i += 1;
    }
}
