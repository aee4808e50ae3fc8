use crate::arguments::{Database, Down};
use crate::failure::Failure;
use crate::generate::print_json;
use crate::project::Project;
use crate::source;
use crate::terminal::print;
use serde_json::json;
use std::path::Path;
use tablature::migrations::{self, Runner, StateOf};
use tablature::{Applied, Connection};

/// What a database has had.
pub(crate) fn status(command: &Database) -> Result<(), Failure> {
    let project = ours(command)?;
    let states = if command.path.exists() {
        let db = source::database(&command.path)?;
        migrations::states(&db, &project.migrations).map_err(Failure::error)?
    } else {
        let db = Connection::open_in_memory().map_err(Failure::error)?;
        migrations::states(&db, &project.migrations).map_err(Failure::error)?
    };
    let word = |is: StateOf| match is {
        StateOf::Applied => "applied",
        StateOf::Pending => "pending",
        StateOf::Changed => "changed",
        _ => "unknown",
    };
    if command.json {
        let states: Vec<_> = states
            .iter()
            .map(|it| json!({"version": it.version, "name": it.name, "state": word(it.is)}))
            .collect();
        return print_json(&json!({"status": "ok", "migrations": states}));
    }
    if states.is_empty() {
        return print("no migrations\n");
    }
    for state in states {
        print(&format!(
            "{:<8} {:04} {}\n",
            word(state.is),
            state.version,
            state.name
        ))?;
    }
    Ok(())
}

/// Applies what is pending.
pub(crate) fn up(command: &Database) -> Result<(), Failure> {
    let project = ours(command)?;
    let mut db = open(&command.path)?;
    let applied = migrations::apply(&mut db, &project.migrations).map_err(Failure::error)?;
    tell(command, "applied", &applied)
}

pub(crate) fn down(command: &Down) -> Result<(), Failure> {
    let project = ours(&command.database)?;
    let mut db = existing(&command.database.path)?;
    let done =
        migrations::undo(&mut db, &project.migrations, command.count).map_err(Failure::error)?;
    tell(&command.database, "undone", &done)
}

/// Undoes the newest migration and applies it again, as its file is now.
pub(crate) fn redo(command: &Database) -> Result<(), Failure> {
    let project = ours(command)?;
    let mut db = existing(&command.path)?;
    let done = migrations::undo(&mut db, &project.migrations, 1).map_err(Failure::error)?;
    tell(command, "undone", &done)?;
    let applied = migrations::apply(&mut db, &project.migrations).map_err(Failure::error)?;
    tell(command, "applied", &applied)
}

fn tell(command: &Database, word: &str, done: &[Applied]) -> Result<(), Failure> {
    if command.json {
        let done: Vec<_> = done.iter().map(|it| json!({"version": it.version, "name": it.name, "milliseconds": it.duration.as_millis()})).collect();
        return print_json(&json!({"status": "ok", word: done}));
    }
    if done.is_empty() {
        return print("nothing to do\n");
    }
    for migration in done {
        print(&format!(
            "{word} {:04} {}\n",
            migration.version, migration.name
        ))?;
    }
    Ok(())
}

/// Only our runner's databases are ours to change.
fn ours(command: &Database) -> Result<Project, Failure> {
    let project = Project::load(&command.package)?;
    match project.dump.runner {
        Runner::Tablature => Ok(project),
        other => Err(Failure::Refused(format!(
            "the migrations of `{}` are run by {other}; run them with it",
            project.dump.schema
        ))),
    }
}

fn existing(path: &Path) -> Result<Connection, Failure> {
    if path.exists() {
        open(path)
    } else {
        Err(Failure::Error(format!(
            "there is no database `{}`",
            path.display()
        )))
    }
}

fn open(path: &Path) -> Result<Connection, Failure> {
    if path.exists() {
        source::database(path)?;
    }
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|it| !it.is_dir()) {
        return Err(Failure::Error(format!(
            "cannot open `{}`: there is no folder `{}`; make it",
            path.display(),
            folder.display()
        )));
    }
    Connection::open(path)
        .map_err(|error| Failure::Error(format!("cannot open `{}`: {error}", path.display())))
}
