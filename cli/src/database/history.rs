//! What the history says of a database, of which nothing is run.

use super::{existing, ours, refuse_hook};
use crate::arguments::{Baseline, Database};
use crate::failure::Failure;
use crate::generate::print_json;
use crate::project::Project;
use crate::source;
use crate::terminal::print;
use serde_json::json;
use tablature::diff::{Change, diff};
use tablature::migrations::{self, Migration, Runner, State, StateOf, without_histories};
use tablature::{Connection, MigrateError, inspect};

/// Writes into the history what the database has had in another way.
pub(crate) fn baseline(command: &Baseline) -> Result<(), Failure> {
    let project = ours(&command.database)?;
    let mut db = existing(&command.database.path)?;
    let newest = project.migrations.iter().map(|it| it.version).max();
    let through = command.through.or(newest).unwrap_or_default();
    markable(&project, &db, through, "baseline")?;
    let count = migrations::baseline(&mut db, &project.migrations, through).map_err(unwritten)?;
    if command.database.json {
        return print_json(&json!({"status": "ok", "marked": count, "through": through}));
    }
    if count == 0 {
        let states = migrations::states(&db, &project.migrations)?;
        return print(&format!("nothing to do: {}\n", had(&states, through)));
    }
    print(&format!(
        "{} marked as applied; nothing was run\n",
        are(count)
    ))
}

/// Takes over what another tool has written of a database.
pub(crate) fn adopt(command: &Database) -> Result<(), Failure> {
    let project = ours(command)?;
    let mut db = existing(&command.path)?;
    let before = applied(&db, &project.migrations)?;
    markable(&project, &db, i64::MAX, "adopt")?;
    let Some(foreign) = migrations::adopt(&mut db, &project.migrations).map_err(unwritten)? else {
        if command.json {
            return print_json(&json!({"status": "ok", "tool": null, "marked": 0}));
        }
        return print(
            "nothing to do: there is no history of refinery, sqlx, rusqlite_migration, d1 or diesel\n",
        );
    };
    let (tool, through) = (foreign.tool, foreign.version);
    let count = applied(&db, &project.migrations)? - before;
    if command.json {
        return print_json(
            &json!({"status": "ok", "tool": tool, "marked": count, "through": through}),
        );
    }
    if count == 0 {
        let states = migrations::states(&db, &project.migrations)?;
        return print(&format!("nothing to do: {}\n", had(&states, through)));
    }
    print(&format!(
        "{} marked as applied, as {tool} says; nothing was run\n",
        are(count)
    ))
}

/// Takes the files as they are for what was applied.
pub(crate) fn repair(command: &Database) -> Result<(), Failure> {
    let project = ours(command)?;
    let mut db = existing(&command.path)?;
    let states = migrations::states(&db, &project.migrations)?;
    if let Some(change) = difference(&db, &project.migrations, &states)? {
        return Err(Failure::Error(format!(
            "the database is not as the files of the applied migrations leave it: on the way there, {change}; restore the file, and make a new migration for the change"
        )));
    }
    let repaired = migrations::repair(&mut db, &project.migrations).map_err(unwritten)?;
    let repaired: Vec<&State> = states
        .iter()
        .filter(|it| repaired.contains(&it.version))
        .collect();
    if command.json {
        let named = |it: &&State| json!({"version": it.version, "name": it.name});
        let repaired: Vec<_> = repaired.iter().map(named).collect();
        return print_json(&json!({"status": "ok", "repaired": repaired}));
    }
    if repaired.is_empty() {
        return print("nothing to do: the history has the files as they are\n");
    }
    repaired.iter().try_for_each(|it| {
        let State { version, name, .. } = it;
        print(&format!("repaired {version:04} {name}; nothing was run\n"))
    })
}

/// Nothing is migrated here.
fn unwritten(error: MigrateError) -> Failure {
    match error {
        MigrateError::Sqlite(_) => {
            let said = error.to_string();
            Failure::Error(said.replacen("cannot migrate", "cannot write the history", 1))
        }
        error => error.into(),
    }
}

/// The history is to say which migrations go back with a function of the program, and the files do not.
fn markable(project: &Project, db: &Connection, to: i64, method: &str) -> Result<(), Failure> {
    let migrations = &project.migrations;
    let pending: Vec<i64> = match migrations::states(db, migrations) {
        Ok(states) => {
            let pending = states.iter().filter(|it| it.is == StateOf::Pending);
            pending.map(|it| it.version).collect()
        }
        Err(MigrateError::Foreign { .. }) => migrations.iter().map(|it| it.version).collect(),
        Err(error) => return Err(error.into()),
    };
    let mut pending = pending.into_iter().filter(|it| *it <= to);
    pending.try_for_each(|it| refuse_hook(project, it, "marked", &[method]))
}

fn are(count: usize) -> String {
    match count {
        1 => "1 migration is".to_owned(),
        count => format!("{count} migrations are"),
    }
}

/// What the history has, where nothing was to be marked through a number.
fn had(states: &[State], through: i64) -> String {
    let name = |it: &State| format!("{:04} `{}`", it.version, it.name);
    let had = states.iter().filter(|it| it.is != StateOf::Pending);
    let (until, ahead): (Vec<_>, Vec<_>) = had.partition(|it| it.version <= through);
    let Some(newest) = until.last() else {
        return "there is no migration to mark".to_owned();
    };
    let at = ahead.last().map(|it| format!(", and is at {}", name(it)));
    let at = at.unwrap_or_default();
    format!("the history has migration {} already{at}", name(newest))
}

/// How many migrations our history has.
fn applied(db: &Connection, migrations: &[Migration]) -> Result<usize, Failure> {
    match migrations::states(db, migrations) {
        Ok(states) => Ok(states.iter().filter(|it| it.is != StateOf::Pending).count()),
        Err(MigrateError::Foreign { .. }) => Ok(0),
        Err(error) => Err(error.into()),
    }
}

/// The first thing that the database has otherwise than the files of what was applied; what it has besides is no matter.
fn difference(
    db: &Connection,
    migrations: &[Migration],
    states: &[State],
) -> Result<Option<Change>, Failure> {
    let pending = |version| {
        let mut pending = states.iter().filter(|it| it.is == StateOf::Pending);
        pending.any(|it| it.version == version)
    };
    let mut applied = migrations.to_vec();
    applied.retain(|it| !pending(it.version));
    let scratch = source::replayed(&applied, Runner::Tablature)?;
    let read = |db| inspect(db).map(without_histories).map_err(Failure::error);
    let changes = diff(&read(db)?, &read(&scratch)?);
    let mut changes = changes.into_iter();
    Ok(changes.find(|it| !matches!(it, Change::Drop(..))))
}
