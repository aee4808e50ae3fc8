use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tablature::rusqlite::config::DbConfig;
use tablature::rusqlite::{ErrorCode, OpenFlags, Result};
use tablature::{Connection, rusqlite};

/// A database that is only read. Afterwards its folder is as it was.
pub(crate) struct Original {
    // It is closed before the files beside it are looked at.
    db: Connection,
    _beside: Option<Beside>,
}

impl Original {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let beside = Beside::of(path);
        let db = match (looked_at(path, OpenFlags::empty()), &beside) {
            (Err(error), Some(beside)) if may_not_write(&error) && beside.is_at_rest() => {
                looked_at(
                    Path::new(&immutable(&beside.database)),
                    OpenFlags::SQLITE_OPEN_URI,
                )?
            }
            (db, _) => db?,
        };
        Ok(Self {
            db,
            _beside: beside,
        })
    }
}

/// SQLite opens a file only when it is asked for something.
fn looked_at(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | flags)?;
    db.pragma_query(None, "schema_version", |_| Ok(()))?;
    Ok(db)
}

/// The files beside it could not be made.
fn may_not_write(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    matches!(code, Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// The URI of a database that needs no files beside it: <https://www.sqlite.org/uri.html#uriimmutable>.
fn immutable(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                uri.push(char::from(*byte));
            }
            _ => {
                let _ = write!(uri, "%{byte:02x}");
            }
        }
    }
    uri + "?immutable=1"
}

/// One that is no file.
impl From<Connection> for Original {
    fn from(db: Connection) -> Self {
        Self { db, _beside: None }
    }
}

impl Deref for Original {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.db
    }
}

/// The files beside a database in WAL mode, its log and the index of that. Whoever reads makes them; but only who writes
/// takes them away: <https://www.sqlite.org/wal.html#readonly>.
struct Beside {
    database: PathBuf,
    log: PathBuf,
    index: PathBuf,
    journal: PathBuf,
    had_log: bool,
    had_index: bool,
}

impl Beside {
    /// Those of the file that a link leads to.
    fn of(path: &Path) -> Option<Self> {
        let database = path.canonicalize().ok()?;
        let with = |ending: &str| {
            let mut name = database.clone().into_os_string();
            name.push(ending);
            PathBuf::from(name)
        };
        let (log, index, journal) = (with("-wal"), with("-shm"), with("-journal"));
        Some(Self {
            had_log: log.exists(),
            had_index: index.exists(),
            database,
            log,
            index,
            journal,
        })
    }

    /// Whether nobody has the database open, and all of it is in its file. Whoever has it open in WAL mode has a log, and
    /// what a transaction that was cut off has left in the file, only a journal tells.
    fn is_at_rest(&self) -> bool {
        let is_empty = match fs::metadata(&self.log) {
            Ok(log) => log.len() == 0,
            Err(error) => error.kind() == ErrorKind::NotFound,
        };
        is_empty && !self.index.exists() && !self.journal.exists()
    }

    /// Takes away what has come, if nobody else has the database open. Every connection in WAL mode holds a lock of the
    /// file, so who has it alone can be sure of that, as SQLite itself is when it closes the last connection. With
    /// `locking_mode = EXCLUSIVE` before the first look at the log, it is taken there, and no index is made:
    /// <https://www.sqlite.org/wal.html#noshm>.
    fn clear(&self) -> Result<()> {
        let has_come = |had: bool, path: &Path| !had && path.exists();
        if !has_come(self.had_log, &self.log) && !has_come(self.had_index, &self.index) {
            return Ok(());
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(&self.database, flags)?;
        db.busy_timeout(Duration::ZERO)?;
        // A log that was there stays. SQLite takes the other one away, with what others have written meanwhile brought home,
        // as it would have been if only they had been here.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, self.had_log)?;
        let exclusive = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
        db.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", exclusive)?;
        db.pragma_query(None, "schema_version", |_| Ok(()))?;
        if has_come(self.had_index, &self.index) {
            let _ = fs::remove_file(&self.index);
        }
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // What stays does no harm, and there is nobody to tell.
        let _ = self.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::Original;
    use std::fs;
    use std::path::{Path, PathBuf};
    use tablature::Connection;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let name = format!("tablature-original-{name}-{}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }

        fn files(&self) -> Vec<String> {
            let entries = self.0.read_dir().unwrap();
            let mut names: Vec<String> = entries
                .map(|it| it.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    const ALL: [&str; 3] = ["a.db", "a.db-shm", "a.db-wal"];

    fn database(folder: &Folder) -> PathBuf {
        let path = folder.0.join("a.db");
        let db = Connection::open(&path).unwrap();
        db.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE a (b)")
            .unwrap();
        path
    }

    fn rows(path: &Path) -> i64 {
        let db = Connection::open(path).unwrap();
        db.query_row("SELECT count(*) FROM a", (), |row| row.get(0))
            .unwrap()
    }

    #[test]
    fn the_files_of_who_came_meanwhile_stay() {
        let folder = Folder::new("stay");
        let path = database(&folder);
        let original = Original::open(&path).unwrap();
        let other = Connection::open(&path).unwrap();
        other.execute_batch("INSERT INTO a VALUES (1)").unwrap();
        drop(original);
        assert_eq!(folder.files(), ALL);
        other.execute_batch("INSERT INTO a VALUES (2)").unwrap();
        assert_eq!(rows(&path), 2);
        drop(other);
        assert_eq!(folder.files(), ["a.db"]);
        assert_eq!(rows(&path), 2);
    }

    /// It holds a lock from its first look.
    #[test]
    fn the_files_of_who_has_only_read_stay() {
        let folder = Folder::new("read");
        let path = database(&folder);
        let original = Original::open(&path).unwrap();
        let other = Connection::open(&path).unwrap();
        other
            .pragma_query(None, "schema_version", |_| Ok(()))
            .unwrap();
        drop(original);
        assert_eq!(folder.files(), ALL);
        drop(other);
        assert_eq!(folder.files(), ["a.db"]);
    }

    #[test]
    fn what_others_have_written_meanwhile_is_kept() {
        let folder = Folder::new("kept");
        let path = database(&folder);
        let original = Original::open(&path).unwrap();
        let other = Connection::open(&path).unwrap();
        other.execute_batch("INSERT INTO a VALUES (1)").unwrap();
        drop(other);
        drop(original);
        assert_eq!(folder.files(), ["a.db"]);
        assert_eq!(rows(&path), 1);
    }
}
