use super::default::equal;
use super::message::fail;
use crate::declare::Table;
use crate::open::Listed;
use crate::sqlite::ident;

/// A table of a schema: it is listed once, under a name of its own, and its foreign keys lead to tables of the schema.
#[track_caller]
pub const fn schema(tables: &[Listed], i: usize) {
    let table = tables[i].table;
    let mut earlier = 0;
    while earlier < i {
        let other = tables[earlier].table;
        if ident::same(table.name.as_bytes(), other.name.as_bytes()) {
            if equal(table.row.as_bytes(), other.row.as_bytes()) {
                fail(&["`", table.row, "` is listed twice"]);
            }
            fail(&[
                "`",
                other.row,
                "` and `",
                table.row,
                "` are both the table `",
                table.name,
                "`; give one `#[table(name = \"…\")]`",
            ]);
        }
        earlier += 1;
    }
    let mut column = 0;
    while column < table.columns.len() {
        if let Some(key) = &table.columns[column].references
            && !key.by_name
        {
            listed(tables, table, key.table);
        }
        column += 1;
    }
    let mut key = 0;
    while key < table.foreign_keys.len() {
        if !table.foreign_keys[key].by_name {
            listed(tables, table, table.foreign_keys[key].table);
        }
        key += 1;
    }
}

#[track_caller]
const fn listed(tables: &[Listed], table: &Table, target: &str) {
    let mut i = 0;
    while i < tables.len() {
        if ident::same(tables[i].table.name.as_bytes(), target.as_bytes()) {
            return;
        }
        i += 1;
    }
    fail(&[
        "`",
        table.row,
        "` refers to the table `",
        target,
        "`, which is not listed; add its struct",
    ]);
}
