//! All rows of a database as text, so that two states can be compared whole.

use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// By table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rows(BTreeMap<String, Vec<Row>>);

/// SQL literals by column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row(BTreeMap<String, String>);

/// The tables of an application: not those of the tools, of SQLite, of full text, and of what `--keep` has put aside.
const TABLES: &str = "SELECT name, wr FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table'
      AND (name = 'sqlite_sequence' OR NOT (name GLOB 'sqlite_*' OR name GLOB '_*' OR name GLOB '*__kept'
           OR name IN ('refinery_schema_history', 'd1_migrations', 'tablature_migrations')))";

impl Rows {
    pub(crate) fn of(db: &Connection) -> Self {
        let mut rows = BTreeMap::new();
        for (table, without_rowid) in tables(db) {
            let mut columns: Vec<String> = db
                .prepare(&format!("SELECT name FROM pragma_table_xinfo('{table}')"))
                .unwrap()
                .query_map((), |row| row.get(0))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            if !without_rowid && table != "sqlite_sequence" {
                columns.push("rowid".to_owned());
            }
            let literals: Vec<String> = columns.iter().map(|it| format!("quote({it})")).collect();
            // The histories of tools count too.
            let ours = if table == "sqlite_sequence" {
                "WHERE name NOT LIKE '%migrations'"
            } else {
                ""
            };
            let sql = format!(
                "SELECT {} FROM {table} {ours} ORDER BY 1, 2",
                literals.join(", ")
            );
            let row = |row: &rusqlite::Row<'_>| {
                let literals = columns
                    .iter()
                    .enumerate()
                    .map(|(at, column)| Ok((column.clone(), row.get(at)?)));
                literals.collect::<rusqlite::Result<_>>().map(Row)
            };
            let found = db
                .prepare(&sql)
                .unwrap()
                .query_map((), row)
                .unwrap()
                .map(Result::unwrap)
                .collect();
            rows.insert(table, found);
        }
        Self(rows)
    }

    pub(crate) fn each(&mut self, table: &str, change: fn(&mut Row)) {
        self.0.get_mut(table).unwrap().iter_mut().for_each(change);
    }

    pub(crate) fn table(&mut self, name: &str) {
        self.0.insert(name.to_owned(), Vec::new());
    }

    pub(crate) fn drop(&mut self, name: &str) {
        self.0.remove(name).unwrap();
    }

    /// A column as other rows have it.
    pub(crate) fn take(&mut self, table: &str, column: &str, from: &Self) {
        for row in self.0.get_mut(table).unwrap() {
            let other = from.0[table]
                .iter()
                .find(|it| it.0["rowid"] == row.0["rowid"]);
            row.set(column, &other.unwrap().0[column]);
        }
    }

    pub(crate) fn has(&self, table: &str, column: &str) -> bool {
        self.0[table].iter().any(|it| it.0.contains_key(column))
    }

    fn lines(&self) -> BTreeSet<String> {
        let tables = self.0.keys().map(|table| format!("{table}: a table"));
        let rows = self
            .0
            .iter()
            .flat_map(|(table, rows)| rows.iter().map(move |row| format!("{table}: {row}")));
        tables.chain(rows).collect()
    }
}

impl Row {
    pub(crate) fn change(&mut self, column: &str, change: fn(&str) -> String) {
        let value = self.0.get_mut(column).unwrap();
        *value = change(value);
    }

    pub(crate) fn rename(&mut self, old: &str, new: &str) {
        let value = self.0.remove(old).unwrap();
        self.0.insert(new.to_owned(), value);
    }

    pub(crate) fn remove(&mut self, column: &str) {
        self.0.remove(column).unwrap();
    }

    pub(crate) fn set(&mut self, column: &str, literal: &str) {
        self.0.insert(column.to_owned(), literal.to_owned());
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns: Vec<String> = self
            .0
            .iter()
            .map(|(column, literal)| format!("{column} {literal}"))
            .collect();
        f.write_str(&columns.join(", "))
    }
}

/// Rows that are missing (`-`), and rows that should not be there (`+`).
pub(crate) fn differences(expected: &Rows, found: &Rows) -> Vec<String> {
    let (expected, found) = (expected.lines(), found.lines());
    let missing = expected.difference(&found).map(|line| format!("- {line}"));
    let more = found.difference(&expected).map(|line| format!("+ {line}"));
    missing.chain(more).collect()
}

/// Names, and whether they are without rowids.
pub(crate) fn tables(db: &Connection) -> Vec<(String, bool)> {
    let mut tables = db.prepare(TABLES).unwrap();
    let tables = tables
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    tables.map(Result::unwrap).collect()
}

/// What is wrong with a database, whatever its rows are.
pub(crate) fn faults(db: &Connection, rows: &Rows) -> rusqlite::Result<Vec<String>> {
    let mut faults = Vec::new();
    let mut keys = db.prepare("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check")?;
    let mut broken = keys.query(())?;
    while let Some(row) = broken.next()? {
        faults.push(format!(
            "{} {:?} refers to no row of {}",
            row.get::<_, String>(0)?,
            row.get::<_, Option<i64>>(1)?,
            row.get::<_, String>(2)?
        ));
    }
    let integrity: String = db.query_row("PRAGMA integrity_check", (), |row| row.get(0))?;
    if integrity != "ok" {
        faults.push(integrity);
    }
    db.execute(
        "INSERT INTO posts_fts (posts_fts, rank) VALUES ('integrity-check', 1)",
        (),
    )?;
    let found = |word: &str| -> rusqlite::Result<String> {
        let sql = "SELECT ifnull(group_concat(rowid), '') FROM (SELECT rowid FROM posts_fts WHERE posts_fts MATCH ? ORDER BY 1)";
        db.query_row(sql, [word], |row| row.get(0))
    };
    let mut expect = |what: &str, found: String, expected: &str| {
        if found != expected {
            faults.push(format!("{what}: {found}, not {expected}"));
        }
    };
    let title = if rows.has("posts", "headline") {
        "headline"
    } else {
        "title"
    };
    expect("rust*", found("rust*")?, "1,2");
    expect("run", found("body: run")?, "5");
    expect("a title", found(&format!("{title}: hello"))?, "1");

    // What the database does from now on: keys, triggers, actions. Nothing of it remains.
    let life = db.unchecked_transaction()?;
    life.pragma_update(None, "foreign_keys", true)?;
    life.execute(
        &format!("INSERT INTO posts (author_id, {title}, body) VALUES (1, 'newest', 'rust')"),
        (),
    )?;
    expect("the next key", life.last_insert_rowid().to_string(), "901");
    expect("rust*", found("rust*")?, "1,2,901");
    life.execute("UPDATE comments SET text = 'edited' WHERE id = 9", ())?;
    life.execute("DELETE FROM authors WHERE id = 1", ())?;
    expect("rust*, without the author", found("rust*")?, "");
    let count = |table: &str| {
        life.query_row(&format!("SELECT count(*) FROM {table}"), (), |row| {
            row.get::<_, i64>(0)
        })
    };
    for (table, left) in [
        ("authors", "0"),
        ("comments", "0"),
        ("tags", "0"),
        ("log", "9"),
    ] {
        expect(table, count(table)?.to_string(), left);
    }
    Ok(faults)
}
