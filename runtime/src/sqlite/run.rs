//! Runs migrations: all that are pending, or none.

mod adopt;
mod backup;
mod down;
mod error;
mod exclusive;
mod history;
mod hook;
mod losses;
mod mark;
mod options;
mod pending;
mod preflight;
mod replay;
mod space;
mod squash;
mod state;
#[cfg(test)]
mod tests;
mod watch;

pub use adopt::Foreign;
use adopt::moves_rows;
pub(crate) use adopt::{adopt, baseline, foreign, repair};
use backup::Made;
pub use backup::copy;
pub(crate) use down::{losses_of, losses_to, undo, undo_to};
pub use error::MigrateError;
pub(crate) use exclusive::{End, Orphans, exclusively};
pub use history::Applied;
use history::Row;
pub use hook::{Hook, HookResult};
pub use losses::Loss;
use mark::Mark;
pub use options::{MigrateOptions, Progress};
pub(crate) use pending::pending_of;
use pending::{applied, nobody_else, pending};
pub use preflight::Refusal;
use replay::run_watched;
pub use replay::{ReplayError, replay};
pub(crate) use replay::{as_written, run_script};
pub(crate) use state::states;
pub use state::{State, StateOf};
use watch::{Watch, Watched};

use crate::migrations::Script;
use rusqlite::{Connection, MAIN_DB, OptionalExtension as _, Transaction};
use std::time::Instant;

/// What is run, and how.
#[derive(Clone, Copy)]
pub(crate) struct Work<'a> {
    pub(crate) scripts: &'a [Script<'a>],
    pub(crate) hooks: &'a [Hook],
    pub(crate) options: &'a MigrateOptions,
}

impl<'a> From<&'a [Script<'a>]> for Work<'a> {
    fn from(scripts: &'a [Script<'a>]) -> Self {
        static OPTIONS: MigrateOptions = MigrateOptions::new();
        Self {
            scripts,
            hooks: &[],
            options: &OPTIONS,
        }
    }
}

impl Work<'_> {
    fn hook(&self, version: i64) -> Option<&Hook> {
        self.hooks.iter().find(|it| it.version == version)
    }

    /// 0 is before all of them.
    fn knows(&self, version: i64) -> Result<(), MigrateError> {
        let known: Vec<i64> = self.scripts.iter().map(|it| it.version).collect();
        if version == 0 || known.contains(&version) {
            return Ok(());
        }
        Err(MigrateError::NoSuchVersion { version, known })
    }

    /// Whether a migration does more than the schema says.
    pub(crate) fn moves_rows(&self, script: &Script<'_>) -> bool {
        moves_rows(script) || self.hook(script.version).is_some()
    }

    fn goes_back_in_rust(&self, version: i64) -> bool {
        self.hook(version).is_some_and(|it| it.down.is_some())
    }
}

/// Applies what is pending: busy timeout → foreign keys off → BEGIN IMMEDIATE → read the history again, since another
/// process may have been first → verify → each file and its row → check foreign keys → COMMIT → settings restored.
pub(crate) fn migrate(db: &mut Connection, work: &Work<'_>) -> Result<Vec<Applied>, MigrateError> {
    run_all(db, work, End::Commit)
}

/// Applies what is pending as far as a number.
pub(crate) fn migrate_to(
    db: &mut Connection,
    work: &Work<'_>,
    version: i64,
) -> Result<Vec<Applied>, MigrateError> {
    work.knows(version)?;
    let newest = applied(db, work.scripts)?.last().map_or(0, |it| it.version);
    // What is not known here is told as such.
    if newest > version && work.knows(newest).is_ok() {
        return Err(MigrateError::Past { version, newest });
    }
    let count = work.scripts.partition_point(|it| it.version <= version);
    let scripts = &work.scripts[..count];
    migrate(db, &Work { scripts, ..*work })
}

/// The same, and takes it back.
pub(crate) fn dry_run(db: &mut Connection, work: &Work<'_>) -> Result<Vec<Applied>, MigrateError> {
    run_all(db, work, End::Rollback)
}

fn run_all(db: &mut Connection, work: &Work<'_>, end: End) -> Result<Vec<Applied>, MigrateError> {
    if !db.is_autocommit() {
        return Err(MigrateError::InTransaction);
    }
    let scripts = work.scripts;
    let mark = work.options.user_version.then(|| Mark::of(scripts));
    if let Some(mark) = mark.filter(|_| !scripts.is_empty())
        && mark.is_on(db)?
    {
        return Ok(Vec::new());
    }
    // Mostly nothing is pending, and then no writer is to wait.
    if history::exists(db)? && pending(scripts, &applied(db, scripts)?)?.is_empty() {
        return Ok(Vec::new());
    }
    let query_only: bool = db.query_row("PRAGMA query_only", (), |row| row.get(0))?;
    if query_only || db.is_readonly(MAIN_DB)? {
        return refuse(&pending_of(db, scripts)?, query_only);
    }
    let untracked = !history::exists(db)?;
    if untracked {
        nobody_else(db)?;
    }
    let done = run_pending(db, work, end, mark);
    match done {
        Err(error) if untracked && is_there_already(&error) => {
            let source = Box::new(error);
            Err(MigrateError::Untracked { source })
        }
        done => done,
    }
}

