//! Random schemas, and their parts: mutations add the same.

mod objects;
mod parts;
mod repair;

pub(crate) use self::objects::{
    add_fts, add_index, add_trigger, add_view, fts_columns, fts_options,
};
pub(crate) use self::parts::{
    action, column, column_name, default, foreign_key, generate, kind, table_name, test,
};
pub(crate) use self::repair::repair;

use super::model::{Id, Key, Schema, Table, Unique, class};
use super::random::Random;

pub(crate) const CONFLICTS: [&str; 5] = [
    "",
    " ON CONFLICT ABORT",
    " ON CONFLICT FAIL",
    " ON CONFLICT IGNORE",
    " ON CONFLICT REPLACE",
];

pub(crate) fn conflict(random: &mut Random) -> &'static str {
    if random.chance(88) {
        ""
    } else {
        CONFLICTS[random.below(5)]
    }
}

pub(crate) fn schema(random: &mut Random) -> Schema {
    let mut schema = Schema::default();
    for _ in 0..=random.below(4) {
        let table = table(&mut schema, random);
        schema.tables.push(table);
    }
    if random.chance(30) {
        let log = log_table(&mut schema);
        schema.tables.push(log);
    }
    let ids: Vec<Id> = schema.tables.iter().map(|it| it.id).collect();
    for _ in 0..random.below(3) {
        let table = random.one(&ids).unwrap();
        add_index(&mut schema, random, table);
    }
    for &table in &ids {
        if random.chance(45) {
            foreign_key(&mut schema, random, table);
        }
    }
    if random.chance(15) {
        add_fts(&mut schema, random);
    }
    for _ in 0..random.below(3) {
        add_view(&mut schema, random);
    }
    for _ in 0..random.below(3) {
        add_trigger(&mut schema, random);
    }
    repair(&mut schema);
    schema
}

/// A table for a trigger to write to: anything fits.
fn log_table(schema: &mut Schema) -> Table {
    let mut table = empty(schema, "change_log");
    for (name, kind) in [("id", "INTEGER"), ("what", ""), ("at", "DATETIME")] {
        let mut column = parts::bare(schema, name.to_owned(), kind);
        if name == "at" {
            column.default = Some("CURRENT_TIMESTAMP".to_owned());
        }
        table.columns.push(column);
    }
    table.key = Some(Key {
        columns: vec![table.columns[0].id],
        autoincrement: true,
        conflict: "",
    });
    table
}

fn empty(schema: &mut Schema, name: &str) -> Table {
    Table {
        id: schema.id(),
        name: name.to_owned(),
        columns: Vec::new(),
        key: None,
        uniques: Vec::new(),
        checks: Vec::new(),
        foreign_keys: Vec::new(),
        strict: false,
        without_rowid: false,
    }
}

pub(crate) fn table(schema: &mut Schema, random: &mut Random) -> Table {
    let name = table_name(schema, random);
    let mut table = empty(schema, &name);
    table.strict = random.chance(25);
    match random.below(10) {
        0..=4 => {
            let id = parts::bare(
                schema,
                if random.chance(70) {
                    "id".to_owned()
                } else {
                    column_name(&table, random)
                },
                "INTEGER",
            );
            table.key = Some(Key {
                columns: vec![id.id],
                autoincrement: random.chance(30),
                conflict: "",
            });
            table.columns.push(id);
        }
        5 => {
            let mut id = parts::bare(schema, "id".to_owned(), "INT");
            id.not_null = random.chance(50);
            table.key = Some(Key {
                columns: vec![id.id],
                autoincrement: false,
                conflict: conflict(random),
            });
            table.columns.push(id);
        }
        6 => {
            let mut id = parts::bare(schema, column_name(&table, random), "TEXT");
            id.not_null = random.chance(70);
            table.key = Some(Key {
                columns: vec![id.id],
                autoincrement: false,
                conflict: conflict(random),
            });
            table.columns.push(id);
        }
        7 => {
            let mut ids = Vec::new();
            for kind in ["INTEGER", "TEXT"] {
                let mut it = parts::bare(schema, column_name(&table, random), kind);
                it.not_null = random.chance(50);
                ids.push(it.id);
                table.columns.push(it);
            }
            table.key = Some(Key {
                columns: ids,
                autoincrement: false,
                conflict: conflict(random),
            });
        }
        _ => {}
    }
    table.without_rowid =
        table.key.as_ref().is_some_and(|it| !it.autoincrement) && random.chance(15);
    for _ in 0..=random.below(5) {
        let column = column(schema, &table, random);
        table.columns.push(column);
    }
    for _ in 0..random.below(3) {
        if let Some(test) = test(&table, random) {
            super::mutate::add_check(&mut table, random, test);
        }
    }
    if random.chance(20) {
        unique(&mut table, random);
    }
    table
}

/// Whether a column is one that foreign keys stand on.
pub(crate) fn parts_of(schema: &Schema, column: Id) -> bool {
    let mut keys = schema.tables.iter().flat_map(|it| &it.foreign_keys);
    keys.any(|it| it.from.contains(&column) || it.to.contains(&column))
}

pub(crate) fn unique(table: &mut Table, random: &mut Random) -> bool {
    let mut columns: Vec<Id> = table
        .columns
        .iter()
        .filter(|it| it.generated.is_none() && class(it.kind) != "other")
        .map(|it| it.id)
        .collect();
    random.shuffle(&mut columns);
    columns.truncate(1 + random.below(2));
    let known = table.uniques.iter().any(|it| it.columns == columns)
        || table.key.as_ref().is_some_and(|it| it.columns == columns);
    if columns.is_empty() || known {
        return false;
    }
    table.uniques.push(Unique {
        columns,
        conflict: conflict(random),
    });
    true
}
