use super::{Binder, Insert, failed};
use crate::table::Table;
use crate::write::WriteError;
use rusqlite::{CachedStatement, Connection};
use std::borrow::Borrow;

/// Rows of one statement. Measured: from 20 to 50 rows the cost per row is flat, and a statement is all that FTS5 waits
/// for before it flushes.
const ROWS: usize = 32;

/// SQLite's default limit of parameters.
const PARAMETERS: usize = 32_766;

/// Inserts all rows, or none: in a transaction of its own, or in a savepoint of the caller's.
pub(crate) fn insert_all<I: Insert, R: Borrow<I>>(
    db: &Connection,
    rows: impl IntoIterator<Item = R>,
) -> Result<usize, WriteError> {
    let failed = |error| WriteError::new(I::Into::TABLE, error);
    let (begin, commit, rollback) = if db.is_autocommit() {
        ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
    } else {
        (
            "SAVEPOINT insert_all",
            "RELEASE insert_all",
            "ROLLBACK TO insert_all; RELEASE insert_all",
        )
    };
    db.execute_batch(begin).map_err(failed)?;
    let mut guard = Rollback {
        db,
        sql: Some(rollback),
    };
    let inserted = insert_each::<I, R>(db, rows.into_iter())?;
    db.execute_batch(commit).map_err(failed)?;
    guard.sql = None;
    Ok(inserted)
}

/// Rolls back on every way out that does not commit, panics of the caller's iterator included.
struct Rollback<'c> {
    db: &'c Connection,
    sql: Option<&'static str>,
}

impl Drop for Rollback<'_> {
    fn drop(&mut self) {
        if let Some(sql) = self.sql
            && !self.db.is_autocommit()
        {
            // The error that led here is the one to tell.
            let _ = self.db.execute_batch(sql);
        }
    }
}

fn insert_each<I: Insert, R: Borrow<I>>(
    db: &Connection,
    mut rows: impl Iterator<Item = R>,
) -> Result<usize, WriteError> {
    let failed = |error| WriteError::new(I::Into::TABLE, error);
    let rows_per_statement = if I::GIVEN.is_empty() {
        1
    } else {
        ROWS.min(PARAMETERS / I::GIVEN.len()).max(1)
    };
    let mut chunk = Vec::with_capacity(rows_per_statement);
    let mut inserted = 0;
    let mut many = None;
    loop {
        chunk.extend(rows.by_ref().take(rows_per_statement));
        if chunk.len() < rows_per_statement || rows_per_statement == 1 {
            break;
        }
        let statement = match &mut many {
            Some(statement) => statement,
            none => none.insert(
                db.prepare_cached(&multi_row::<I>(rows_per_statement))
                    .map_err(failed)?,
            ),
        };
        let mut binder = Binder::keyless::<I>(statement);
        for row in &chunk {
            row.borrow().bind(&mut binder)?;
        }
        if let Err(error) = statement.raw_execute() {
            return Err(failed_among(db, error, &chunk));
        }
        inserted += chunk.len();
        chunk.clear();
    }
    let mut single = db.prepare_cached(I::INSERT.insert).map_err(failed)?;
    for row in chunk.into_iter().chain(rows) {
        insert_one(db, &mut single, row.borrow())?;
        inserted += 1;
    }
    Ok(inserted)
}

fn multi_row<I: Insert>(rows: usize) -> String {
    let sql = I::INSERT;
    let mut text = String::with_capacity(sql.into.len() + rows * (sql.values.len() + 2));
    text.push_str(sql.into);
    for row in 0..rows {
        text.push_str(if row == 0 { "" } else { ", " });
        text.push_str(sql.values);
    }
    text
}

fn insert_one<I: Insert>(
    db: &Connection,
    statement: &mut CachedStatement<'_>,
    row: &I,
) -> Result<(), WriteError> {
    row.bind(&mut Binder::keyless::<I>(statement))?;
    statement
        .raw_execute()
        .map(drop)
        .map_err(|error| failed(db, error, row))
}

/// SQLite does not say which row of a statement it refused. They are tried one by one, since the transaction is lost
/// anyway, and the first that is refused alone is the one.
#[cold]
fn failed_among<I: Insert, R: Borrow<I>>(
    db: &Connection,
    error: rusqlite::Error,
    rows: &[R],
) -> WriteError {
    if let Ok(mut single) = db.prepare_cached(I::INSERT.insert) {
        for row in rows {
            if let Err(error) = insert_one::<I>(db, &mut single, row.borrow()) {
                return error;
            }
        }
    }
    WriteError::new(I::Into::TABLE, error)
}
