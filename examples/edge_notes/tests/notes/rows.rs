//! All rows of a database, as values to compare.

use std::collections::BTreeMap;
use tablature::Connection;
use tablature::types::Value;

pub(super) type Row = BTreeMap<String, Value>;

/// Of each table of the application, in the order of its primary key.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rows(pub(super) BTreeMap<String, Vec<Row>>);

/// Those of others are left out: SQLite's, wrangler's and workerd's.
const TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table'
    AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND name <> 'd1_migrations'";

impl Rows {
    pub(super) fn of(db: &Connection) -> Self {
        let mut tables = db.prepare(TABLES).unwrap();
        let tables = tables.query_map((), |row| row.get(0)).unwrap();
        let tables = tables.map(|table| {
            let table: String = table.unwrap();
            let rows = rows(db, &table);
            (table, rows)
        });
        Self(tables.collect())
    }

    pub(super) fn make(&mut self, table: &str) {
        self.0.insert(table.to_owned(), Vec::new());
    }

    pub(super) fn drop(&mut self, table: &str) {
        self.0.remove(table);
    }

    /// Gives a column to each row, or another value.
    pub(super) fn set(&mut self, table: &str, column: &str, value: impl Fn(&Row) -> Value) {
        for row in self.0.get_mut(table).unwrap() {
            let value = value(row);
            row.insert(column.to_owned(), value);
        }
    }

    pub(super) fn unset(&mut self, table: &str, column: &str) {
        for row in self.0.get_mut(table).unwrap() {
            row.remove(column);
        }
    }
}

fn rows(db: &Connection, table: &str) -> Vec<Row> {
    let key = "SELECT group_concat(name) FROM (SELECT name FROM pragma_table_info(?1) WHERE pk ORDER BY pk)";
    let key: String = db.query_row(key, [table], |row| row.get(0)).unwrap();
    let sql = format!("SELECT * FROM {table} ORDER BY {key}");
    let mut statement = db.prepare(&sql).unwrap();
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let read = |row: &tablature::rusqlite::Row<'_>| {
        let values = names.iter().enumerate();
        values
            .map(|(at, name)| Ok((name.clone(), row.get(at)?)))
            .collect()
    };
    let rows = statement.query_map((), read).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}
