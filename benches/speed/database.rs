use crate::Result;
use crate::rows::{ARTICLES, POSTS, Post};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::cell::Cell;
use std::path::{Path, PathBuf};
use tablature::{Insert, Schema};

/// Where the databases are. All are opened by Tablature with its default settings, so that they are the same for all
/// candidates.
pub(crate) enum Place {
    /// Each database is a new file.
    File {
        folder: PathBuf,
        made: Cell<usize>,
    },
    Memory,
}

impl Place {
    pub(crate) fn all() -> Result<[Self; 2]> {
        let folder = std::env::temp_dir().join(format!("tablature-speed-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let made = Cell::new(0);
        Ok([Self::File { folder, made }, Self::Memory])
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::File { .. } => "file",
            Self::Memory => "memory",
        }
    }

    pub(crate) fn posts(&self) -> Result<Database> {
        self.open(&POSTS)
    }

    pub(crate) fn articles(&self) -> Result<Database> {
        self.open(&ARTICLES)
    }

    /// With rows, and the log moved into the file, where an application that reads finds most of its data.
    pub(crate) fn filled(&self, posts: &[Post]) -> Result<Database> {
        let this = self.posts()?;
        Post::insert_all(&this.db, posts)?;
        this.db
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()))?;
        Ok(this)
    }

    fn open(&self, schema: &Schema) -> Result<Database> {
        match self {
            Self::File { folder, made } => {
                made.set(made.get() + 1);
                let path = folder.join(format!("{}.db", made.get()));
                Ok(Database {
                    db: schema.open(&path)?,
                    path: Some(path),
                })
            }
            Self::Memory => Ok(Database {
                db: schema.open_in_memory()?,
                path: None,
            }),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Self::File { folder, .. } = self {
            // It is in the folder for temporary files, and the next run has another name.
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// A database that goes away with its connection.
pub(crate) struct Database {
    pub(crate) db: Connection,
    path: Option<PathBuf>,
}

impl Database {
    /// Statements are prepared again, with or without SQLite's query planner stability guarantee.
    pub(crate) fn stable_plans(&self, stable: bool) -> Result {
        self.db.flush_prepared_statement_cache();
        self.db
            .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, stable)?;
        Ok(())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            remove(path);
        }
    }
}

/// The connection is still open: the log and its index go with the folder, unless they are large.
fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let _ = std::fs::remove_file(name);
    }
}
