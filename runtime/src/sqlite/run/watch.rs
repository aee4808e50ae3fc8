use super::MigrateError;
use super::options::{Callback, MigrateOptions, Progress};
use crate::migrations::Script;
use crate::schema::same_name;
use crate::sql::statements::statements;
use crate::sql::tokens::Tokens;
use crate::sqlite::quoted;
use crate::sqlite::scratch::first_line;
use rusqlite::hooks::Action;
use rusqlite::{Connection, Result, ffi};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often a statement that runs is looked at.
const OFTEN: Duration = Duration::from_millis(50);

/// Steps of SQLite's virtual machine between two looks at the clock.
const STEPS: i32 = 4000;

/// Somebody who is told how far the migrations are, and may end them.
#[derive(Clone)]
pub(super) struct Watch {
    callback: Arc<Callback>,
    now: Arc<Mutex<Now>>,
    ended: Arc<AtomicBool>,
}

#[derive(Default)]
struct Now {
    progress: Progress,
    /// The table whose rows are counted.
    target: Option<String>,
}

impl Watch {
    pub(super) fn of(options: &MigrateOptions) -> Option<Self> {
        let callback = options.progress.clone()?;
        Some(Self {
            callback,
            now: Arc::default(),
            ended: Arc::default(),
        })
    }

    /// A migration begins.
    pub(super) fn migration(&self, script: &Script<'_>, sql: &str) {
        self.now().progress = Progress {
            version: script.version,
            stem: script.stem.to_owned(),
            statements: statements(sql).len(),
            ..Progress::default()
        };
    }

    /// A statement begins. SQLite's own code for an interrupted one, if that is the end.
    pub(super) fn statement(&self, db: &Connection, number: usize, sql: &str) -> Result<()> {
        // SQLite gives the comments before it, too.
        let sql = statements(sql).first().copied().unwrap_or_default();
        let (target, source) = written(sql);
        let of = source.and_then(|table| {
            let sql = format!("SELECT count(*) FROM {}", quoted(&table));
            let count = db.query_row(&sql, (), |row| row.get::<_, i64>(0)).ok()?;
            u64::try_from(count).ok()
        });
        {
            let mut now = self.now();
            now.target = target;
            now.progress.statement = number;
            first_line(sql).clone_into(&mut now.progress.sql);
            (now.progress.rows, now.progress.of) = (0, of);
        }
        if self.tell() {
            let interrupted = ffi::Error::new(ffi::SQLITE_INTERRUPT);
            return Err(rusqlite::Error::SqliteFailure(interrupted, None));
        }
        Ok(())
    }

    /// The error of a statement that was ended, in its true words.
    pub(super) fn judge(&self, error: MigrateError) -> MigrateError {
        match error {
            MigrateError::Statement { .. }
            | MigrateError::Sqlite(_)
            | MigrateError::Hook { .. }
                if self.ended.load(Ordering::Relaxed) =>
            {
                let stem = self.now().progress.stem.clone();
                MigrateError::Cancelled { stem }
            }
            error => error,
        }
    }

    /// Whether that is the end.
    fn tell(&self) -> bool {
        let progress = self.now().progress.clone();
        let end = (self.callback)(&progress).is_break();
        // Whoever was interrupted may not have minded; the next look ends it.
        self.ended.fetch_or(end, Ordering::Relaxed) | end
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that is watched until this is dropped.
pub(super) struct Watched<'c> {
    pub(super) db: &'c mut Connection,
    watched: bool,
}

impl<'c> Watched<'c> {
    pub(super) fn new(db: &'c mut Connection, watch: Option<&Watch>) -> Result<Self> {
        let this = Self {
            db,
            watched: watch.is_some(),
        };
        if let Some(watch) = watch.cloned() {
            let counting = watch.clone();
            this.db
                .update_hook(Some(move |_, _: &str, table: &str, _| {
                    let mut now = counting.now();
                    if now.target.as_deref().is_some_and(|it| same_name(it, table)) {
                        now.progress.rows += 1;
                    }
                }))?;
            let mut last = Instant::now();
            this.db.progress_handler(
                STEPS,
                Some(move || {
                    if last.elapsed() < OFTEN {
                        return false;
                    }
                    last = Instant::now();
                    watch.tell()
                }),
            )?;
        }
        Ok(this)
    }
}

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        if self.watched {
            // Taking a callback away cannot fail on an open connection.
            let _ = self.db.update_hook(None::<fn(Action, &str, &str, i64)>);
            let _ = self.db.progress_handler(0, None::<fn() -> bool>);
        }
    }
}

/// The table whose rows a statement writes, and the one of which it takes every row.
pub(super) fn written(sql: &str) -> (Option<String>, Option<String>) {
    let mut tokens = Tokens::new(sql);
    if tokens.eat(&["UPDATE"]) {
        let target = tokens.name();
        let mut all = target.clone();
        while tokens.next().is_some() {
            if tokens.is("WHERE") || tokens.is("FROM") {
                all = None;
            }
        }
        return (target, all);
    }
    if !tokens.eat(&["INSERT", "INTO"]) {
        return (None, None);
    }
    let target = tokens.name();
    let mut source = None;
    while tokens.peek().is_some() {
        if tokens.eat(&["FROM"]) {
            source = tokens.name().filter(|_| tokens.is_empty());
        } else {
            tokens.next();
        }
    }
    (target, source)
}
