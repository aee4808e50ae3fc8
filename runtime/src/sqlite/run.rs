//! Runs migrations: all that are pending, or none.

mod down;
mod history;
mod replay;
mod squash;
#[cfg(test)]
mod tests;

pub(crate) use down::undo;
pub use history::Applied;
use history::Row;
pub(crate) use replay::run_script;
pub use replay::{ReplayError, replay};

use crate::migrations::{Script, checksum};
use crate::sqlite::quoted;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::time::{Duration, Instant};

/// Why a database could not be migrated. It is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrateError {
    /// Foreign keys can only be switched outside a transaction.
    #[error("cannot migrate inside a transaction; end it first")]
    InTransaction,
    /// The files are for somebody else.
    #[error("the migrations of `{schema}` are run by {runner}; run them with it")]
    OtherRunner {
        /// The name of the static.
        schema: &'static str,
        /// Who runs them.
        runner: crate::migrations::Runner,
    },
    /// The history says another thing than the files.
    #[error(
        "migration `{stem}` was changed after it was applied: its checksum is {found}, the history has {recorded}; restore the file, and make a new migration for the change"
    )]
    Changed {
        /// The file's name without its endings.
        stem: String,
        /// Its number.
        version: i64,
        /// What the history has.
        recorded: String,
        /// What the file has.
        found: String,
    },
    /// A newer program has migrated the database.
    #[error(
        "the database is ahead: it has the migration {version} `{name}`, which this program does not know; run the program that applied it, or a newer one"
    )]
    Ahead {
        /// Its number.
        version: i64,
        /// Its name.
        name: String,
    },
    /// A migration came in behind one that was applied already.
    #[error(
        "migration `{stem}` comes before {newest}, which was applied already; give it a number after {newest}"
    )]
    OutOfOrder {
        /// The file's name without its endings.
        stem: String,
        /// Its number.
        version: i64,
        /// The newest number that was applied.
        newest: i64,
    },
    /// A migration that is to be undone has no down.
    #[error("migration `{stem}` has no way back; write its down file, or restore a backup")]
    NoWayBack {
        /// The file's name without its endings.
        stem: String,
    },
    /// Some of the migrations that were made one have been applied, and not all.
    #[error(
        "the database stands at {version}, inside of what was made one migration in `{stem}`; migrate it first with a program from before that"
    )]
    PartlySquashed {
        /// The file's name without its endings.
        stem: String,
        /// The newest of its parts that was applied.
        version: i64,
    },
    /// A statement failed.
    #[error(
        "migration `{stem}` failed at statement {number}, `{statement}`: {source}; the database is as it was: mend the file, or the rows that it cannot take"
    )]
    Statement {
        /// The file's name without its endings.
        stem: String,
        /// Which statement, from 1.
        number: usize,
        /// Its first line.
        statement: String,
        /// What the database says.
        source: rusqlite::Error,
    },
    /// A file says what only the runner may say.
    #[error(
        "migration `{stem}` says `{word}`, but it is run in a transaction of all pending migrations with foreign keys off; take that statement away"
    )]
    Refused {
        /// The file's name without its endings.
        stem: String,
        /// The statement's first words.
        word: String,
    },
    /// After the migrations, rows refer to rows that are not there.
    #[error(
        "after the migrations, {rows} rows of `{table}` refer to rows of `{parent}` that are not there; delete or mend them in the migration"
    )]
    ForeignKeys {
        /// The table of the rows.
        table: String,
        /// The table that they refer to.
        parent: String,
        /// How many there are.
        rows: i64,
    },
    /// The history cannot be read or written, or the transaction cannot begin or end.
    #[error("cannot migrate: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

