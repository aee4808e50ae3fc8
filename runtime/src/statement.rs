//! What `insert!`, `upsert!` and `update!` run: not part of the interface.

use crate::insert::{self, Binder};
use crate::key::{KeyValue, bind_key};
use crate::sqlite::statements::InsertSql;
use crate::table::Table;
use crate::write::WriteError;
use rusqlite::{CachedStatement, Connection};

#[doc(hidden)]
#[inline]
pub fn insert<T: Table>(
    db: &Connection,
    sql: &InsertSql,
    given: &'static [usize],
    bind: impl Fn(&mut Binder<'_, '_>) -> Result<(), WriteError>,
) -> Result<T::Key, WriteError> {
    let returns = !sql.returning_key.is_empty();
    let mut statement = prepare::<T>(
        db,
        if returns {
            sql.returning_key
        } else {
            sql.insert
        },
    )?;
    let mut binder = Binder::over(&mut statement, T::TABLE, given, insert::keeps_key(T::TABLE));
    bind(&mut binder)?;
    let refused = |error| WriteError::of_row(db, T::TABLE, given, error, &bind);
    if returns {
        return insert::returned_key::<T>(&mut statement).map_err(refused);
    }
    let key = insert::given_key::<T>(&binder.into_key())?;
    statement.raw_execute().map_err(refused)?;
    key.map_or_else(|| insert::rowid::<T>(db), Ok)
}

#[doc(hidden)]
#[inline]
pub fn insert_returning<T: Table>(
    db: &Connection,
    sql: &InsertSql,
    given: &'static [usize],
    bind: impl Fn(&mut Binder<'_, '_>) -> Result<(), WriteError>,
) -> Result<T, crate::Error> {
    let mut statement = prepare::<T>(db, sql.returning)?;
    bind(&mut Binder::over(&mut statement, T::TABLE, given, false))?;
    insert::returned::<T>(&mut statement)?
        .map_err(|error| WriteError::of_row(db, T::TABLE, given, error, &bind).into())
}

#[doc(hidden)]
#[inline]
pub fn upsert<T: Table>(
    db: &Connection,
    sql: &'static str,
    given: &'static [usize],
    bind: impl Fn(&mut Binder<'_, '_>) -> Result<(), WriteError>,
) -> Result<T::Key, WriteError> {
    let mut statement = prepare::<T>(db, sql)?;
    bind(&mut Binder::over(&mut statement, T::TABLE, given, false))?;
    insert::returned_key::<T>(&mut statement)
        .map_err(|error| WriteError::of_row(db, T::TABLE, given, error, &bind))
}

#[doc(hidden)]
#[inline]
pub fn update<T: Table>(
    db: &Connection,
    sql: &'static str,
    given: &'static [usize],
    key: impl KeyValue<T::Key>,
    bind: impl Fn(&mut Binder<'_, '_>) -> Result<(), WriteError>,
) -> Result<bool, WriteError> {
    let mut statement = prepare::<T>(db, sql)?;
    bind(&mut Binder::over(&mut statement, T::TABLE, given, false))?;
    bind_key::<T>(&mut statement, given.len(), &key)?;
    match statement.raw_execute() {
        Ok(changed) => Ok(changed > 0),
        Err(error) => Err(WriteError::of_row(db, T::TABLE, given, error, &bind)),
    }
}

fn prepare<'c, T: Table>(db: &'c Connection, sql: &str) -> Result<CachedStatement<'c>, WriteError> {
    insert::prepare::<T>(db, sql)
}
