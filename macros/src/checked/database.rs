//! The database of a crate. It is made once for all statements: as long as no file has changed, it is the same.

use super::{manifest, migrations};
use crate::folder::Folder;
use rusqlite::Connection;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The files that the database was made of. The compiler is told of them, so that a change is noticed.
pub(super) struct Source {
    pub(super) files: Vec<String>,
}

struct Database {
    root: PathBuf,
    stamps: Vec<Stamp>,
    source: Source,
    made: Result<Connection, String>,
}

/// What changes when a file does.
#[derive(PartialEq, Eq)]
struct Stamp {
    path: String,
    length: u64,
    modified: Option<SystemTime>,
}

/// The databases of this process: the compiler has one crate, an editor has all of a workspace.
static DATABASES: Mutex<Vec<Database>> = Mutex::new(Vec::new());

/// Does something with the database of the crate that is compiled.
pub(super) fn with<T>(work: impl FnOnce(&Source, &Connection) -> T) -> Result<T, String> {
    let root = Folder::root().ok_or("cargo does not say where the crate is; compile with cargo")?;
    let manifest = root.join("Cargo.toml");
    let settings = manifest::settings(&fs::read_to_string(&manifest).unwrap_or_default())?;
    let folder = Folder::read(&settings.folder);
    if let Some(problem) = folder.problem {
        return Err(format!(
            "{problem}; a folder of another name is named in `Cargo.toml`, in `[package.metadata.tablature]`: `migrations = \"db/migrations\"`"
        ));
    }
    let paths = folder.files.iter().map(|file| file.path.clone());
    let files: Vec<String> = paths
        .chain(folder.recorded.clone())
        .chain(manifest.to_str().map(str::to_owned))
        .collect();
    let stamps: Vec<Stamp> = files.iter().cloned().map(Stamp::of).collect();
    let mut databases = DATABASES.lock().unwrap_or_else(PoisonError::into_inner);
    let known = databases.iter().position(|it| it.root == root);
    let position = match known {
        Some(position) if databases[position].stamps == stamps => position,
        stale => {
            if let Some(position) = stale {
                databases.remove(position);
            }
            databases.push(Database {
                root,
                stamps,
                source: Source { files },
                made: migrations::replay(&folder, &settings.runner),
            });
            databases.len() - 1
        }
    };
    let database = &databases[position];
    match &database.made {
        Ok(db) => Ok(work(&database.source, db)),
        Err(problem) => Err(problem.clone()),
    }
}

impl Stamp {
    fn of(path: String) -> Self {
        let data = fs::metadata(&path).ok();
        Self {
            length: data.as_ref().map_or(0, fs::Metadata::len),
            modified: data.and_then(|data| data.modified().ok()),
            path,
        }
    }
}
