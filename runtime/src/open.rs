mod options;

use crate::declare;
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use options::{JournalMode, Options, Synchronous};

/// All tables of an application. The [`schema!`](crate::schema) macro makes one.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    name: &'static str,
    tables: &'static [Entry],
}

#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub table: &'static declare::Table,
    pub ddl: &'static str,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The file is no database, or not to be opened.
    #[error("cannot open `{}`: {source}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// A setting was refused.
    #[error("cannot set `{setting}`: {source}")]
    Setting {
        /// The pragma, or the option of the connection.
        setting: &'static str,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The tables could not be created; nothing of them remains.
    #[error("cannot create the tables: {0}")]
    Create(#[source] rusqlite::Error),
    /// The database has tables, but not those of the structs.
    #[error("the database differs from the structs: {kind} `{name}` {}", difference(.found))]
    Differs {
        /// `table`, `index`, `trigger` or `view`.
        kind: String,
        /// Its name.
        name: String,
        /// Its text in the database; none where it is missing.
        found: Option<String>,
        /// Its text according to the structs.
        expected: String,
    },
}

impl Schema {
    #[doc(hidden)]
    pub const fn new(name: &'static str, tables: &'static [Entry]) -> Self {
        Self { name, tables }
    }

    /// The name of the static.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The tables, as the structs declare them.
    pub fn tables(&self) -> impl Iterator<Item = &'static declare::Table> {
        self.tables.iter().map(|entry| entry.table)
    }

    /// The statements that create everything.
    pub fn ddl(&self) -> String {
        self.tables
            .iter()
            .map(|entry| entry.ddl)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Opens a database file, or makes it, with the settings of [`Options::new`], and creates the tables where there
    /// are none yet.
    pub fn open(&self, path: impl AsRef<Path>) -> Result<Connection, OpenError> {
        self.open_with(path, &Options::new())
    }

    /// The same with settings of your own.
    pub fn open_with(
        &self,
        path: impl AsRef<Path>,
        options: &Options,
    ) -> Result<Connection, OpenError> {
        let path = path.as_ref();
        let db = Connection::open(path).map_err(|source| OpenError::Open {
            path: path.to_owned(),
            source,
        })?;
        self.prepare(db, options)
    }

    /// A database in memory, which goes away with the connection.
    pub fn open_in_memory(&self) -> Result<Connection, OpenError> {
        let db = Connection::open_in_memory().map_err(|source| OpenError::Open {
            path: ":memory:".into(),
            source,
        })?;
        self.prepare(db, &Options::new())
    }

    fn prepare(&self, mut db: Connection, options: &Options) -> Result<Connection, OpenError> {
        options.apply(&db, self.tables.len())?;
        self.create(&mut db)?;
        Ok(db)
    }

    /// Creates the tables in an empty database; compares otherwise, for which no writer has to be waited for.
    fn create(&self, db: &mut Connection) -> Result<(), OpenError> {
        let found = objects(db).map_err(OpenError::Create)?;
        if !found.is_empty() {
            return self.compare(&found);
        }
        // Of many processes that start at once, one gets the lock and creates; the others find its tables.
        let transaction = db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(OpenError::Create)?;
        let found = objects(&transaction).map_err(OpenError::Create)?;
        if !found.is_empty() {
            return self.compare(&found);
        }
        transaction
            .execute_batch(&self.ddl())
            .map_err(OpenError::Create)?;
        transaction.commit().map_err(OpenError::Create)
    }

    fn compare(&self, found: &Objects) -> Result<(), OpenError> {
        let scratch = Connection::open_in_memory().map_err(OpenError::Create)?;
        scratch
            .execute_batch(&self.ddl())
            .map_err(OpenError::Create)?;
        for (object, expected) in objects(&scratch).map_err(OpenError::Create)? {
            let found = found.get(&object).cloned();
            if found.as_ref() != Some(&expected) {
                let (kind, name) = object;
                return Err(OpenError::Differs {
                    kind,
                    name,
                    found,
                    expected,
                });
            }
        }
        Ok(())
    }
}

/// Kind and name to text.
type Objects = BTreeMap<(String, String), String>;

/// Everything in the database but SQLite's own.
fn objects(db: &Connection) -> rusqlite::Result<Objects> {
    let mut statement = db.prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")?;
    statement
        .query_map((), |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?
        .collect()
}

fn difference(found: &Option<String>) -> &'static str {
    match found {
        Some(_) => "has another definition",
        None => "is missing",
    }
}
