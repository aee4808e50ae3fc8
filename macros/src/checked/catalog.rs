//! What SQLite knows of its tables.

use super::lexer::Token;
use rusqlite::{Connection, Row, ToSql};

/// A column of a table.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) declared: String,
    pub(super) not_null: bool,
    pub(super) has_default: bool,
    /// Another name of the rowid, which is never NULL.
    pub(super) is_rowid: bool,
    /// Computed, or hidden: an INSERT that names no columns does not mean it.
    pub(super) is_hidden: bool,
}

/// A table, as far as its rows are its own.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) strict: bool,
    pub(super) columns: Vec<Column>,
}

/// The ordinary table of this name; none for a view, and for a virtual table, whose rows are what its module says.
pub(super) fn table(db: &Connection, name: &str) -> Option<Table> {
    let sql = "SELECT name, strict, wr FROM pragma_table_list(?1) WHERE schema = 'main' AND type = 'table'";
    let found = rows(db, sql, &[&name], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    });
    let (name, strict, without_rowid): (String, bool, bool) = found.into_iter().next()?;
    let mut columns = columns(db, &name);
    let keys = columns.iter().filter(|column| column.is_rowid).count();
    for column in &mut columns {
        let is_integer = column.declared.eq_ignore_ascii_case("integer");
        column.is_rowid &= keys == 1 && is_integer && !without_rowid;
    }
    Some(Table {
        name,
        strict,
        columns,
    })
}

/// All of them; a part of the key is said to be the rowid.
fn columns(db: &Connection, table: &str) -> Vec<Column> {
    let sql = "SELECT name, type, \"notnull\", dflt_value IS NOT NULL, pk > 0, hidden > 0 FROM pragma_table_xinfo(?1)";
    rows(db, sql, &[&table], |row| {
        Ok(Column {
            name: row.get(0)?,
            declared: row.get(1)?,
            not_null: row.get(2)?,
            has_default: row.get(3)?,
            is_rowid: row.get(4)?,
            is_hidden: row.get(5)?,
        })
    })
}

/// The names of all tables and views.
pub(super) fn names(db: &Connection) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    rows(db, sql, &[], |row| row.get(0))
}

/// The names of the columns of a table or a view.
pub(super) fn column_names(db: &Connection, table: &str) -> Vec<String> {
    let sql = "SELECT name FROM pragma_table_xinfo(?1)";
    rows(db, sql, &[&table], |row| row.get(0))
}

/// The names of the functions.
pub(super) fn functions(db: &Connection) -> Vec<String> {
    rows(
        db,
        "SELECT DISTINCT name FROM pragma_function_list",
        &[],
        |row| row.get(0),
    )
}

/// The views, each with its text.
pub(super) fn views(db: &Connection) -> Vec<(String, String)> {
    rows(
        db,
        "SELECT name, sql FROM sqlite_schema WHERE type = 'view'",
        &[],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The pages where a table and its indexes begin.
pub(super) fn roots(db: &Connection, table: &str) -> Vec<i64> {
    let sql =
        "SELECT rootpage FROM sqlite_schema WHERE tbl_name = ?1 COLLATE nocase AND rootpage > 0";
    rows(db, sql, &[&table], |row| row.get(0))
}

/// Whether a table has a foreign key to another one, all of it NOT NULL.
pub(super) fn always_refers(db: &Connection, child: &str, parent: &str) -> bool {
    let sql = "SELECT sum(column.name IS NULL) = 0 FROM pragma_foreign_key_list(?1) AS key
        LEFT JOIN pragma_table_xinfo(?1) AS column ON column.name = key.\"from\" COLLATE nocase AND column.\"notnull\"
        WHERE key.\"table\" = ?2 COLLATE nocase GROUP BY key.id ORDER BY sum(column.name IS NULL) LIMIT 1";
    let found: Vec<bool> = rows(db, sql, &[&child, &parent], |row| row.get(0));
    found == [true]
}

/// An instruction of SQLite's virtual machine.
pub(super) struct Instruction {
    pub(super) opcode: String,
    pub(super) p1: i64,
    pub(super) p2: i64,
    pub(super) p3: i64,
}

/// What a statement is compiled to.
pub(super) fn program(db: &Connection, sql: &str) -> rusqlite::Result<Vec<Instruction>> {
    let mut statement = db.prepare(&format!("EXPLAIN {sql}"))?;
    // Its parameters have no values.
    let rows = statement.raw_query().mapped(|row| {
        Ok(Instruction {
            opcode: row.get(1)?,
            p1: row.get(2)?,
            p2: row.get(3)?,
            p3: row.get(4)?,
        })
    });
    rows.collect()
}

/// The tables and views that a statement names.
pub(super) fn named(db: &Connection, sql: &str, tokens: &[Token]) -> Vec<String> {
    let mut names = names(db);
    names.retain(|name| tokens.iter().any(|token| token.names(sql, name)));
    names
}

/// What cannot be asked is not known.
fn rows<T>(
    db: &Connection,
    sql: &str,
    values: &[&dyn ToSql],
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Vec<T> {
    let all = || {
        db.prepare_cached(sql)?
            .query_map(values, read)?
            .collect::<rusqlite::Result<Vec<T>>>()
    };
    all().unwrap_or_default()
}
