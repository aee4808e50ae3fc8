use super::{Nulls, select_list, value};
use crate::declare::Table;
use crate::sqlite::ddl::{fts_name, rowid};
use crate::sqlite::writer::Writer;

pub(in crate::sqlite) const fn table_sql(w: &mut Writer<'_>, table: &Table, columns: &[usize]) {
    w.push("SELECT ");
    select_list(w, table, table.name);
    w.mark();
    w.push(" FROM ");
    w.name(table.name);
    w.mark();
    let select = w.length();
    w.again(0, select);
    where_key(w, table);
    w.mark();
    w.push("SELECT EXISTS (SELECT 1 FROM ");
    w.name(table.name);
    where_key(w, table);
    w.push(")");
    w.mark();
    whole_update(w, table, columns);
    w.mark();
    w.push("DELETE FROM ");
    w.name(table.name);
    where_key(w, table);
    w.mark();
    w.push("SELECT count(*) FROM ");
    w.name(table.name);
    w.mark();
    search(w, table);
    w.mark();
}

/// `SELECT … FROM …` for some columns of a table.
pub(in crate::sqlite) const fn select_sql(w: &mut Writer<'_>, table: &Table, columns: &[usize]) {
    w.push("SELECT ");
    let mut i = 0;
    while i < columns.len() {
        w.push(if i == 0 { "" } else { ", " });
        w.name(table.name);
        w.push(".");
        w.name(table.columns[columns[i]].name);
        i += 1;
    }
    w.push(" FROM ");
    w.name(table.name);
    w.mark();
}

/// An UPDATE of some columns, by primary key. The parameters are the columns' values, then the key.
pub(in crate::sqlite) const fn update_sql(
    w: &mut Writer<'_>,
    table: &Table,
    columns: &[usize],
    nulls: Nulls,
) {
    w.push("UPDATE ");
    w.name(table.name);
    w.push(" SET ");
    let mut i = 0;
    while i < columns.len() {
        w.push(if i == 0 { "" } else { ", " });
        w.name(table.columns[columns[i]].name);
        w.push(" = ");
        value(w, table, columns[i], nulls);
        i += 1;
    }
    where_key(w, table);
    w.mark();
}

const fn whole_update(w: &mut Writer<'_>, table: &Table, columns: &[usize]) {
    w.push("UPDATE ");
    w.name(table.name);
    w.push(" SET ");
    let (mut i, mut set) = (0, 0);
    while i < columns.len() {
        if !table.is_key(columns[i]) || (set == 0 && i + 1 == columns.len()) {
            w.push(if set == 0 { "" } else { ", " });
            w.name(table.columns[columns[i]].name);
            w.push(" = ?");
            w.count(i + 1);
            set += 1;
        }
        i += 1;
    }
    w.push(" WHERE ");
    let mut key = 0;
    while key < table.primary_key.len() {
        w.push(if key == 0 { "" } else { " AND " });
        w.name(table.columns[table.primary_key[key]].name);
        w.push(" = ?");
        w.count(position(columns, table.primary_key[key]) + 1);
        key += 1;
    }
}

const fn position(columns: &[usize], column: usize) -> usize {
    let mut i = 0;
    while i < columns.len() && columns[i] != column {
        i += 1;
    }
    i
}

const fn where_key(w: &mut Writer<'_>, table: &Table) {
    let mut i = 0;
    while i < table.primary_key.len() {
        w.push(if i == 0 { " WHERE " } else { " AND " });
        w.name(table.columns[table.primary_key[i]].name);
        w.push(" = ?");
        i += 1;
    }
}

/// Up to the query, which follows as a parameter. `rank MATCH` sets the weights, and lets FTS5 sort by rank itself.
/// See <https://www.sqlite.org/fts5.html#sorting_by_auxiliary_function_results>.
const fn search(w: &mut Writer<'_>, table: &Table) {
    let Some(fts) = &table.fts else { return };
    w.push(" FROM ");
    fts_name(w, table, fts, "");
    w.push(" JOIN ");
    w.name(table.name);
    w.push(" ON ");
    w.name(table.name);
    w.push(".");
    w.name(rowid(table));
    w.push(" = ");
    fts_name(w, table, fts, "");
    w.push(".rowid WHERE ");
    if fts.has_weights() {
        fts_name(w, table, fts, "");
        w.push(".rank MATCH 'bm25(");
        let mut i = 0;
        while i < fts.columns.len() {
            w.push(if i == 0 { "" } else { ", " });
            w.push(fts.columns[i].weight);
            i += 1;
        }
        w.push(")' AND ");
    }
    fts_name(w, table, fts, "");
    w.push(" MATCH ");
}
