use super::history::{self, Row};
use super::{Applied, End, MigrateError, exclusively, mark, run_script};
use crate::migrations::Script;
use rusqlite::Connection;
use std::time::Instant;

/// Undoes the newest migrations, one by one, all or none.
pub(crate) fn undo(
    db: &mut Connection,
    scripts: &[Script<'_>],
    count: usize,
) -> Result<Vec<Applied>, MigrateError> {
    undo_some(db, scripts, |rows| {
        rows.into_iter().rev().take(count).collect()
    })
}

/// Undoes those after a number.
pub(crate) fn undo_to(
    db: &mut Connection,
    scripts: &[Script<'_>],
    version: i64,
) -> Result<Vec<Applied>, MigrateError> {
    undo_some(db, scripts, |rows| {
        rows.into_iter()
            .rev()
            .filter(|row| row.version > version)
            .collect()
    })
}

/// The way back is the one that was kept when the migration was applied: the file may be another today, or not be there.
fn undo_some(
    db: &mut Connection,
    scripts: &[Script<'_>],
    choose: impl FnOnce(Vec<Row>) -> Vec<Row>,
) -> Result<Vec<Applied>, MigrateError> {
    if !db.is_autocommit() {
        return Err(MigrateError::InTransaction);
    }
    if !history::exists(db)? {
        return Ok(Vec::new());
    }
    exclusively(db, End::Commit, |db| {
        let mut undone = Vec::new();
        for row in choose(history::read(db)?) {
            let file = scripts.iter().find(|it| it.version == row.version);
            let stem = file.map_or_else(
                || format!("{:04}_{}", row.version, row.name),
                |it| it.stem.to_owned(),
            );
            let kept = history::down_of(db, row.version)?;
            let Some(sql) = kept.as_deref().or_else(|| file?.down) else {
                return Err(MigrateError::NoWayBack { stem });
            };
            let started = Instant::now();
            let script = Script {
                version: row.version,
                name: &row.name,
                stem: &stem,
                up: sql,
                down: None,
            };
            run_script(db, sql).map_err(|error| error.of(&script))?;
            history::forget(db, row.version)?;
            undone.push(Applied {
                version: row.version,
                name: row.name.clone(),
                duration: started.elapsed(),
            });
        }
        mark::erase(db)?;
        Ok(undone)
    })
}