/// Applies what is pending: busy timeout → foreign keys off → BEGIN IMMEDIATE → read the history again, since another
/// process may have been first → verify → each file and its row → check foreign keys → COMMIT → settings restored.
pub(crate) fn migrate(
    db: &mut Connection,
    scripts: &[Script<'_>],
) -> Result<Vec<Applied>, MigrateError> {
    if !db.is_autocommit() {
        return Err(MigrateError::InTransaction);
    }
    // Mostly nothing is pending, and then no writer is to wait.
    if history::exists(db)? && pending(scripts, &applied(db, scripts)?)?.is_empty() {
        return Ok(Vec::new());
    }
    let settings = Settings::change(db)?;
    let transaction = Transaction::new_unchecked(settings.db, TransactionBehavior::Immediate)?;
    history::create(&transaction)?;
    let mut applied = Vec::new();
    for script in pending(scripts, &self::applied(&transaction, scripts)?)? {
        let started = Instant::now();
        run_script(&transaction, script.up).map_err(|error| error.of(script))?;
        let duration = started.elapsed();
        history::write(&transaction, script, duration)?;
        applied.push(Applied {
            version: script.version,
            name: script.name.to_owned(),
            duration,
        });
    }
    foreign_keys(&transaction)?;
    transaction.commit()?;
    Ok(applied)
}

/// What was applied, in the words of the files.
fn applied(db: &Connection, scripts: &[Script<'_>]) -> Result<Vec<Row>, MigrateError> {
    if history::exists(db)? {
        squash::collapse(history::read(db)?, scripts)
    } else {
        Ok(Vec::new())
    }
}

/// What the history has, and what it has not.
pub(crate) fn states(db: &Connection, scripts: &[Script<'_>]) -> Result<Vec<State>, MigrateError> {
    let history = applied(db, scripts)?;
    let mut states: Vec<State> = scripts
        .iter()
        .map(|script| {
            let row = history.iter().find(|row| row.version == script.version);
            State {
                version: script.version,
                name: script.name.to_owned(),
                is: match row {
                    None => StateOf::Pending,
                    Some(row) if row.checksum == checksum(script.up) => StateOf::Applied,
                    Some(_) => StateOf::Changed,
                },
            }
        })
        .collect();
    for row in history {
        if !scripts.iter().any(|script| script.version == row.version) {
            states.push(State {
                version: row.version,
                name: row.name,
                is: StateOf::Unknown,
            });
        }
    }
    states.sort_by_key(|state| state.version);
    Ok(states)
}

/// A migration, as a database sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct State {
    /// Its number.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// What the database has of it.
    pub is: StateOf,
}

/// What a database has of a migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateOf {
    /// It was applied.
    Applied,
    /// It is still to come.
    Pending,
    /// It was applied, and is another one today.
    Changed,
    /// It was applied, and has no file here.
    Unknown,
}

/// The migrations that the history has not, if what it has is what the files say.
fn pending<'s, 'a>(
    scripts: &'s [Script<'a>],
    history: &[Row],
) -> Result<Vec<&'s Script<'a>>, MigrateError> {
    let mut pending = Vec::new();
    let newest = history.last().map(|row| row.version);
    for row in history {
        if !scripts.iter().any(|script| script.version == row.version) {
            return Err(MigrateError::Ahead {
                version: row.version,
                name: row.name.clone(),
            });
        }
    }
    for script in scripts {
        let stem = || script.stem.to_owned();
        match history.iter().find(|row| row.version == script.version) {
            Some(row) => {
                let found = checksum(script.up);
                if found != row.checksum {
                    return Err(MigrateError::Changed {
                        stem: stem(),
                        version: script.version,
                        recorded: row.checksum.clone(),
                        found,
                    });
                }
            }
            None => match newest {
                Some(newest) if newest > script.version => {
                    return Err(MigrateError::OutOfOrder {
                        stem: stem(),
                        version: script.version,
                        newest,
                    });
                }
                _ => pending.push(script),
            },
        }
    }
    Ok(pending)
}

/// No row refers to nothing. See <https://www.sqlite.org/pragma.html#pragma_foreign_key_check>.
fn foreign_keys(db: &Connection) -> Result<(), MigrateError> {
    let mut statement = db.prepare(
        "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2",
    )?;
    let mut rows = statement.query(())?;
    match rows.next()? {
        None => Ok(()),
        Some(row) => Err(MigrateError::ForeignKeys {
            table: row.get(0)?,
            parent: row.get(1)?,
            rows: row.get(2)?,
        }),
    }
}

/// The settings of a connection that migrations need otherwise; restored on every way out.
struct Settings<'c> {
    db: &'c Connection,
    pragmas: Vec<(&'static str, i64)>,
}

impl<'c> Settings<'c> {
    fn change(db: &'c Connection) -> rusqlite::Result<Self> {
        let timeout: i64 = pragma(db, "busy_timeout")?;
        let mut this = Self {
            db,
            pragmas: vec![("busy_timeout", timeout)],
        };
        if timeout == 0 {
            db.busy_timeout(Duration::from_secs(5))?;
        }
        // SQLite ignores it inside a transaction. Of the others, a migration may change one and not come to its end.
        for name in ["foreign_keys", "legacy_alter_table", "recursive_triggers"] {
            this.pragmas.push((name, pragma(db, name)?));
        }
        db.pragma_update(None, "foreign_keys", false)?;
        Ok(this)
    }
}

impl Drop for Settings<'_> {
    fn drop(&mut self) {
        for (name, value) in &self.pragmas {
            // There is nobody to tell, and nothing that can fail outside a transaction.
            let _ = self.db.pragma_update(None, name, value);
        }
    }
}

fn pragma(db: &Connection, name: &str) -> rusqlite::Result<i64> {
    db.query_row(&format!("PRAGMA {}", quoted(name)), (), |row| row.get(0))
}
