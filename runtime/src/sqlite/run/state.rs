use super::history::Row;
use super::{MigrateError, applied};
use crate::migrations::{Script, checksum};
use rusqlite::Connection;
use std::fmt;

/// A migration, as a database sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct State {
    /// Its number.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// What the database has of it; `state` where it is serialised.
    #[cfg_attr(feature = "serde", serde(rename = "state"))]
    pub is: StateOf,
}

/// What a database has of a migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "lowercase")
)]
#[non_exhaustive]
pub enum StateOf {
    /// It was applied.
    Applied,
    /// It is still to come.
    Pending,
    /// It was applied, and is another one today.
    Changed,
    /// It was applied, and has no file here.
    Unknown,
}

impl State {
    /// A file that the history does not have.
    pub(super) fn pending(script: &Script<'_>) -> Self {
        Self {
            version: script.version,
            name: script.name.to_owned(),
            is: StateOf::Pending,
        }
    }

    /// A row that has no file here.
    pub(super) fn unknown(row: &Row) -> Self {
        Self {
            version: row.version,
            name: row.name.clone(),
            is: StateOf::Unknown,
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, name, is } = self;
        write!(f, "{is:<8} {version:04} {name}")
    }
}

impl fmt::Display for StateOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Applied => "applied",
            Self::Pending => "pending",
            Self::Changed => "changed",
            Self::Unknown => "unknown",
        })
    }
}

/// What the history has, and what it has not.
pub(crate) fn states(db: &Connection, scripts: &[Script<'_>]) -> Result<Vec<State>, MigrateError> {
    let history = applied(db, scripts)?;
    let mut states: Vec<State> = scripts
        .iter()
        .map(|script| {
            let row = history.iter().find(|row| row.version == script.version);
            State {
                version: script.version,
                name: script.name.to_owned(),
                is: match row {
                    None => StateOf::Pending,
                    Some(row) if row.checksum == checksum(script.up) => StateOf::Applied,
                    Some(_) => StateOf::Changed,
                },
            }
        })
        .collect();
    for row in history {
        if !scripts.iter().any(|script| script.version == row.version) {
            states.push(State::unknown(&row));
        }
    }
    states.sort_by_key(|state| state.version);
    Ok(states)
}
