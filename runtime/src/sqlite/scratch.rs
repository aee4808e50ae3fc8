use crate::plan::PlanError;
use crate::schema::Schema;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;

/// A database in memory that has a schema, and no rows.
pub(crate) fn scratch(schema: &Schema, what: &str) -> Result<Connection, PlanError> {
    let failed = |sql: &str, error: rusqlite::Error| PlanError::Schema {
        what: format!("{what}: `{}`", first_line(sql)),
        reason: error.to_string(),
    };
    let db = empty().map_err(|error| failed("open", error))?;
    for sql in schema.statements() {
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
    // A script that is only tried must not reach a file.
    db.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    Ok(db)
}

/// What of a statement fits in a message.
pub(crate) fn first_line(sql: &str) -> &str {
    sql.lines().next().unwrap_or_default()
}
