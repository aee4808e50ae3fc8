//! What finds one row by its key, with a statement that is prepared.

use super::Table;
use crate::insert::Binder;
use crate::key::{KeyValue, bind_key};
use crate::params;
use crate::query::{ReadError, Select};
use crate::write::WriteError;
use rusqlite::{CachedStatement, Connection};

#[inline]
pub(crate) fn get_with<T: Table>(
    select: &mut Select<'_, T>,
    key: &impl KeyValue<T::Key>,
) -> Result<Option<T>, ReadError> {
    select.first(|statement| {
        key.bind(0, &mut |number, value| {
            params::bind_one(statement, number, value)
        })
    })
}

pub(crate) fn update_with<T: Table>(
    db: &Connection,
    statement: &mut CachedStatement<'_>,
    row: &T,
) -> Result<bool, WriteError> {
    row.bind(&mut Binder::keyless::<T>(statement))?;
    let changed = statement
        .raw_execute()
        .map_err(|error| crate::insert::failed(db, error, row))?;
    Ok(changed > 0)
}

pub(crate) fn delete_with<T: Table>(
    db: &Connection,
    statement: &mut CachedStatement<'_>,
    key: &impl KeyValue<T::Key>,
) -> Result<bool, WriteError> {
    bind_key::<T>(statement, 0, key)?;
    match statement.raw_execute() {
        Ok(deleted) => Ok(deleted > 0),
        Err(error) => Err(match WriteError::new(T::TABLE, error) {
            WriteError::Referenced { table, .. } => WriteError::Referenced {
                table,
                by: referring::<T>(db, key),
            },
            other => other,
        }),
    }
}

/// Which columns of other tables refer to the row, since SQLite only says that some do.
#[cold]
fn referring<T: Table>(db: &Connection, key: &impl KeyValue<T::Key>) -> Vec<String> {
    let find = || -> Result<Vec<String>, ReadError> {
        let mut keys = db.prepare(
            "SELECT child.name, group_concat('\"' || replace(key.\"from\", '\"', '\"\"') || '\" = ?' || (key.seq + 1), ' AND '),
                    group_concat(key.\"from\", ', ')
             FROM sqlite_schema AS child, pragma_foreign_key_list(child.name) AS key
             WHERE child.type = 'table' AND key.\"table\" = ?1 COLLATE NOCASE AND key.on_delete IN ('NO ACTION', 'RESTRICT')
             GROUP BY child.name, key.id ORDER BY child.name, key.id",
        )?;
        let mut rows = keys.query([T::NAME])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (child, condition, columns): (String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let sql = format!(
                "SELECT count(*) FROM {} WHERE {condition}",
                crate::sqlite::quoted(&child)
            );
            let mut statement = db.prepare(&sql)?;
            key.bind(0, &mut |number, value| {
                params::bind_one(&mut statement, number, value)
            })?;
            let mut counts = statement.raw_query();
            let count: i64 = match counts.next()? {
                Some(row) => row.get(0)?,
                None => 0,
            };
            if count > 0 {
                found.push(format!(
                    "`{child}`.`{columns}` ({count} {})",
                    if count == 1 { "row" } else { "rows" }
                ));
            }
        }
        Ok(found)
    };
    find().unwrap_or_default()
}
