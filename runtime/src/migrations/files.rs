#[cfg(test)]
mod tests;

use super::layout::{self, Fault, Part, Script, SqlFile};
use super::{Runner, checksum};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// A migration as it lies on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Migration {
    /// The number.
    pub version: i64,
    /// The name without the number.
    pub name: String,
    /// The file's name without its endings: `0001_create_posts`.
    pub stem: String,
    /// What leads to the next schema.
    pub up: String,
    /// What leads back.
    pub down: Option<String>,
    /// Where `up` stands.
    pub up_path: PathBuf,
    /// Where `down` stands.
    pub down_path: Option<PathBuf>,
}

/// Why a folder of migrations cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FilesError {
    /// The folder, or a file in it, cannot be read.
    #[error("cannot read `{}`: {source}", .path.display())]
    Read {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A name that the runner does not understand.
    #[error("`{}` is no migration for {runner}: call it `{}`", .path.display(), .runner.pattern())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Whose migrations they are.
        runner: Runner,
    },
    /// Two migrations have one number.
    #[error("`{}` and `{}` have one number; give the newer one the next number", .first.display(), .second.display())]
    Twice {
        /// The first in the order of names.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// A way back that has no way there.
    #[error("`{}` has no up file of the same number and name; add it, or take this one away", .down.display())]
    NoUp {
        /// The down file.
        down: PathBuf,
    },
}

impl Migration {
    /// A migration that lies nowhere yet.
    pub fn new(version: i64, name: &str, up: &str) -> Self {
        Self {
            version,
            name: name.to_owned(),
            stem: format!("{version:04}_{name}"),
            up: up.to_owned(),
            down: None,
            up_path: PathBuf::new(),
            down_path: None,
        }
    }

    /// The same, borrowed.
    pub fn script(&self) -> Script<'_> {
        Script {
            version: self.version,
            name: &self.name,
            stem: &self.stem,
            up: &self.up,
            down: self.down.as_deref(),
        }
    }

    /// The checksum of `up`.
    pub fn checksum(&self) -> String {
        checksum(&self.up)
    }
}

/// Reads the migrations of a folder, and their downs, in the order of their numbers. A folder that is not there has none.
///
/// ```
/// use tablature::migrations::{self, Runner};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let root = std::env::temp_dir().join(format!("tablature-read-{}", std::process::id()));
/// # let folder = root.join("migrations");
/// # std::fs::create_dir_all(&folder)?;
/// std::fs::write(folder.join("0001_create_posts.up.sql"), "CREATE TABLE posts (id INTEGER PRIMARY KEY);")?;
/// std::fs::write(folder.join("0001_create_posts.down.sql"), "DROP TABLE posts;")?;
/// let migrations = migrations::read(&folder, Runner::Tablature)?;
/// assert_eq!(migrations[0].stem, "0001_create_posts");
/// assert_eq!(migrations[0].down.as_deref(), Some("DROP TABLE posts;"));
/// # std::fs::remove_dir_all(&root)?;
/// # Ok(())
/// # }
/// ```
pub fn read(folder: &Path, runner: Runner) -> Result<Vec<Migration>, FilesError> {
    let mut files = list(folder, false)?;
    if runner.has_folders() {
        files.extend(folders(folder)?);
    }
    if runner.has_folder_of_downs() {
        files.extend(list(&folder_of_downs(folder), true)?);
    }
    let names: Vec<_> = files
        .iter()
        .map(|file| layout::parse(runner, file.borrowed()))
        .collect();
    let path = |at: usize| files[at].path.clone();
    match layout::fault(&names) {
        None => {}
        Some(Fault::Malformed(at)) => {
            return Err(FilesError::Malformed {
                path: path(at),
                runner,
            });
        }
        Some(Fault::Twice(first, second)) => {
            return Err(FilesError::Twice {
                first: path(first),
                second: path(second),
            });
        }
        Some(Fault::NoUp(down)) => return Err(FilesError::NoUp { down: path(down) }),
    }
    let mut migrations = Vec::new();
    for (up, file) in names.iter().zip(&files) {
        if up.part != Part::Up {
            continue;
        }
        let down = names
            .iter()
            .position(|it| it.part == Part::Down && it.version == up.version)
            .map(|at| &files[at]);
        migrations.push(Migration {
            version: up.version,
            name: up.name.to_owned(),
            stem: up.stem.to_owned(),
            up: file.sql.clone(),
            down: down.map(|file| file.sql.clone()),
            up_path: file.path.clone(),
            down_path: down.map(|file| file.path.clone()),
        });
    }
    migrations.sort_by_key(|migration| migration.version);
    Ok(migrations)
}

