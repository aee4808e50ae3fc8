use super::{Applied, MigrateError, Settings, foreign_keys, history, run_script};
use crate::migrations::Script;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::time::Instant;

/// Undoes the newest migrations, one by one, all or none. The way back is the one that was kept when the migration was
/// applied: the file may be another today, or not be there at all.
pub(crate) fn undo(
    db: &mut Connection,
    scripts: &[Script<'_>],
    count: usize,
) -> Result<Vec<Applied>, MigrateError> {
    if !db.is_autocommit() {
        return Err(MigrateError::InTransaction);
    }
    if !history::exists(db)? {
        return Ok(Vec::new());
    }
    let settings = Settings::change(db)?;
    let transaction = Transaction::new_unchecked(settings.db, TransactionBehavior::Immediate)?;
    let mut undone = Vec::new();
    for row in history::read(&transaction)?.into_iter().rev().take(count) {
        let file = scripts.iter().find(|it| it.version == row.version);
        let stem = file.map_or_else(
            || format!("{:04}_{}", row.version, row.name),
            |it| it.stem.to_owned(),
        );
        let kept = history::down_of(&transaction, row.version)?;
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
        run_script(&transaction, sql).map_err(|error| error.of(&script))?;
        history::forget(&transaction, row.version)?;
        undone.push(Applied {
            version: row.version,
            name: row.name.clone(),
            duration: started.elapsed(),
        });
    }
    foreign_keys(&transaction)?;
    transaction.commit()?;
    Ok(undone)
}
