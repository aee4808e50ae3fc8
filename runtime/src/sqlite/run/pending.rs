use super::history::{self, Row};
use super::{MigrateError, State, foreign, squash};
use crate::migrations::{Script, checksum};
use rusqlite::Connection;

/// The migrations that a database has not had.
pub(crate) fn pending_of<'a>(
    db: &Connection,
    scripts: &[Script<'a>],
) -> Result<Vec<Script<'a>>, MigrateError> {
    let pending = pending(scripts, &applied(db, scripts)?)?;
    Ok(pending.into_iter().copied().collect())
}

/// What was applied, in the words of the files.
pub(super) fn applied(db: &Connection, scripts: &[Script<'_>]) -> Result<Vec<Row>, MigrateError> {
    if history::exists(db)? {
        squash::collapse(history::read(db)?, scripts)
    } else {
        nobody_else(db)?;
        Ok(Vec::new())
    }
}

/// Where another tool has a history and we have none, we cannot say what is pending.
pub(super) fn nobody_else(db: &Connection) -> Result<(), MigrateError> {
    match foreign(db, &[])? {
        Some(foreign) => Err(MigrateError::Foreign { tool: foreign.tool }),
        None => Ok(()),
    }
}

/// The migrations that the history has not, if what it has is what the files say.
pub(super) fn pending<'s, 'a>(
    scripts: &'s [Script<'a>],
    history: &[Row],
) -> Result<Vec<&'s Script<'a>>, MigrateError> {
    let mut pending = Vec::new();
    let newest = history.last().map(|row| row.version);
    let is_unknown = |row: &&Row| !scripts.iter().any(|script| script.version == row.version);
    let unknown: Vec<State> = history
        .iter()
        .filter(is_unknown)
        .map(State::unknown)
        .collect();
    if !unknown.is_empty() {
        let newest = scripts.last().map_or(0, |it| it.version);
        return Err(MigrateError::Ahead { unknown, newest });
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
