use super::history::{self, Row};
use super::losses::{Loss, losses};
use super::watch::{Watch, Watched};
use super::{
    Applied, End, MigrateError, Work, before_down, exclusively, hook, mark, run_watched, settle,
    shadowed,
};
use crate::migrations::Script;
use rusqlite::{Connection, Transaction};
use std::time::Instant;

/// Undoes the newest migrations, one by one, all or none.
pub(crate) fn undo(
    db: &mut Connection,
    work: &Work<'_>,
    count: usize,
) -> Result<Vec<Applied>, MigrateError> {
    undo_some(db, work, |rows| Ok(newest(rows, count)))
}

/// Undoes those after a number: of a migration that is known here or there, or 0 for all.
pub(crate) fn undo_to(
    db: &mut Connection,
    work: &Work<'_>,
    version: i64,
) -> Result<Vec<Applied>, MigrateError> {
    undo_some(db, work, |rows| after(work, rows, version))
}

/// What [`undo`] would take away.
pub(crate) fn losses_of(
    db: &Connection,
    work: &Work<'_>,
    count: usize,
) -> Result<Vec<Loss>, MigrateError> {
    losses(db, work, |rows| Ok(newest(rows, count)))
}

/// What [`undo_to`] would take away.
pub(crate) fn losses_to(
    db: &Connection,
    work: &Work<'_>,
    version: i64,
) -> Result<Vec<Loss>, MigrateError> {
    losses(db, work, |rows| after(work, rows, version))
}

fn newest(rows: Vec<Row>, count: usize) -> Vec<Row> {
    rows.into_iter().rev().take(count).collect()
}

fn after(work: &Work<'_>, rows: Vec<Row>, version: i64) -> Result<Vec<Row>, MigrateError> {
    if version != 0 && !rows.iter().any(|row| row.version == version) {
        work.knows(version)?;
    }
    let after = rows.into_iter().rev();
    Ok(after.filter(|row| row.version > version).collect())
}

/// The way back is the one that was kept when the migration was applied: the file may be another today, or not be there.
fn undo_some(
    db: &mut Connection,
    work: &Work<'_>,
    choose: impl FnOnce(Vec<Row>) -> Result<Vec<Row>, MigrateError>,
) -> Result<Vec<Applied>, MigrateError> {
    if !db.is_autocommit() {
        return Err(MigrateError::InTransaction);
    }
    let watch = Watch::of(work.options);
    let watched = Watched::new(db, watch.as_ref())?;
    let mut made = None;
    let undone = exclusively(watched.db, End::Commit, |db| {
        let history = if history::exists(db)? {
            history::read(db)?
        } else {
            Vec::new()
        };
        let chosen = choose(history)?;
        shadowed(db)?;
        if let Some(newest) = chosen.first() {
            made = before_down(db, work, newest.version)?;
        }
        let mut undone = Vec::new();
        for row in chosen {
            undone.push(undo_one(db, work, row, watch.as_ref())?);
        }
        if !undone.is_empty() {
            mark::erase(db)?;
        }
        Ok(undone)
    });
    settle(made, undone.is_ok());
    undone.map_err(|error| watch.iter().fold(error, |error, it| it.judge(error)))
}

fn undo_one(
    db: &Transaction<'_>,
    work: &Work<'_>,
    row: Row,
    watch: Option<&Watch>,
) -> Result<Applied, MigrateError> {
    let Row { version, name, .. } = row;
    let file = work.scripts.iter().find(|it| it.version == version);
    let stem = file.map_or_else(|| format!("{version:04}_{name}"), |it| it.stem.to_owned());
    let (kept, has_hook) = history::down_of(db, version)?;
    let Some(sql) = kept.as_deref().or_else(|| file?.down) else {
        return Err(MigrateError::NoWayBack { stem });
    };
    let started = Instant::now();
    let script = Script {
        version,
        name: &name,
        stem: &stem,
        up: sql,
        down: None,
    };
    match work.hook(version).and_then(|it| it.down) {
        Some(down) => hook::run(db, down, &script)?,
        None if has_hook => return Err(MigrateError::NoHook { stem }),
        None => {}
    }
    if let Some(watch) = watch {
        watch.migration(&script, sql);
    }
    run_watched(db, sql, watch).map_err(|error| error.of(&script))?;
    history::forget(db, version)?;
    Ok(Applied {
        version,
        duration: started.elapsed(),
        name,
    })
}
