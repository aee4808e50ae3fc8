use super::{columns, made_name};
use crate::declare::{ForeignKey, Index, Order, Part, Table, Unique, contains};
use crate::sqlite::writer::Writer;

pub(super) const fn write(w: &mut Writer<'_>, table: &Table) {
    let start = w.length();
    let mut i = 0;
    while i < table.uniques.len() {
        if table.uniques[i].constraint.is_none() {
            gap(w, start);
            unique(w, table, &table.uniques[i]);
        }
        i += 1;
    }
    i = 0;
    while i < table.indexes.len() {
        gap(w, start);
        index(w, table, &table.indexes[i]);
        i += 1;
    }
    if !table.index_foreign_keys {
        return;
    }
    i = 0;
    while i < table.columns.len() {
        if let Some(key) = &table.columns[i].references {
            foreign_key_index(w, table, key, start);
        }
        i += 1;
    }
    i = 0;
    while i < table.foreign_keys.len() {
        foreign_key_index(w, table, &table.foreign_keys[i], start);
        i += 1;
    }
}

/// An empty line before the first index.
const fn gap(w: &mut Writer<'_>, start: usize) {
    if w.length() == start {
        w.push("\n");
    }
}

const fn unique(w: &mut Writer<'_>, table: &Table, unique: &Unique) {
    w.push("CREATE UNIQUE INDEX ");
    match unique.name {
        Some(name) => w.name(name),
        None => made_name(w, &[table.name], table, unique.columns, "key"),
    }
    w.push(" ON ");
    w.name(table.name);
    w.push(" (");
    columns(w, table, unique.columns);
    w.push(");\n");
}

const fn index(w: &mut Writer<'_>, table: &Table, index: &Index) {
    w.push(if index.unique {
        "CREATE UNIQUE INDEX "
    } else {
        "CREATE INDEX "
    });
    match index.name {
        Some(name) => w.name(name),
        None => {
            let mut listed = [0; 64];
            let mut i = 0;
            while i < index.parts.len() && i < listed.len() {
                if let Some(column) = index.parts[i].column {
                    listed[i] = column;
                }
                i += 1;
            }
            made_name(
                w,
                &[table.name],
                table,
                listed.split_at(i).0,
                if index.unique { "key" } else { "idx" },
            );
        }
    }
    w.push(" ON ");
    w.name(table.name);
    w.push(" (");
    let mut i = 0;
    while i < index.parts.len() {
        w.push(if i == 0 { "" } else { ", " });
        part(w, table, &index.parts[i]);
        i += 1;
    }
    w.push(")");
    if let Some(condition) = index.filter {
        w.push(" WHERE ");
        w.push(condition);
    }
    w.push(";\n");
}

const fn part(w: &mut Writer<'_>, table: &Table, part: &Part) {
    if let Some(column) = part.column {
        w.name(table.columns[column].name);
    }
    if let Some(expression) = part.expression {
        w.push(expression);
    }
    if let Some(sequence) = part.collate {
        w.push(" COLLATE ");
        w.name(sequence);
    }
    if matches!(part.order, Order::Descending) {
        w.push(" DESC");
    }
}

/// Without an index on its columns, every DELETE of a row that could be referred to reads the whole table.
/// See <https://www.sqlite.org/foreignkeys.html#fk_indexes>.
const fn foreign_key_index(w: &mut Writer<'_>, table: &Table, key: &ForeignKey, start: usize) {
    if !key.index || is_covered(table, key) {
        return;
    }
    gap(w, start);
    w.push("CREATE INDEX ");
    made_name(w, &[table.name], table, key.columns, "idx");
    w.push(" ON ");
    w.name(table.name);
    w.push(" (");
    columns(w, table, key.columns);
    w.push(");\n");
}

/// Whether the key's columns, in any order, are the first of some index that holds every row.
const fn is_covered(table: &Table, key: &ForeignKey) -> bool {
    if leads(table.primary_key, key.columns) {
        return true;
    }
    let mut i = 0;
    while i < table.uniques.len() {
        if leads(table.uniques[i].columns, key.columns) {
            return true;
        }
        i += 1;
    }
    i = 0;
    while i < table.indexes.len() {
        let index = &table.indexes[i];
        if index.filter.is_none() && parts_lead(index.parts, key.columns) {
            return true;
        }
        i += 1;
    }
    // An earlier key over the same columns has brought the index already.
    i = 0;
    while i < table.columns.len() {
        if let Some(earlier) = &table.columns[i].references
            && earlier.columns[0] != key.columns[0]
            && leads(earlier.columns, key.columns)
        {
            return true;
        }
        i += 1;
    }
    false
}

const fn leads(sorted: &[usize], columns: &[usize]) -> bool {
    if sorted.len() < columns.len() {
        return false;
    }
    let mut i = 0;
    while i < columns.len() {
        if !contains(columns, sorted[i]) {
            return false;
        }
        i += 1;
    }
    true
}

const fn parts_lead(parts: &[Part], columns: &[usize]) -> bool {
    if parts.len() < columns.len() {
        return false;
    }
    let mut i = 0;
    while i < columns.len() {
        match parts[i].column {
            Some(column) if parts[i].collate.is_none() && contains(columns, column) => {}
            _ => return false,
        }
        i += 1;
    }
    true
}
