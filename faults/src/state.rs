use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};
use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// What a database has: read in one transaction, so it is what one moment had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Every object with its text.
    pub schema: String,
    /// The numbers of the history.
    pub versions: String,
    /// Every value of every row, as one number; without the loans to `writer`, who writes meanwhile.
    pub rows: u64,
}

impl State {
    /// Reads it.
    pub fn of(db: &Connection) -> Result<Self> {
        let transaction = db.unchecked_transaction()?;
        let text = |sql| transaction.query_row(sql, (), |row| row.get(0));
        Ok(Self {
            schema: text(
                "SELECT group_concat(concat_ws(' ', type, name, tbl_name, sql), char(10) ORDER BY type, name) FROM sqlite_schema",
            )?,
            versions: text(
                "SELECT coalesce(group_concat(version ORDER BY version), '') FROM tablature_migrations",
            )?,
            rows: rows(&transaction)?,
        })
    }
}

/// One line, to compare.
impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut schema = DefaultHasher::new();
        self.schema.hash(&mut schema);
        write!(
            f,
            "{:016x} [{}] {:016x}",
            schema.finish(),
            self.versions,
            self.rows
        )
    }
}

fn rows(db: &Connection) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for sql in [
        "SELECT id, name FROM authors ORDER BY id",
        "SELECT id, author_id, title, blurb, year FROM books ORDER BY id",
        "SELECT id, book_id, reader FROM loans WHERE reader <> 'writer' ORDER BY id",
        "SELECT name, seq FROM sqlite_sequence ORDER BY name",
    ] {
        let mut statement = db.prepare(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Integer(value) => value.hash(&mut hasher),
                    ValueRef::Text(value) => value.hash(&mut hasher),
                    other => format!("{other:?}").hash(&mut hasher),
                }
            }
        }
        sql.hash(&mut hasher);
    }
    Ok(hasher.finish())
}
