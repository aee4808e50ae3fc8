use crate::arguments::Rehearse;
use crate::database::{hooked, ours};
use crate::failure::Failure;
use crate::generate::print_json;
use crate::source::{self, quoted};
use crate::terminal::{self, HEADING};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tablature::migrations::{self, Migration};
use tablature::rusqlite;
use tablature::{Connection, MigrateOptions, Progress, Refusal};

/// Runs the pending migrations on a copy of a database, which itself is only read.
pub(crate) fn run(command: &Rehearse) -> Result<(), Failure> {
    let project = ours(&command.database)?;
    let path = &command.database.path;
    let original = source::database(path)?;
    hooked(&project, &original, "rehearsed")?;
    let folder = Folder::new(command.scratch.as_deref())?;
    let copy = folder.0.join("copy.db");
    let copying = terminal::waiting("copying the database");
    let mut db = Connection::open(&copy).map_err(Failure::error)?;
    migrations::copy(&original, &mut db)
        .map_err(|error| Failure::Error(format!("cannot copy `{}`: {error}", path.display())))?;
    drop((copying, original));
    let told = rehearse(&mut db, &copy, &project.migrations)?;
    if command.database.json {
        print_json(&told)?;
    } else {
        terminal::show(&told.text(path))?;
    }
    match told.error {
        None => Ok(()),
        Some(error) => Err(Failure::Error(error)),
    }
}

/// What came of it.
#[derive(Serialize)]
struct Told {
    steps: Vec<Step>,
    /// Those before, and those after, by table; none where the table is not there.
    rows: BTreeMap<String, [Option<i64>; 2]>,
    bytes: [u64; 2],
    /// What the journal took up meanwhile.
    journal_bytes: u64,
    milliseconds: f64,
    refusals: Vec<Refusal>,
    error: Option<String>,
}

/// A statement that was run.
#[derive(Serialize)]
struct Step {
    migration: String,
    sql: String,
    milliseconds: f64,
}

fn rehearse(db: &mut Connection, path: &Path, migrations: &[Migration]) -> Result<Told, Failure> {
    let read = |db: &Connection| Ok((rows(db)?, bytes(db)?));
    let (rows_before, bytes_before) = read(db).map_err(sqlite)?;
    let refusals = migrations::preflight(db, migrations)?;
    let clock = Clock::default();
    // In a log it shows how much was written; a copy needs no other safety.
    let journal = db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()));
    journal.map_err(sqlite)?;
    let options = MigrateOptions::new()
        .check_rows(false)
        .check_space(false)
        .progress(clock.hears());
    let started = Instant::now();
    let done = migrations::apply_with(db, migrations, &options);
    let (milliseconds, steps) = (milliseconds(started.elapsed()), clock.steps());
    let mut journal = path.as_os_str().to_owned();
    journal.push("-wal");
    let journal_bytes = std::fs::metadata(journal).map_or(0, |it| it.len());
    let (rows_after, bytes_after) = read(db).map_err(sqlite)?;
    let mut rows = BTreeMap::new();
    for (table, count) in rows_before {
        rows.insert(table, [Some(count), None]);
    }
    for (table, count) in rows_after {
        rows.entry(table).or_insert([None, None])[1] = Some(count);
    }
    Ok(Told {
        steps,
        rows,
        bytes: [bytes_before, bytes_after],
        journal_bytes,
        milliseconds,
        refusals: refusals.into(),
        error: done.err().map(|it| it.to_string()),
    })
}

/// When each statement began.
#[derive(Clone, Default)]
struct Clock(Arc<Mutex<Vec<(Progress, Instant)>>>);

impl Clock {
    fn hears(&self) -> impl Fn(&Progress) -> ControlFlow<()> + Send + Sync + 'static {
        let (this, shown) = (self.clone(), terminal::progress());
        move |now| {
            let mut seen = this.0.lock().unwrap_or_else(PoisonError::into_inner);
            let place = |it: &Progress| (it.version, it.statement);
            if seen.last().is_none_or(|(it, _)| place(it) != place(now)) {
                seen.push((now.clone(), Instant::now()));
            }
            shown(now)
        }
    }

    fn steps(&self) -> Vec<Step> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ends = seen.iter().skip(1).map(|(_, began)| *began);
        let ends = ends.chain([Instant::now()]);
        let step = |((now, began), end): (&(Progress, Instant), Instant)| Step {
            migration: now.stem.clone(),
            sql: now.sql.clone(),
            milliseconds: milliseconds(end - *began),
        };
        seen.iter().zip(ends).map(step).collect()
    }
}

impl Told {
    fn text(&self, path: &Path) -> String {
        let mut text = String::new();
        let mut last = None;
        for step in &self.steps {
            if last != Some(&step.migration) {
                let _ = writeln!(text, "{HEADING}{}{HEADING:#}", step.migration);
                last = Some(&step.migration);
            }
            let _ = writeln!(text, "  {:>9.1} ms  {}", step.milliseconds, step.sql);
        }
        if self.steps.is_empty() && self.error.is_none() {
            return "nothing is pending\n".to_owned();
        }
        let _ = writeln!(text, "{HEADING}rows{HEADING:#}");
        for (table, [before, after]) in &self.rows {
            let count = |it: &Option<i64>| it.map_or("none".to_owned(), |it| it.to_string());
            let _ = writeln!(
                text,
                "  {table}: {} before, {} after",
                count(before),
                count(after)
            );
        }
        let [before, after] = self.bytes.map(|it| it / 1024);
        let journal = self.journal_bytes / 1024;
        let _ = writeln!(
            text,
            "{HEADING}space{HEADING:#}\n  {before} KiB before, {after} KiB after, and {journal} KiB of journal meanwhile"
        );
        for refusal in &self.refusals {
            let _ = writeln!(text, "{refusal}");
        }
        let end = match &self.error {
            None => format!("would succeed in {:.1} ms", self.milliseconds),
            Some(_) => "would fail".to_owned(),
        };
        let _ = writeln!(text, "{end}; `{}` was only read", path.display());
        text
    }
}

fn rows(db: &Connection) -> rusqlite::Result<BTreeMap<String, i64>> {
    let mut tables = db.prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'tablature_migrations'",
    )?;
    let names = tables.query_map((), |row| row.get::<_, String>(0))?;
    let mut rows = BTreeMap::new();
    for name in names {
        let name = name?;
        let sql = format!("SELECT count(*) FROM {}", quoted(&name));
        rows.insert(name, db.query_row(&sql, (), |row| row.get(0))?);
    }
    Ok(rows)
}

fn bytes(db: &Connection) -> rusqlite::Result<u64> {
    let sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    let bytes: i64 = db.query_row(sql, (), |row| row.get(0))?;
    Ok(u64::try_from(bytes).unwrap_or(0))
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn sqlite(error: rusqlite::Error) -> Failure {
    Failure::Error(format!("cannot read the copy: {error}"))
}

/// A folder that goes away with it.
struct Folder(PathBuf);

impl Folder {
    fn new(within: Option<&Path>) -> Result<Self, Failure> {
        let within = within.map_or_else(std::env::temp_dir, Path::to_owned);
        let folder = within.join(format!("tablature-rehearsal-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|error| {
            Failure::Error(format!("cannot make `{}`: {error}", folder.display()))
        })?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left there can be taken away by hand; there is nobody to tell.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
