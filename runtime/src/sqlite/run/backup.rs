use super::MigrateError;
use super::options::Backups;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, ffi};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a lock of somebody else is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Copies the database as it was committed last, under a name that sorts by time, and takes old copies away.
///
/// The writer's own connection would copy what it is about to change, so another one reads.
pub(super) fn backup(db: &Connection, backups: &Backups, version: i64) -> Result<(), MigrateError> {
    let Some(path) = db.path().filter(|it| !it.is_empty()).map(PathBuf::from) else {
        return Ok(());
    };
    let failed = |reason: String| MigrateError::Backup {
        folder: backups.folder.clone(),
        reason,
    };
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let sql = "SELECT strftime('%Y%m%dT%H%M%fZ', 'now')";
    let now: String = db.query_row(sql, (), |row| row.get(0))?;
    let name = format!("{stem}.before-{version:04}.{now}.db");
    fs::create_dir_all(&backups.folder).map_err(|error| failed(error.to_string()))?;
    let (target, unfinished) = (
        backups.folder.join(&name),
        backups.folder.join(format!("{name}.unfinished")),
    );
    copy(&path, &unfinished).map_err(|error| {
        let _ = fs::remove_file(&unfinished);
        failed(error.to_string())
    })?;
    fs::rename(&unfinished, &target).map_err(|error| failed(error.to_string()))?;
    prune(&backups.folder, &stem, backups.keep).map_err(|error| failed(error.to_string()))
}

fn copy(from: &Path, to: &Path) -> rusqlite::Result<()> {
    let from = Connection::open_with_flags(
        from,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    from.busy_timeout(PATIENCE)?;
    let mut to = Connection::open(to)?;
    run(&Backup::new(&from, &mut to)?)?;
    // A copy of a database in WAL mode would leave a log of its own beside it.
    to.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))
}

/// Of a database that is locked for good, as with `locking_mode = EXCLUSIVE`, `run_to_completion` would wait for ever.
fn run(backup: &Backup<'_, '_>) -> rusqlite::Result<()> {
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

/// Of what is called like a backup of this database, the newest stay.
fn prune(folder: &Path, stem: &str, keep: usize) -> std::io::Result<()> {
    let mut found = Vec::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if let Some(time) = time_of(&name, stem) {
            found.push((time.to_owned(), path.clone()));
        }
    }
    found.sort();
    let old = found.len().saturating_sub(keep);
    found[..old]
        .iter()
        .try_for_each(|(_, path)| fs::remove_file(path))
}

/// The time in `blog.before-0003.20250108T120000.000Z.db`.
fn time_of<'n>(name: &'n str, stem: &str) -> Option<&'n str> {
    let rest = name.strip_prefix(stem)?.strip_prefix(".before-")?;
    let (version, time) = rest.strip_suffix(".db")?.split_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let (date, clock) = time.strip_suffix('Z')?.split_once('T')?;
    let clock = clock.replace('.', "");
    (digits(version) && digits(date) && digits(&clock)).then_some(time)
}
