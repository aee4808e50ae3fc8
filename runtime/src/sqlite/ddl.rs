//! The one writer of DDL: a declared table becomes the statements that create it, while the user's crate compiles.

mod fts;
mod index;
mod table;
mod trigger;

pub(super) use self::fts::{fts_name, rowid};
pub(super) use self::table::literal;
use super::writer::Writer;
use crate::declare::{Column, Table, Type, contains};

/// All statements of a table: the table itself, its indexes, its full-text table, its triggers.
pub(super) const fn ddl(w: &mut Writer<'_>, table: &Table) {
    table::write(w, table);
    index::write(w, table);
    fts::write(w, table);
    trigger::write(w, table);
}

/// The same at run time.
pub(crate) fn text(table: &Table) -> String {
    let mut counted = Writer::new(&mut []);
    ddl(&mut counted, table);
    let mut bytes = vec![0; counted.length()];
    ddl(&mut Writer::new(&mut bytes), table);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Names separated by commas.
const fn columns(w: &mut Writer<'_>, table: &Table, columns: &[usize]) {
    let mut i = 0;
    while i < columns.len() {
        if i > 0 {
            w.push(", ");
        }
        w.name(table.columns[columns[i]].name);
        i += 1;
    }
}

/// A name made of the names of columns and a last word, in quotes as a whole where it needs them.
const fn made_name(
    w: &mut Writer<'_>,
    prefix: &[&str],
    table: &Table,
    columns: &[usize],
    suffix: &str,
) {
    let plain = is_plain(prefix, table, columns);
    if !plain {
        w.push("\"");
    }
    let mut i = 0;
    while i < prefix.len() {
        w.part_of_name(prefix[i], plain);
        w.push("_");
        i += 1;
    }
    i = 0;
    while i < columns.len() {
        w.part_of_name(table.columns[columns[i]].name, plain);
        w.push("_");
        i += 1;
    }
    w.push(suffix);
    if !plain {
        w.push("\"");
    }
}

const fn is_plain(prefix: &[&str], table: &Table, columns: &[usize]) -> bool {
    let (mut i, mut first) = (0, true);
    while i < prefix.len() {
        if !is_word(prefix[i], first) {
            return false;
        }
        first = false;
        i += 1;
    }
    i = 0;
    while i < columns.len() {
        if !is_word(table.columns[columns[i]].name, first) {
            return false;
        }
        first = false;
        i += 1;
    }
    true
}

/// Whether a name can be part of a longer one without quotes; keywords can.
const fn is_word(name: &str, first: bool) -> bool {
    let mut rest = name.as_bytes();
    if first && matches!(rest, [b'0'..=b'9', ..]) {
        return false;
    }
    while let [b'a'..=b'z' | b'_' | b'A'..=b'Z' | b'0'..=b'9', more @ ..] = rest {
        rest = more;
    }
    rest.is_empty()
}

/// The name under which the rowid can be read: the column that is one, or the first of SQLite's own names for it that no
/// column takes away. Tables without rowid have none.
const fn rowid_name(table: &Table) -> Option<&'static str> {
    if table.without_rowid {
        return None;
    }
    if let Some(column) = table.rowid_column() {
        return Some(table.columns[column].name);
    }
    let mut i = 0;
    while i < ROWID_NAMES.len() {
        if !has_column(table, ROWID_NAMES[i]) {
            return Some(ROWID_NAMES[i]);
        }
        i += 1;
    }
    None
}

/// See <https://www.sqlite.org/lang_createtable.html#rowid>.
const ROWID_NAMES: [&str; 3] = ["rowid", "oid", "_rowid_"];

const fn has_column(table: &Table, name: &str) -> bool {
    let mut i = 0;
    while i < table.columns.len() {
        if super::ident::same(table.columns[i].name.as_bytes(), name.as_bytes()) {
            return true;
        }
        i += 1;
    }
    false
}

/// The columns of an `UPDATE OF`. SQLite compares them by name, so that a change of the rowid under one name does not
/// arm a trigger on another: with a column that is the rowid, all its names are listed.
const fn update_of(w: &mut Writer<'_>, table: &Table, of: &[usize], with_rowid: bool) {
    columns(w, table, of);
    let aliased = match table.rowid_column() {
        Some(column) => with_rowid || contains(of, column),
        None => with_rowid,
    };
    if !aliased {
        return;
    }
    let mut listed = !of.is_empty();
    if let Some(column) = table.rowid_column()
        && !contains(of, column)
    {
        if listed {
            w.push(", ");
        }
        w.name(table.columns[column].name);
        listed = true;
    }
    let mut i = 0;
    while i < ROWID_NAMES.len() {
        if !has_column(table, ROWID_NAMES[i]) {
            if listed {
                w.push(", ");
            }
            w.push(ROWID_NAMES[i]);
            listed = true;
        }
        i += 1;
    }
}

/// The declared type. Outside STRICT tables the word ANY would mean "convert to a number", and no word means any.
const fn type_name(table: &Table, column: &Column) -> &'static str {
    match (column.sql_type, column.facts.ty) {
        (Some(words), _) => words,
        (None, Type::Any) if !table.strict => "",
        (None, ty) => ty.name(),
    }
}
