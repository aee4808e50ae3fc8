use std::fmt;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is done around the pending migrations.
///
/// ```
/// use std::ops::ControlFlow;
/// use tablature::{Connection, MigrateOptions, Table};
/// # #[derive(Table)]
/// # #[table(name = "posts")]
/// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
/// # tablature::schema! {
/// #     #[schema(migrations = "src/migrations/example/migrations")]
/// #     static BLOG = [Post];
/// # }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join(format!("tablature-backups-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("blog.db");
/// # let backups = folder.join("backups");
/// let options = MigrateOptions::new()
///     .backup_before(&backups, 3)
///     .progress(|it| {
///         println!("{}: statement {} of {}", it.stem, it.statement, it.statements);
///         ControlFlow::Continue(())
///     });
/// let mut db = Connection::open(&path)?;
/// BLOG.migrate_to(&mut db, 1)?;
/// BLOG.migrate_with(&mut db, &options)?;
/// assert_eq!(std::fs::read_dir(&backups)?.count(), 1);
/// # drop(db);
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct MigrateOptions {
    pub(super) backup: Option<Backups>,
    pub(super) progress: Option<Arc<Callback>>,
    pub(super) check_space: bool,
    pub(super) check_rows: bool,
    pub(super) user_version: bool,
}

/// A callback that is called from inside SQLite.
pub(super) type Callback = dyn Fn(&Progress) -> ControlFlow<()> + Send + Sync;

/// Where backups lie, and how many of them.
#[derive(Clone, Debug)]
pub(super) struct Backups {
    pub(super) folder: PathBuf,
    pub(super) keep: usize,
}

/// How far the pending migrations have come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Progress {
    /// The migration's number.
    pub version: i64,
    /// The file's name without its endings.
    pub stem: String,
    /// Which of its statements runs, from 1.
    pub statement: usize,
    /// How many it has.
    pub statements: usize,
    /// The statement's first line.
    pub sql: String,
    /// How many rows the statement has written so far.
    pub rows: u64,
    /// How many it will write, where that is known: the statement copies or updates a whole table.
    pub of: Option<u64>,
}

impl MigrateOptions {
    /// Without a backup, and with nobody to tell. Free space and the rows of new constraints are looked at.
    pub const fn new() -> Self {
        Self {
            backup: None,
            progress: None,
            check_space: true,
            check_rows: true,
            user_version: true,
        }
    }

    /// Copies the database into a folder before it is changed, with SQLite's backup API, and keeps the newest backups of
    /// it: `blog.db` becomes `blog-1f2e3d4c.before-0003.20250108T120000.000Z.db`, with a digest of its path. Without pending
    /// migrations there is no backup, nor where they fail; neither is there one of a database in memory, or of one that is
    /// still empty.
    #[must_use]
    pub fn backup_before(mut self, folder: impl AsRef<Path>, keep: usize) -> Self {
        self.backup = Some(Backups {
            folder: folder.as_ref().to_owned(),
            keep: keep.max(1),
        });
        self
    }

    /// Calls back before every statement, and about twenty times a second while one runs. `Break` takes everything back.
    /// Meanwhile the connection's own progress handler and update hook are not called, and afterwards there are none.
    #[must_use]
    pub fn progress(
        mut self,
        callback: impl Fn(&Progress) -> ControlFlow<()> + Send + Sync + 'static,
    ) -> Self {
        self.progress = Some(Arc::new(callback));
        self
    }

    /// Whether to refuse at once where the disk has less space than the largest table that is copied takes up.
    #[must_use]
    pub const fn check_space(mut self, check: bool) -> Self {
        self.check_space = check;
        self
    }

    /// Whether to count the rows that a new constraint would refuse, and to refuse at once where there are some.
    #[must_use]
    pub const fn check_rows(mut self, check: bool) -> Self {
        self.check_rows = check;
        self
    }

    /// Whether the migrations leave a mark in `user_version`, by which the next `open` knows that nothing is pending. It
    /// is negative; a positive number of your own is left alone whatever this says.
    #[must_use]
    pub const fn user_version(mut self, mark: bool) -> Self {
        self.user_version = mark;
        self
    }
}

impl Default for MigrateOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MigrateOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MigrateOptions")
            .field("backup", &self.backup)
            .field("progress", &self.progress.is_some())
            .field("check_space", &self.check_space)
            .field("check_rows", &self.check_rows)
            .field("user_version", &self.user_version)
            .finish()
    }
}
