mod moving;
mod options;
mod push;
mod upkeep;

use crate::declare;
use crate::migrations::layout::Source;
use crate::migrations::{Runner, Script};
use crate::report::Report;
use crate::sqlite::obstacle::{told, way_on};
use crate::sqlite::run::{Applied, Hook, MigrateError, MigrateOptions, migrate};
use rusqlite::{Connection, ErrorCode, TransactionBehavior, ffi};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use options::{JournalMode, Options, Synchronous};
pub use push::PushError;

/// All tables of an application. The [`schema!`](crate::schema!) macro makes one.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    name: &'static str,
    tables: &'static [Listed],
    source: Option<&'static Source>,
    migrations: &'static [Script<'static>],
    hooks: &'static [Hook],
}

/// A table of a schema. Its DDL is written where something creates or compares the tables.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    pub(crate) table: &'static declare::Table,
    ddl: fn() -> &'static str,
}

impl Listed {
    pub(crate) const fn of<T: crate::Table>() -> Self {
        const fn ddl<T: crate::Table>() -> &'static str {
            T::DDL
        }
        Self {
            table: T::TABLE,
            ddl: ddl::<T>,
        }
    }
}

/// A table of a schema whose migrations are compared with its DDL while compiling.
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
    /// The file is no database, or not to be opened, or somebody else has locked it.
    #[error("cannot open `{}`: {}", .path.display(), why(.path, .source))]
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
    #[error("cannot create the tables: {}", told(.0))]
    Create(#[source] rusqlite::Error),
    /// The pending migrations could not be applied; nothing of them remains.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
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
    pub const fn new(name: &'static str, tables: &'static [Listed]) -> Self {
        Self {
            name,
            tables,
            source: None,
            migrations: &[],
            hooks: &[],
        }
    }

    #[doc(hidden)]
    pub const fn with_hooks(mut self, hooks: &'static [Hook]) -> Self {
        self.hooks = hooks;
        self
    }

    #[doc(hidden)]
    pub const fn with_migrations(
        mut self,
        source: &'static Source,
        migrations: &'static [Script<'static>],
    ) -> Self {
        (self.source, self.migrations) = (Some(source), migrations);
        self
    }

    pub(crate) const fn has_hooks(&self) -> bool {
        !self.hooks.is_empty()
    }

    pub(crate) const fn source(&self) -> Option<&'static Source> {
        self.source
    }

    /// The migrations that lead to the structs, in the order of their numbers.
    pub const fn migrations(&self) -> &'static [Script<'static>] {
        self.migrations
    }

    /// Who runs the migrations; none without migrations.
    pub const fn runner(&self) -> Option<Runner> {
        match self.source {
            Some(source) => Some(source.runner),
            None => None,
        }
    }

    /// The name of the static.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The tables, as the structs declare them.
    pub fn tables(&self) -> impl Iterator<Item = &'static declare::Table> {
        self.tables.iter().map(|listed| listed.table)
    }

    /// The statements that create everything.
    pub fn ddl(&self) -> String {
        self.tables
            .iter()
            .map(|listed| (listed.ddl)())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Opens a database file, or makes it, with the settings of [`Options::new`].
    ///
    /// With migrations that this crate runs, the pending ones are applied: all, or none. With migrations that another
    /// runner runs, the database is taken as it is. Without migrations, the tables are created where there are none yet,
    /// and compared with the structs otherwise. A database that can only be read is opened where there is nothing to write;
    /// one in WAL mode, whose folder can only be read too, where nobody writes to it: as `file:…?immutable=1`.
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
        self.opened(path, options).map_err(|error| error.at(path))
    }

    fn opened(&self, path: &Path, options: &Options) -> Result<Connection, OpenError> {
        let mut db = Connection::open(path).map_err(|source| OpenError::Open {
            path: path.to_owned(),
            source,
        })?;
        options.apply(&db, self.tables.len())?;
        match self.runner() {
            None => self.create(&mut db)?,
            Some(Runner::Tablature) => drop(self.migrate_with(&mut db, &options.migrations)?),
            Some(_) => {}
        }
        Ok(db)
    }

    /// A database in memory, which goes away with the connection. Where another runner runs the migrations, it has the
    /// tables of the structs at once.
    pub fn open_in_memory(&self) -> Result<Connection, OpenError> {
        let mut db = Connection::open_in_memory().map_err(|source| OpenError::Open {
            path: ":memory:".into(),
            source,
        })?;
        Options::new().apply(&db, self.tables.len())?;
        match self.runner() {
            Some(Runner::Tablature) => drop(self.migrate(&mut db)?),
            _ => self.create(&mut db)?,
        }
        Ok(db)
    }

    /// Applies the pending migrations to a database, in one transaction: all, or none. Returns those that were pending.
    ///
    /// Foreign keys are off meanwhile, and checked before the commit; they are restored on every way out, and with them what a
    /// file may set for its own statements, as `legacy_alter_table`. The history stands in the table `tablature_migrations`. Only for migrations that this crate runs;
    /// without migrations nothing happens.
    ///
    /// ```
    /// use tablature::{Connection, Table};
    ///
    /// #[derive(Table)]
    /// #[table(name = "posts")]
    /// struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
    ///
    /// tablature::schema! {
    ///     #[schema(migrations = "src/migrations/example/migrations")]
    ///     static BLOG = [Post];
    /// }
    ///
    /// # fn main() -> tablature::Result<()> {
    /// let mut db = Connection::open_in_memory()?;
    /// let applied = BLOG.migrate(&mut db)?;
    /// assert_eq!(applied[1].name, "add_subtitle_to_posts");
    /// assert!(BLOG.migrate(&mut db)?.is_empty());
    /// tablature::insert!(&db, Post { title: "Hello" })?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn migrate(&self, db: &mut Connection) -> Result<Report<Applied>, MigrateError> {
        self.migrate_with(db, &MigrateOptions::new())
    }

    /// The same with options: a backup first, or somebody who is told how far it is. See [`MigrateOptions`].
    pub fn migrate_with(
        &self,
        db: &mut Connection,
        options: &MigrateOptions,
    ) -> Result<Report<Applied>, MigrateError> {
        self.ours()?;
        migrate(db, &self.work(options)).map(Report::from)
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

impl OpenError {
    /// SQLite reads a file only when it is asked for something, so what is wrong with the file is told by whoever asks first.
    fn at(self, path: &Path) -> Self {
        match self {
            Self::Setting { source, .. }
            | Self::Create(source)
            | Self::Migrate(MigrateError::Sqlite(source))
                if way_on(&source).is_some() =>
            {
                let path = path.to_owned();
                Self::Open { path, source }
            }
            other => other,
        }
    }
}

/// SQLite has one message for all that is no file.
fn why(path: &Path, source: &rusqlite::Error) -> String {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    match folder.filter(|it| !it.is_dir()) {
        _ if path.is_dir() => "it is a folder; name a database file".to_owned(),
        _ if !is_of_the_folder(source) => told(source),
        // In a URI there may be no folder of that name.
        Some(_) if path.starts_with("file:") => told(source),
        Some(file) if file.exists() => {
            format!("`{}` is no folder; name another path", file.display())
        }
        Some(folder) => format!("there is no folder `{}`; make it", folder.display()),
        // Which mode it has stands in the file. To open it here would take away the locks that this process has on it:
        // <https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_>.
        _ if path.is_file() => format!(
            "{}; in WAL mode it needs that even to be read, but, where there is no `-wal` file and nobody writes, as `file:…?immutable=1`",
            told(source)
        ),
        _ => told(source),
    }
}

/// Whether it can be that the file, or one beside it, could not be made.
fn is_of_the_folder(error: &rusqlite::Error) -> bool {
    let extended = error.sqlite_extended_error_code();
    error.sqlite_error_code() == Some(ErrorCode::CannotOpen)
        || matches!(
            extended,
            Some(ffi::SQLITE_READONLY_DIRECTORY | ffi::SQLITE_READONLY_CANTINIT)
        )
}

fn difference(found: &Option<String>) -> &'static str {
    match found {
        Some(_) => "has another definition",
        None => "is missing",
    }
}
