//! Statements of the user's own that write to the table.

use super::Table;
use crate::params::{self, Params};
use crate::row::Values;
use crate::sqlite::quoted;
use crate::write::WriteError;
use rusqlite::Connection;

pub(super) fn execute<T: Table>(
    db: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<usize, crate::Error> {
    let mut statement = db.prepare_cached(sql).map_err(failed::<T>)?;
    params::bind(&mut statement, sql, params)?;
    Ok(statement.raw_execute().map_err(failed::<T>)?)
}

pub(super) fn returning<T: Table>(
    db: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<T>, crate::Error> {
    let columns: Vec<String> = T::NAMES.iter().map(|it| quoted(it)).collect();
    let sql = format!("{sql} RETURNING {}", columns.join(", "));
    let mut statement = db.prepare_cached(&sql).map_err(failed::<T>)?;
    params::bind(&mut statement, &sql, params)?;
    let mut rows = statement.raw_query();
    let mut all = Vec::new();
    while let Some(row) = rows.next().map_err(failed::<T>)? {
        all.push(T::read(&Values::new::<T>(row))?);
    }
    Ok(all)
}

fn failed<T: Table>(error: rusqlite::Error) -> WriteError {
    WriteError::new(T::TABLE, error)
}
