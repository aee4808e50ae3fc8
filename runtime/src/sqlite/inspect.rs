//! What a database has, read with PRAGMAs; the lexer reads what they do not tell.

mod column;
mod constraint;
mod fts;
mod index;
mod table;

use crate::schema::{Expression, Schema, Trigger, View, Virtual, same_name};
use crate::sql::tokens::Tokens;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// Why a schema cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InspectError {
    /// The database does not answer.
    #[error("cannot read the schema: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The text of a statement says what is not understood.
    #[error("cannot read {kind} `{name}`: {reason}")]
    Unreadable {
        /// `table` or `index`.
        kind: &'static str,
        /// Its name.
        name: String,
        /// What is not understood.
        reason: String,
    },
}

/// Reads the schema of a database: everything but temporary objects and those of SQLite itself.
///
/// ```
/// use tablature::Connection;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let db = Connection::open_in_memory()?;
/// db.execute_batch("CREATE TABLE posts (title TEXT COLLATE NOCASE); CREATE INDEX by_title ON posts (title DESC)")?;
/// let schema = tablature::inspect(&db)?;
/// assert_eq!(schema.table("posts").unwrap().columns[0].collation.as_deref(), Some("nocase"));
/// assert!(schema.index("by_title").unwrap().parts[0].descending);
/// # Ok(())
/// # }
/// ```
pub fn inspect(db: &Connection) -> Result<Schema, InspectError> {
    let shadows = shadows(db)?;
    let mut schema = Schema::default();
    for object in objects(db)? {
        if shadows.contains(&object.name) || shadows.contains(&object.table) {
            continue;
        }
        match object.kind.as_str() {
            "table" if is_virtual(&object.sql) => virtual_table(&mut schema, object),
            "table" => schema.tables.push(table::read(db, object)?),
            "index" => schema.indexes.push(index::read(object)?),
            "view" => schema.views.push(View {
                name: object.name,
                sql: Expression::new(object.sql),
            }),
            _ => schema.triggers.push(Trigger {
                name: object.name,
                table: object.table,
                sql: Expression::new(object.sql),
            }),
        }
    }
    name_rowids(&mut schema);
    Ok(schema)
}

/// A full-text table that does not name the rowid of its content, or names it otherwise, means the column that is it.
fn name_rowids(schema: &mut Schema) {
    let Schema { tables, fts, .. } = schema;
    for fts in fts {
        let content = tables
            .iter()
            .find(|it| fts.content().is_some_and(|name| same_name(name, &it.name)));
        let Some(content) = content else { continue };
        let given = fts.options.get("content_rowid");
        let own = given.is_none_or(|given| {
            let names = ["rowid", "oid", "_rowid_"];
            names.iter().any(|it| same_name(it, given)) && content.column(given).is_none()
        });
        if let Some(rowid) = content.rowid_column().filter(|_| own) {
            fts.options
                .insert("content_rowid".to_owned(), rowid.to_owned());
        }
    }
}

/// A row of `sqlite_schema`. See <https://www.sqlite.org/schematab.html>.
struct Object {
    kind: String,
    name: String,
    table: String,
    sql: String,
}

impl Object {
    fn unreadable(&self, kind: &'static str, reason: impl Into<String>) -> InspectError {
        InspectError::Unreadable {
            kind,
            name: self.name.clone(),
            reason: reason.into(),
        }
    }
}

fn objects(db: &Connection) -> rusqlite::Result<Vec<Object>> {
    // Creation order, except that ALTER TABLE … RENAME keeps the old place: good for reading, not for running.
    let mut statement = db.prepare(
        "SELECT type, name, tbl_name, sql FROM main.sqlite_schema
         WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
    )?;
    let rows = statement.query_map((), |row| {
        Ok(Object {
            kind: row.get(0)?,
            name: row.get(1)?,
            table: row.get(2)?,
            sql: row.get(3)?,
        })
    })?;
    rows.collect()
}

/// The tables in which virtual tables keep their rows. See <https://www.sqlite.org/vtab.html#the_xshadowname_method>.
fn shadows(db: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    let mut statement =
        db.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'")?;
    statement.query_map((), |row| row.get(0))?.collect()
}

fn is_virtual(sql: &str) -> bool {
    Tokens::new(sql).eat(&["create", "virtual"])
}

fn virtual_table(schema: &mut Schema, object: Object) {
    let mut tokens = Tokens::new(&object.sql);
    tokens.eat(&["create", "virtual", "table"]);
    tokens.eat(&["if", "not", "exists"]);
    tokens.name();
    tokens.eat(&["using"]);
    let module = tokens.name().unwrap_or_default();
    if same_name(&module, "fts5") {
        let arguments = tokens.parenthesised();
        schema.fts.push(fts::read(&object, arguments));
    } else {
        schema.virtuals.push(Virtual {
            name: object.name,
            module,
            sql: Expression::new(object.sql),
        });
    }
}
