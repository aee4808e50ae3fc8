//! Runs migrations: all that are pending, or none.

mod adopt;
mod down;
mod exclusive;
mod history;
mod mark;
mod replay;
mod squash;
mod state;
#[cfg(test)]
mod tests;

pub use adopt::Foreign;
pub(crate) use adopt::{baseline, foreign, repair};
pub(crate) use down::{undo, undo_to};
pub(crate) use exclusive::{End, Orphans, exclusively};
pub use history::Applied;
use history::Row;
use mark::Mark;
pub use replay::{ReplayError, replay};
pub(crate) use replay::{as_written, run_script};
pub(crate) use state::states;
pub use state::{State, StateOf};

use crate::migrations::{Script, checksum};
use rusqlite::Connection;
use std::time::Instant;

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
    /// Another migration has had this number.
    #[error(
        "the database has had another migration {version}, `{name}`, where this program has `{stem}`; undo it with a program that has it, or with `migrate_down_to`"
    )]
    Another {
        /// The file's name without its endings.
        stem: String,
        /// The number.
        version: i64,
        /// The name of the one that was applied.
        name: String,
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
    /// A migration that is said to have been applied has not been.
    #[error("the database is not as migration {version} leaves it: {difference}")]
    NotThere {
        /// The number that was named.
        version: i64,
        /// The first thing that differs, from the database to the migrations.
        difference: String,
    },
    /// Another tool has migrated the database so far.
    #[error(
        "the database was migrated by {tool} so far; `adopt` takes its history over, or let {tool} go on and name it as the runner"
    )]
    Foreign {
        /// Its name.
        tool: &'static str,
    },
    /// The database has tables and no history.
    #[error(
        "the database has tables already, and no history of migrations; `baseline` says which it has had, or `adopt`, if rusqlite_migration has counted them: {source}"
    )]
    Untracked {
        /// Why the first migration failed.
        source: Box<MigrateError>,
    },
    /// The schema cannot be read.
    #[error(transparent)]
    Inspect(#[from] crate::InspectError),
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
        source: Box<rusqlite::Error>,
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
    run_all(db, scripts, End::Commit)
}

/// The same, and takes it back.
pub(crate) fn dry_run(
    db: &mut Connection,
    scripts: &[Script<'_>],
) -> Result<Vec<Applied>, MigrateError> {
    run_all(db, scripts, End::Rollback)
}

fn run_all(
    db: &mut Connection,
    scripts: &[Script<'_>],
    end: End,
) -> Result<Vec<Applied>, MigrateError> {
    if !db.is_autocommit() {
        return Err(MigrateError::InTransaction);
    }
    let mark = Mark::of(scripts);
    if !scripts.is_empty() && mark.is_on(db)? {
        return Ok(Vec::new());
    }
    // Mostly nothing is pending, and then no writer is to wait.
    if history::exists(db)? && pending(scripts, &applied(db, scripts)?)?.is_empty() {
        return Ok(Vec::new());
    }
    let untracked = !history::exists(db)?;
    if untracked {
        nobody_else(db)?;
    }
    let done = run_pending(db, scripts, end, mark);
    match done {
        Err(error @ MigrateError::Statement { number: 1, .. }) if untracked && has_tables(db)? => {
            let source = Box::new(error);
            Err(MigrateError::Untracked { source })
        }
        done => done,
    }
}

fn has_tables(db: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table')";
    db.query_row(sql, (), |row| row.get(0))
}

fn run_pending(
    db: &mut Connection,
    scripts: &[Script<'_>],
    end: End,
    mark: Mark,
) -> Result<Vec<Applied>, MigrateError> {
    exclusively(db, end, |db| {
        history::create(db)?;
        let mut done = Vec::new();
        for script in pending(scripts, &applied(db, scripts)?)? {
            let started = Instant::now();
            run_script(db, script.up).map_err(|error| error.of(script))?;
            let duration = started.elapsed();
            history::write(db, script, duration)?;
            done.push(Applied {
                version: script.version,
                name: script.name.to_owned(),
                duration,
            });
        }
        mark.write(db)?;
        Ok(done)
    })
}

/// The migrations that a database has not had.
pub(crate) fn pending_of<'s>(
    db: &Connection,
    scripts: &'s [Script<'static>],
) -> Result<Vec<&'s Script<'static>>, MigrateError> {
    pending(scripts, &applied(db, scripts)?)
}

/// What was applied, in the words of the files.
fn applied(db: &Connection, scripts: &[Script<'_>]) -> Result<Vec<Row>, MigrateError> {
    if history::exists(db)? {
        squash::collapse(history::read(db)?, scripts)
    } else {
        nobody_else(db)?;
        Ok(Vec::new())
    }
}

/// Where another tool has a history and we have none, we cannot say what is pending.
fn nobody_else(db: &Connection) -> Result<(), MigrateError> {
    match foreign(db, &[])? {
        Some(foreign) => Err(MigrateError::Foreign { tool: foreign.tool }),
        None => Ok(()),
    }
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
                if found != row.checksum && script.name != row.name {
                    return Err(MigrateError::Another {
                        stem: stem(),
                        version: script.version,
                        name: row.name.clone(),
                    });
                }
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

impl From<Orphans> for MigrateError {
    fn from(orphans: Orphans) -> Self {
        let Orphans {
            table,
            parent,
            rows,
        } = orphans;
        Self::ForeignKeys {
            table,
            parent,
            rows,
        }
    }
}
