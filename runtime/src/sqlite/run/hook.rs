use super::MigrateError;
use crate::migrations::Script;
use rusqlite::Transaction;
use std::error::Error;

/// What a function beside a migration returns.
pub type HookResult = Result<(), Box<dyn Error + Send + Sync>>;

/// The functions of a program that belong to a migration: for what SQL cannot say of the rows. `schema!` makes them.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Hook {
    pub(crate) version: i64,
    /// After the SQL of the way up.
    pub(crate) up: Option<HookFn>,
    /// Before the SQL of the way down.
    pub(crate) down: Option<HookFn>,
}

type HookFn = fn(&Transaction<'_>) -> HookResult;

impl Hook {
    pub const fn new(version: i64, up: Option<HookFn>, down: Option<HookFn>) -> Self {
        Self { version, up, down }
    }
}

/// Runs it inside the transaction. The files alone say what the schema is, so a hook that changes it is refused.
pub(super) fn run(
    transaction: &Transaction<'_>,
    hook: HookFn,
    script: &Script<'_>,
) -> Result<(), MigrateError> {
    let schema = || transaction.query_row("PRAGMA schema_version", (), |row| row.get::<_, i64>(0));
    let stem = || script.stem.to_owned();
    let before = schema()?;
    // Whatever ends the transaction, an `OR ROLLBACK` included, takes the savepoint with it.
    transaction.execute_batch("SAVEPOINT tablature_hook")?;
    let done = hook(transaction);
    if transaction.execute_batch("RELEASE tablature_hook").is_err() {
        return Err(MigrateError::HookEndedTransaction { stem: stem() });
    }
    done.map_err(|source| MigrateError::Hook {
        stem: stem(),
        source,
    })?;
    if schema()? == before {
        Ok(())
    } else {
        Err(MigrateError::HookChangedSchema { stem: stem() })
    }
}