/// Where a migration is written: the up file, the down file.
///
/// ```
/// use std::path::Path;
/// use tablature::migrations::{Runner, file_names};
///
/// let (up, down) = file_names(Path::new("migrations"), Runner::Tablature, 2, "add_subtitle");
/// assert_eq!(up, Path::new("migrations/0002_add_subtitle.up.sql"));
/// assert_eq!(down, Path::new("migrations/0002_add_subtitle.down.sql"));
/// let (up, down) = file_names(Path::new("migrations"), Runner::Refinery, 2, "add_subtitle");
/// assert_eq!(up, Path::new("migrations/V002__add_subtitle.sql"));
/// assert_eq!(down, Path::new("migrations_down/V002__add_subtitle.sql"));
/// ```
pub fn file_names(folder: &Path, runner: Runner, version: i64, name: &str) -> (PathBuf, PathBuf) {
    match runner {
        Runner::Tablature => (
            folder.join(format!("{version:04}_{name}.up.sql")),
            folder.join(format!("{version:04}_{name}.down.sql")),
        ),
        Runner::Sqlx => (
            folder.join(format!("{version:014}_{name}.up.sql")),
            folder.join(format!("{version:014}_{name}.down.sql")),
        ),
        Runner::Diesel => {
            let digits = format!("{version:014}");
            let (date, time) = digits.split_at(digits.len() - 6);
            let (year, day) = date.split_at(date.len() - 4);
            let (month, day) = day.split_at(2);
            let folder = folder.join(format!("{year}-{month}-{day}-{time}_{name}"));
            (folder.join("up.sql"), folder.join("down.sql"))
        }
        Runner::RusqliteMigration => {
            let folder = folder.join(format!("{version:02}-{name}"));
            (folder.join("up.sql"), folder.join("down.sql"))
        }
        Runner::Refinery | Runner::D1 => {
            let file = match runner {
                Runner::Refinery => format!("V{version:03}__{name}.sql"),
                _ => format!("{version:04}_{name}.sql"),
            };
            (folder.join(&file), folder_of_downs(folder).join(&file))
        }
    }
}

/// The number of the next migration: the next one, or for sqlx and diesel the moment, `20250108000000`.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use tablature::migrations::{Runner, next_version};
///
/// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_736_294_400);
/// assert_eq!(next_version(Runner::Tablature, &[], now), 1);
/// assert_eq!(next_version(Runner::Sqlx, &[], now), 20_250_108_000_000);
/// ```
pub fn next_version(runner: Runner, existing: &[Migration], now: SystemTime) -> i64 {
    let newest = existing.iter().map(|migration| migration.version).max();
    let next = newest.map_or(1, |newest| newest.saturating_add(1));
    match runner {
        Runner::Sqlx | Runner::Diesel => next.max(moment(now)),
        _ => next,
    }
}

/// The digits of a moment in UTC, down to the second.
fn moment(at: SystemTime) -> i64 {
    let seconds = at.duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs());
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Years that begin in March end with the leap day: days since 0000-03-01, in eras of 400 years.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let (year, month) = match month {
        0..=9 => (era * 400 + year, month + 3),
        _ => (era * 400 + year + 1, month - 9),
    };
    let digits = [month, date, second / 3600, second / 60 % 60, second % 60]
        .into_iter()
        .fold(year, |digits, two| digits * 100 + two);
    i64::try_from(digits).unwrap_or(i64::MAX)
}

struct File {
    name: String,
    path: PathBuf,
    beside: bool,
    sql: String,
}

impl File {
    fn borrowed(&self) -> SqlFile<'_> {
        SqlFile {
            name: &self.name,
            beside: self.beside,
            sql: &self.sql,
        }
    }
}

fn list(folder: &Path, beside: bool) -> Result<Vec<File>, FilesError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| FilesError::Read { path, source }
    };
    let mut files = Vec::new();
    let entries = match folder.read_dir() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(files),
        entries => entries.map_err(failed(folder))?,
    };
    for entry in entries {
        let path = entry.map_err(failed(folder))?.path();
        if path.extension().is_none_or(|extension| extension != "sql") || path.is_dir() {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        files.push(File {
            name: name.into_owned(),
            beside,
            sql: std::fs::read_to_string(&path).map_err(failed(&path))?,
            path,
        });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// The files in the folders of single migrations.
fn folders(folder: &Path) -> Result<Vec<File>, FilesError> {
    let failed = |source| FilesError::Read {
        path: folder.to_owned(),
        source,
    };
    let entries = match folder.read_dir() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        if !path.is_dir() {
            continue;
        }
        let inner = path.file_name().unwrap_or_default().to_string_lossy();
        let of_migration = |it: &File| matches!(it.name.as_str(), "up.sql" | "down.sql");
        files.extend(
            list(&path, false)?
                .into_iter()
                .filter(of_migration)
                .map(|it| File {
                    name: format!("{inner}/{}", it.name),
                    ..it
                }),
        );
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// What a migration is called by its file: the name without its endings, or that of its folder.
///
/// ```
/// use std::path::Path;
/// use tablature::migrations::stem;
///
/// assert_eq!(stem(Path::new("migrations/0002_add_subtitle.up.sql")), "0002_add_subtitle");
/// assert_eq!(stem(Path::new("migrations/02-add_subtitle/up.sql")), "02-add_subtitle");
/// ```
pub fn stem(path: &Path) -> String {
    let last = |path: &Path| {
        path.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    let name = last(path);
    match name.as_str() {
        "up.sql" | "down.sql" => path.parent().map(last).unwrap_or_default(),
        _ => {
            let name = name.strip_suffix(".sql").unwrap_or(&name);
            name.strip_suffix(".up").unwrap_or(name).to_owned()
        }
    }
}

/// `migrations_down` for `migrations`.
fn folder_of_downs(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push("_down");
    folder.with_file_name(name)
}
