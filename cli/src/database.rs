mod history;

use crate::arguments::{Database, Down, Redo};
use crate::failure::Failure;
use crate::generate::print_json;
use crate::losses;
use crate::project::Project;
use crate::source;
use crate::terminal::{self, print};
use serde_json::json;
use std::path::Path;
use tablature::migrations::{self, Runner, StateOf};
use tablature::{Applied, Connection, MigrateOptions};

pub(crate) use history::{adopt, baseline, repair};

/// What a database has had.
pub(crate) fn status(command: &Database) -> Result<(), Failure> {
    let project = ours(command)?;
    let db = source::database(&command.path)?;
    let states = migrations::states(&db, &project.migrations)?;
    if command.json {
        return print_json(&json!({"status": "ok", "migrations": states}));
    }
    if states.is_empty() {
        return print("no migrations\n");
    }
    states.iter().try_for_each(|it| print(&format!("{it}\n")))
}

/// Applies what is pending.
pub(crate) fn up(command: &Database) -> Result<(), Failure> {
    let project = ours(command)?;
    let mut db = open(&command.path)?;
    hooked(&project, &db, "applied")?;
    let options = MigrateOptions::new().progress(terminal::progress());
    let applied = migrations::apply_with(&mut db, &project.migrations, &options);
    tell(command, &[("applied", &applied?)])
}

pub(crate) fn down(command: &Down) -> Result<(), Failure> {
    let project = ours(&command.database)?;
    let mut db = existing(&command.database.path)?;
    losses::agreed(&project, &db, command.count, &command.allow)?;
    let done = migrations::undo(&mut db, &project.migrations, command.count)?;
    tell(&command.database, &[("undone", &done)])
}

/// Undoes the newest migration and applies it again, as its file is now.
pub(crate) fn redo(command: &Redo) -> Result<(), Failure> {
    let project = ours(&command.database)?;
    let mut db = existing(&command.database.path)?;
    let states = migrations::states(&db, &project.migrations)?;
    if let Some(pending) = states.iter().find(|it| it.is == StateOf::Pending) {
        return Err(Failure::Refused(format!(
            "migration {:04} `{}` is pending, so the newest file was not applied; run `cargo tablature up` for it, or `down` for the one before it",
            pending.version, pending.name
        )));
    }
    if let Some(newest) = states.iter().rfind(|it| it.is != StateOf::Unknown) {
        refuse_hook(
            &project,
            newest.version,
            "applied again",
            &["open", "migrate"],
        )?;
    }
    losses::agreed(&project, &db, 1, &command.allow)?;
    let undone = migrations::undo(&mut db, &project.migrations, 1)?;
    let applied = migrations::apply(&mut db, &project.migrations)?;
    tell(
        &command.database,
        &[("undone", &undone), ("applied", &applied)],
    )
}

fn tell(command: &Database, done: &[(&str, &[Applied])]) -> Result<(), Failure> {
    if command.json {
        let mut report = json!({"status": "ok"});
        for (word, done) in done {
            report[*word] = json!(done);
        }
        return print_json(&report);
    }
    if done.iter().all(|(_, done)| done.is_empty()) {
        return print("nothing to do\n");
    }
    for (word, done) in done {
        for migration in *done {
            print(&format!(
                "{word} {:04} {}\n",
                migration.version, migration.name
            ))?;
        }
    }
    Ok(())
}

/// A function of the program is the program's to run.
pub(crate) fn hooked(project: &Project, db: &Connection, what: &str) -> Result<(), Failure> {
    let states = migrations::states(db, &project.migrations)?;
    let mut pending = states.iter().filter(|it| it.is == StateOf::Pending);
    pending.try_for_each(|it| refuse_hook(project, it.version, what, &["open", "migrate"]))
}

fn refuse_hook(
    project: &Project,
    version: i64,
    what: &str,
    methods: &[&str],
) -> Result<(), Failure> {
    let mut migrations = project.migrations.iter();
    let Some(migration) = migrations.find(|it| it.version == version) else {
        return Ok(());
    };
    if !project.dump.hooks.contains(&version) {
        return Ok(());
    }
    let name = &migration.name;
    let schema = &project.dump.schema;
    let methods: Vec<String> = methods
        .iter()
        .map(|it| format!("`{schema}.{it}`"))
        .collect();
    let methods = methods.join(" or ");
    Err(Failure::Refused(format!(
        "migration {version:04} `{name}` has a hook, a function of the program, so it cannot be {what} from here; the program does it: {methods}"
    )))
}

/// Only our runner's databases are ours to change.
pub(crate) fn ours(command: &Database) -> Result<Project, Failure> {
    let project = Project::load(&command.package)?;
    match project.dump.runner {
        Runner::Tablature => Ok(project),
        other => Err(Failure::Refused(format!(
            "the migrations of `{}` are run by {other}; run them with it",
            project.dump.schema
        ))),
    }
}

pub(crate) fn existing(path: &Path) -> Result<Connection, Failure> {
    source::database(path)?;
    Connection::open(path).map_err(|error| source::unopened(path, error))
}

/// The same, and one that is not there is made.
fn open(path: &Path) -> Result<Connection, Failure> {
    if path.exists() {
        return existing(path);
    }
    Connection::open(path).map_err(|error| source::unopened(path, error))
}
