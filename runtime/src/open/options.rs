use super::OpenError;
use crate::sqlite::run::MigrateOptions;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, MAIN_DB};
use std::time::{Duration, Instant};

/// The settings of a connection. [`new`](Self::new) has those that `open` uses:
///
/// | setting | value | why |
/// |---|---|---|
/// | `busy_timeout` | 5 s | a writer waits for another instead of failing at once |
/// | `journal_mode` | WAL | readers and a writer do not wait for each other |
/// | `synchronous` | NORMAL | in WAL mode safe against corruption; a power cut may lose the last transactions |
/// | `foreign_keys` | on | SQLite checks them only when asked to |
/// | `recursive_triggers` | on | `REPLACE` fires the delete triggers that keep full-text search right |
/// | double-quoted strings | off | `"titel"` is an unknown column, not a text |
/// | stable query plans | on | a statement is not planned again when a value changes |
/// | statement cache | 32, and 8 for each table | the statements of all tables stay prepared |
///
/// ```
/// use std::time::Duration;
/// use tablature::{Options, Synchronous, Table};
///
/// #[derive(Table)]
/// struct Post { #[column(primary_key)] id: i64, title: String }
///
/// tablature::schema! { static BLOG = [Post]; }
///
/// # fn main() -> tablature::Result<()> {
/// # let folder = std::env::temp_dir().join(format!("tablature-options-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let path = folder.join("blog.db");
/// let options = Options::new().busy_timeout(Duration::from_secs(30)).synchronous(Synchronous::Full);
/// let db = BLOG.open_with(&path, &options)?;
/// # drop(db);
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Options {
    busy_timeout: Duration,
    journal_mode: JournalMode,
    synchronous: Synchronous,
    foreign_keys: bool,
    recursive_triggers: bool,
    double_quoted_strings: bool,
    stable_plans: bool,
    statement_cache: Option<usize>,
    pub(super) migrations: MigrateOptions,
}

/// How a transaction is made safe. See <https://www.sqlite.org/pragma.html#pragma_journal_mode>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JournalMode {
    /// A write-ahead log beside the file.
    Wal,
    /// A rollback journal that is deleted at the commit.
    Delete,
    /// A rollback journal that is cut to nothing at the commit.
    Truncate,
    /// A rollback journal that stays.
    Persist,
}

/// When SQLite waits for the disk. See <https://www.sqlite.org/pragma.html#pragma_synchronous>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Synchronous {
    /// Never: a power cut may corrupt the file.
    Off,
    /// At the critical moments.
    Normal,
    /// At every commit.
    Full,
    /// At every commit, and for the folder too.
    Extra,
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

impl Options {
    /// The settings of the table above.
    pub const fn new() -> Self {
        Self {
            busy_timeout: Duration::from_secs(5),
            journal_mode: JournalMode::Wal,
            synchronous: Synchronous::Normal,
            foreign_keys: true,
            recursive_triggers: true,
            double_quoted_strings: false,
            stable_plans: true,
            statement_cache: None,
            migrations: MigrateOptions::new(),
        }
    }

    /// How long a statement waits for a lock.
    #[must_use]
    pub const fn busy_timeout(mut self, timeout: Duration) -> Self {
        self.busy_timeout = timeout;
        self
    }

    /// How a transaction is made safe. On a database that can only be read, it is not set.
    #[must_use]
    pub const fn journal_mode(mut self, mode: JournalMode) -> Self {
        self.journal_mode = mode;
        self
    }

    /// When SQLite waits for the disk.
    #[must_use]
    pub const fn synchronous(mut self, when: Synchronous) -> Self {
        self.synchronous = when;
        self
    }

    /// Whether foreign keys are enforced.
    #[must_use]
    pub const fn foreign_keys(mut self, enforced: bool) -> Self {
        self.foreign_keys = enforced;
        self
    }

    /// Whether triggers fire triggers of their own table, and REPLACE fires delete triggers. Without it, a REPLACE leaves
    /// the words of the old row in a full-text index.
    #[must_use]
    pub const fn recursive_triggers(mut self, fire: bool) -> Self {
        self.recursive_triggers = fire;
        self
    }

    /// Whether `"…"` that names no column is a text.
    #[must_use]
    pub const fn double_quoted_strings(mut self, allowed: bool) -> Self {
        self.double_quoted_strings = allowed;
        self
    }

    /// Whether a plan is independent of the values that are bound. Off, SQLite may plan a statement again for every
    /// value, with the help of what ANALYZE has gathered.
    #[must_use]
    pub const fn stable_plans(mut self, stable: bool) -> Self {
        self.stable_plans = stable;
        self
    }

    /// How many statements stay prepared.
    #[must_use]
    pub const fn statement_cache(mut self, statements: usize) -> Self {
        self.statement_cache = Some(statements);
        self
    }

    /// What is done around the pending migrations.
    #[must_use]
    pub fn migrations(mut self, options: MigrateOptions) -> Self {
        self.migrations = options;
        self
    }

    pub(crate) fn apply(&self, db: &Connection, tables: usize) -> Result<(), OpenError> {
        let set = |setting, result: rusqlite::Result<()>| {
            result.map_err(|source| OpenError::Setting { setting, source })
        };
        let config = |setting, config, on| set(setting, db.set_db_config(config, on).map(drop));
        set("busy_timeout", db.busy_timeout(self.busy_timeout))?;
        set("journal_mode", self.set_journal_mode(db))?;
        set(
            "synchronous",
            db.pragma_update(None, "synchronous", self.synchronous.name()),
        )?;
        set(
            "foreign_keys",
            db.pragma_update(None, "foreign_keys", self.foreign_keys),
        )?;
        set(
            "recursive_triggers",
            db.pragma_update(None, "recursive_triggers", self.recursive_triggers),
        )?;
        config(
            "double-quoted strings",
            DbConfig::SQLITE_DBCONFIG_DQS_DML,
            self.double_quoted_strings,
        )?;
        config(
            "double-quoted strings",
            DbConfig::SQLITE_DBCONFIG_DQS_DDL,
            self.double_quoted_strings,
        )?;
        config(
            "stable query plans",
            DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG,
            self.stable_plans,
        )?;
        db.set_prepared_statement_cache_capacity(self.statement_cache.unwrap_or(32 + 8 * tables));
        Ok(())
    }

    /// SQLite does not wait for the lock that a change of the mode takes, so of many who open a fresh database at once
    /// some would fail: <https://www.sqlite.org/c3ref/busy_handler.html>. They try again, as long as they would wait.
    ///
    /// Who only reads writes no journal, and may not say how one is written.
    fn set_journal_mode(&self, db: &Connection) -> rusqlite::Result<()> {
        if db.is_readonly(MAIN_DB)? {
            return Ok(());
        }
        let name = self.journal_mode.name();
        let started = Instant::now();
        loop {
            match db.pragma_update_and_check(None, "journal_mode", name, |_| Ok(())) {
                Err(error)
                    if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                        && started.elapsed() < self.busy_timeout =>
                {
                    std::thread::sleep(Duration::from_millis(2));
                }
                result => return result,
            }
        }
    }
}

impl JournalMode {
    const fn name(self) -> &'static str {
        match self {
            Self::Wal => "WAL",
            Self::Delete => "DELETE",
            Self::Truncate => "TRUNCATE",
            Self::Persist => "PERSIST",
        }
    }
}

impl Synchronous {
    const fn name(self) -> &'static str {
        match self {
            Self::Off => "OFF",
            Self::Normal => "NORMAL",
            Self::Full => "FULL",
            Self::Extra => "EXTRA",
        }
    }
}
