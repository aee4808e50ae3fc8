use rusqlite::Connection;
use rusqlite::config::DbConfig::{SQLITE_DBCONFIG_ENABLE_FKEY, SQLITE_DBCONFIG_ENABLE_TRIGGER};

/// What the connection was set to.
pub(super) struct Settings {
    foreign_keys: bool,
    triggers: bool,
    ignores_checks: bool,
}

impl Settings {
    /// Foreign keys are checked at the end, not row by row: tables may refer to each other. The PRAGMA would do nothing
    /// inside of a transaction; this does.
    pub(super) fn replace(db: &Connection) -> Result<Self, rusqlite::Error> {
        let ignores_checks = "ignore_check_constraints";
        let settings = Self {
            foreign_keys: db.db_config(SQLITE_DBCONFIG_ENABLE_FKEY)?,
            triggers: db.db_config(SQLITE_DBCONFIG_ENABLE_TRIGGER)?,
            ignores_checks: db.pragma_query_value(None, ignores_checks, |row| row.get(0))?,
        };
        db.set_db_config(SQLITE_DBCONFIG_ENABLE_FKEY, false)?;
        db.set_db_config(SQLITE_DBCONFIG_ENABLE_TRIGGER, true)?;
        db.pragma_update(None, ignores_checks, false)?;
        Ok(settings)
    }

    pub(super) fn restore(&self, db: &Connection) -> Result<(), rusqlite::Error> {
        db.set_db_config(SQLITE_DBCONFIG_ENABLE_FKEY, self.foreign_keys)?;
        db.set_db_config(SQLITE_DBCONFIG_ENABLE_TRIGGER, self.triggers)?;
        db.pragma_update(None, "ignore_check_constraints", self.ignores_checks)
    }
}

/// Runs something while no trigger fires.
pub(super) fn without_triggers<T>(
    db: &Connection,
    run: impl FnOnce() -> Result<T, rusqlite::Error>,
) -> Result<T, rusqlite::Error> {
    db.set_db_config(SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    let done = run();
    db.set_db_config(SQLITE_DBCONFIG_ENABLE_TRIGGER, true)?;
    done
}