/// SQLite would let the transaction begin, and blame the first statement that writes.
fn refuse(pending: &[Script<'_>], query_only: bool) -> Result<Vec<Applied>, MigrateError> {
    if pending.is_empty() {
        return Ok(Vec::new());
    }
    Err(MigrateError::ReadOnly {
        pending: pending.iter().map(State::pending).collect(),
        query_only,
    })
}

/// The first statement would make what is there.
fn is_there_already(error: &MigrateError) -> bool {
    matches!(error, MigrateError::Statement { number: 1, source, .. } if source.to_string().contains("already exists"))
}

fn has_tables(db: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table')";
    db.query_row(sql, (), |row| row.get(0))
}

fn run_pending(
    db: &mut Connection,
    work: &Work<'_>,
    end: End,
    mark: Option<Mark>,
) -> Result<Vec<Applied>, MigrateError> {
    let watch = Watch::of(work.options);
    let watched = Watched::new(db, watch.as_ref())?;
    let mut made = None;
    let done = exclusively(watched.db, end, |db| {
        let pending = pending(work.scripts, &applied(db, work.scripts)?)?;
        shadowed(db)?;
        if let (Some(watch), Some(first)) = (&watch, pending.first()) {
            watch.migration(first, first.up);
        }
        made = before(db, work, &pending, end)?;
        let mut done = Vec::new();
        for script in &pending {
            let started = Instant::now();
            apply(db, work, script, watch.as_ref())?;
            done.push(Applied {
                version: script.version,
                name: script.name.to_owned(),
                duration: started.elapsed(),
            });
        }
        // All at once: a statement that meets another schema each time is compiled each time.
        history::create(db)?;
        let durations = done.iter().map(|applied| applied.duration);
        history::write(db, work, pending.into_iter().zip(durations))?;
        match mark {
            Some(mark) => mark.write(db)?,
            None => mark::erase_own(db, work.scripts)?,
        }
        shadowed(db)?;
        Ok(done)
    });
    settle(made, done.is_ok());
    done.map_err(|error| watch.iter().fold(error, |error, it| it.judge(error)))
}

/// What is looked at, and kept, as long as nothing has changed.
fn before(
    db: &Connection,
    work: &Work<'_>,
    pending: &[&Script<'_>],
    end: End,
) -> Result<Option<Made>, MigrateError> {
    let Some(first) = pending.first() else {
        return Ok(None);
    };
    if !has_tables(db)? {
        return Ok(None);
    }
    let MigrateOptions {
        backup,
        check_space,
        check_rows,
        ..
    } = work.options;
    if *check_rows {
        let refusals = refusals(db, work, pending)?;
        if !refusals.is_empty() {
            return Err(MigrateError::Rows { refusals });
        }
    }
    if *check_space {
        space::check(db, pending)?;
    }
    match backup {
        Some(backups) if end == End::Commit => backup::backup(db, backups, first.version),
        _ => Ok(None),
    }
}

/// A backup of what has not changed is none.
fn settle(made: Option<Made>, changed: bool) {
    match made {
        Some(made) if changed => made.keep(),
        Some(made) => made.discard(),
        None => {}
    }
}

/// A temporary table stands before one of the database in every statement that names it.
pub(crate) fn shadowed(db: &Connection) -> Result<(), MigrateError> {
    let sql = "SELECT name FROM temp.sqlite_schema WHERE type IN ('table', 'view')
        AND lower(name) IN (SELECT lower(name) FROM main.sqlite_schema) LIMIT 1";
    match db.query_row(sql, (), |row| row.get(0)).optional()? {
        Some(table) => Err(MigrateError::Shadowed { table }),
        None => Ok(()),
    }
}

fn before_down(
    db: &Connection,
    work: &Work<'_>,
    newest: i64,
) -> Result<Option<Made>, MigrateError> {
    match &work.options.backup {
        Some(backups) => backup::backup(db, backups, newest),
        None => Ok(None),
    }
}

fn refusals(
    db: &Connection,
    work: &Work<'_>,
    pending: &[&Script<'_>],
) -> Result<Vec<Refusal>, MigrateError> {
    let has_hook =
        |script: &Script<'_>| work.hook(script.version).is_some_and(|it| it.up.is_some());
    Ok(preflight::preflight(db, pending, has_hook)?)
}

fn apply(
    db: &Transaction<'_>,
    work: &Work<'_>,
    script: &Script<'_>,
    watch: Option<&Watch>,
) -> Result<(), MigrateError> {
    if let Some(watch) = watch {
        watch.migration(script, script.up);
    }
    run_watched(db, script.up, watch).map_err(|error| error.of(script))?;
    match work.hook(script.version).and_then(|it| it.up) {
        Some(up) => hook::run(db, up, script),
        None => Ok(()),
    }
}

/// The rows that the pending migrations would refuse, as far as that is certain.
pub(crate) fn preflight_of(db: &Connection, work: &Work<'_>) -> Result<Vec<Refusal>, MigrateError> {
    refusals(
        db,
        work,
        &pending(work.scripts, &applied(db, work.scripts)?)?,
    )
}
