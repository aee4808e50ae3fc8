use super::{Nulls, names, select_list, value};
use crate::declare::{Table, contains};
use crate::sqlite::quoted;
use crate::sqlite::writer::Writer;

pub(in crate::sqlite) const fn insert_sql(
    w: &mut Writer<'_>,
    table: &Table,
    columns: &[usize],
    nulls: Nulls,
) {
    insert_into(w, table, columns);
    w.mark();
    values(w, table, columns, nulls);
    w.mark();
    let insert = w.length();
    w.again(0, insert);
    w.push(" ON CONFLICT DO NOTHING");
    w.mark();
    if has_key(table, columns) {
        w.again(0, insert);
        on_conflict(w, table, columns, table.primary_key);
    }
    w.mark();
    w.again(0, insert);
    w.push(" RETURNING ");
    select_list(w, table, "");
    w.mark();
    if table.rowid_column().is_none()
        && !table.primary_key.is_empty()
        && !key_is_given(table, columns)
    {
        w.again(0, insert);
        returning_key(w, table);
    }
    w.mark();
}

/// An INSERT that updates the row which a unique key names, and returns the row's primary key.
pub(in crate::sqlite) const fn upsert_sql(
    w: &mut Writer<'_>,
    table: &Table,
    columns: &[usize],
    nulls: Nulls,
    key: &[usize],
) {
    insert(w, table, columns, nulls);
    on_conflict(w, table, columns, key);
    returning_key(w, table);
    w.mark();
}

/// The same at run time, for an INSERT that is there already.
pub(crate) fn upsert_on(table: &Table, columns: &[usize], insert: &str, key: &[usize]) -> String {
    let name = |column: &usize| quoted(table.columns[*column].name);
    let mut set: Vec<&usize> = columns
        .iter()
        .filter(|column| changes_on_conflict(table, key, **column))
        .collect();
    if set.is_empty() {
        set.extend(&key[..1]);
    }
    let set: Vec<String> = set
        .into_iter()
        .map(|column| format!("{0} = excluded.{0}", name(column)))
        .collect();
    let names = |columns: &[usize]| columns.iter().map(name).collect::<Vec<_>>().join(", ");
    let returning = if table.primary_key.is_empty() {
        "rowid".to_owned()
    } else {
        names(table.primary_key)
    };
    format!(
        "{insert} ON CONFLICT ({}) DO UPDATE SET {} RETURNING {returning}",
        names(key),
        set.join(", ")
    )
}

const fn insert(w: &mut Writer<'_>, table: &Table, columns: &[usize], nulls: Nulls) {
    insert_into(w, table, columns);
    values(w, table, columns, nulls);
}

const fn insert_into(w: &mut Writer<'_>, table: &Table, columns: &[usize]) {
    w.push("INSERT INTO ");
    w.name(table.name);
    if columns.is_empty() {
        w.push(" DEFAULT VALUES");
        return;
    }
    let mut i = 0;
    while i < columns.len() {
        w.push(if i == 0 { " (" } else { ", " });
        w.name(table.columns[columns[i]].name);
        i += 1;
    }
    w.push(") VALUES ");
}

const fn values(w: &mut Writer<'_>, table: &Table, columns: &[usize], nulls: Nulls) {
    let mut i = 0;
    while i < columns.len() {
        w.push(if i == 0 { "(" } else { ", " });
        value(w, table, columns[i], nulls);
        i += 1;
    }
    if i > 0 {
        w.push(")");
    }
}

/// An upsert changes the columns that it was given, but neither the key that was met nor what may never change.
const fn changes_on_conflict(table: &Table, key: &[usize], column: usize) -> bool {
    !contains(key, column) && !table.is_key(column) && !table.columns[column].immutable
}

const fn on_conflict(w: &mut Writer<'_>, table: &Table, columns: &[usize], key: &[usize]) {
    w.push(" ON CONFLICT (");
    names(w, table, key, "");
    w.push(") DO UPDATE SET ");
    let (mut i, mut set) = (0, 0);
    while i < columns.len() {
        let column = columns[i];
        if changes_on_conflict(table, key, column) {
            assign_excluded(w, table, column, set);
            set += 1;
        }
        i += 1;
    }
    // DO NOTHING would return no row.
    if set == 0 {
        assign_excluded(w, table, key[0], 0);
    }
}

const fn assign_excluded(w: &mut Writer<'_>, table: &Table, column: usize, position: usize) {
    w.push(if position == 0 { "" } else { ", " });
    let start = w.length();
    w.name(table.columns[column].name);
    let end = w.length();
    w.push(" = excluded.");
    w.again(start, end);
}

const fn returning_key(w: &mut Writer<'_>, table: &Table) {
    w.push(" RETURNING ");
    if table.primary_key.is_empty() {
        w.push("rowid");
    }
    names(w, table, table.primary_key, "");
}

const fn has_key(table: &Table, columns: &[usize]) -> bool {
    let mut i = 0;
    while i < table.primary_key.len() {
        if !contains(columns, table.primary_key[i]) {
            return false;
        }
        i += 1;
    }
    !table.primary_key.is_empty()
}

/// Whether the values that are bound tell the key: all of it is given, and none of it may be left to a default.
const fn key_is_given(table: &Table, columns: &[usize]) -> bool {
    let mut i = 0;
    while i < table.primary_key.len() {
        if table.columns[table.primary_key[i]].default.is_some() {
            return false;
        }
        i += 1;
    }
    has_key(table, columns)
}
