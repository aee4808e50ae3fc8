use super::MigrateError;
use super::options::Backups;
use crate::migrations::digest;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, ffi};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a lock of somebody else is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// A copy that was made, of which nobody knows yet whether it will be needed.
pub(super) struct Made {
    path: PathBuf,
    prefix: String,
    keep: usize,
}

/// Copies the database as it was committed last, under a name that sorts by time.
///
/// The writer's own connection would copy what it is about to change, so another one reads.
pub(super) fn backup(
    db: &Connection,
    backups: &Backups,
    version: i64,
) -> Result<Option<Made>, MigrateError> {
    let folder = match &backups.folder {
        folder if folder.as_os_str().is_empty() => Path::new("."),
        folder => folder,
    };
    let failed = |reason: String| MigrateError::Backup {
        folder: folder.to_owned(),
        reason,
    };
    let Some(path) = db.path().filter(|it| !it.is_empty()).map(PathBuf::from) else {
        let sql = "SELECT length(CAST(file AS BLOB)) FROM pragma_database_list WHERE name = 'main'";
        let bytes: Option<i64> = db.query_row(sql, (), |row| row.get(0))?;
        return match bytes {
            Some(1..) => Err(failed("the path of the database is not UTF-8".to_owned())),
            _ => Ok(None),
        };
    };
    let prefix = prefix(&path);
    let sql = "SELECT strftime('%Y%m%dT%H%M%fZ', 'now')";
    let now: String = db.query_row(sql, (), |row| row.get(0))?;
    let name = format!("{prefix}{version:04}.{now}.db");
    fs::create_dir_all(folder).map_err(|error| failed(error.to_string()))?;
    let (target, unfinished) = (
        folder.join(&name),
        folder.join(format!("{name}.unfinished")),
    );
    copy_file(&path, &unfinished).map_err(|error| {
        let _ = fs::remove_file(&unfinished);
        failed(error.to_string())
    })?;
    fs::rename(&unfinished, &target).map_err(|error| failed(error.to_string()))?;
    Ok(Some(Made {
        path: target,
        prefix,
        keep: backups.keep,
    }))
}

impl Made {
    /// The database has changed: of its backups, this one and the newest others stay. One that cannot be taken away stays,
    /// too.
    pub(super) fn keep(self) {
        let Some(entries) = self.path.parent().and_then(|it| it.read_dir().ok()) else {
            return;
        };
        let mut others = Vec::new();
        for path in entries.filter_map(|it| Some(it.ok()?.path())) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if let Some(time) = time_of(&name, &self.prefix).filter(|_| path != self.path) {
                others.push((time.to_owned(), path.clone()));
            }
        }
        others.sort();
        let old = (others.len() + 1).saturating_sub(self.keep);
        for (_, path) in &others[..old] {
            let _ = fs::remove_file(path);
        }
    }

    /// The database is as it was, and so are its older backups.
    pub(super) fn discard(self) {
        let _ = fs::remove_file(self.path);
    }
}

/// `blog-1f2e3d4c.before-`: two databases of one name have backups of their own.
fn prefix(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let digest = digest(&whole.to_string_lossy());
    format!("{stem}-{}.before-", &digest[..8])
}

fn copy_file(from: &Path, to: &Path) -> rusqlite::Result<()> {
    let from = Connection::open_with_flags(
        from,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    from.busy_timeout(PATIENCE)?;
    let mut to = Connection::open(to)?;
    copy(&from, &mut to)?;
    // A copy of a database in WAL mode would leave a log of its own beside it.
    to.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))
}

/// Copies a database into another one, with SQLite's backup API. Of one that is locked for good, as with
/// `locking_mode = EXCLUSIVE`, rusqlite's `run_to_completion` would wait for ever; this gives up after five seconds.
///
/// ```
/// use tablature::{Connection, migrations};
///
/// let (from, mut to) = (Connection::open_in_memory()?, Connection::open_in_memory()?);
/// from.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY)")?;
/// migrations::copy(&from, &mut to)?;
/// assert!(to.table_exists(None, "posts")?);
/// # Ok::<(), tablature::rusqlite::Error>(())
/// ```
pub fn copy(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    let backup = Backup::new(from, to)?;
    let mut moved = Instant::now();
    loop {
        match backup.step(1024)? {
            StepResult::Done => return Ok(()),
            StepResult::More => moved = Instant::now(),
            _ if moved.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(10)),
            _ => {
                let busy = ffi::Error::new(ffi::SQLITE_BUSY);
                return Err(rusqlite::Error::SqliteFailure(busy, None));
            }
        }
    }
}

/// The time in `blog-1f2e3d4c.before-0003.20250108T120000.000Z.db`.
fn time_of<'n>(name: &'n str, prefix: &str) -> Option<&'n str> {
    let rest = name.strip_prefix(prefix)?;
    let (version, time) = rest.strip_suffix(".db")?.split_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let (date, clock) = time.strip_suffix('Z')?.split_once('T')?;
    let clock = clock.replace('.', "");
    (digits(version) && digits(date) && digits(&clock)).then_some(time)
}
