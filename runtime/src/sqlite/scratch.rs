use crate::plan::PlanError;
use crate::schema::Schema;
use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// A database in memory that has a schema, and no rows.
pub(crate) fn scratch(schema: &Schema, what: &str) -> Result<Connection, PlanError> {
    let failed = |sql: &str, error: rusqlite::Error| PlanError::Schema {
        what: format!("{what}: `{}`", first_line(sql)),
        reason: error.to_string(),
    };
    let db = empty().map_err(|error| failed("open", error))?;
    for sql in statements(schema) {
        db.execute_batch(sql).map_err(|error| failed(sql, error))?;
    }
    Ok(db)
}

/// A database in memory without foreign keys, so that tables come in any order.
///
/// ```
/// let db = tablature::plan::scratch()?;
/// db.execute_batch("CREATE TABLE comments (post REFERENCES posts); INSERT INTO comments VALUES (1)")?;
/// # Ok::<(), tablature::rusqlite::Error>(())
/// ```
pub fn empty() -> rusqlite::Result<Connection> {
    let db = Connection::open_in_memory()?;
    db.execute_batch("PRAGMA foreign_keys = OFF")?;
    // What other people's schemas say in double quotes may be meant as text.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, true)?;
    Ok(db)
}

/// The statements that make a schema, what others refer to first.
pub(crate) fn statements(schema: &Schema) -> impl Iterator<Item = &str> {
    let tables = schema.tables.iter().map(|it| it.sql.as_str());
    let virtuals = schema.virtuals.iter().map(|it| it.sql.text());
    let fts = schema.fts.iter().map(|it| it.sql.as_str());
    let indexes = schema.indexes.iter().map(|it| it.sql.as_str());
    let views = schema.views.iter().map(|it| it.sql.text());
    let triggers = schema.triggers.iter().map(|it| it.sql.text());
    tables
        .chain(virtuals)
        .chain(fts)
        .chain(indexes)
        .chain(views)
        .chain(triggers)
}

/// What of a statement fits in a message.
pub(crate) fn first_line(sql: &str) -> &str {
    sql.lines().next().unwrap_or_default()
}
