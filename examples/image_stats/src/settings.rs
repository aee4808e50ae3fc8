//! What the user has chosen, and when.

use jiff::Timestamp;
use tablature::{Connection, Parameter, Table};

/// One choice of the user.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "settings", without_rowid)]
#[table(trigger(name = "settings_audit_insert", after = insert, body = "
    INSERT INTO setting_changes (key, old_value, new_value) VALUES (new.key, NULL, new.value)"))]
#[table(trigger(name = "settings_audit_update", after = update, of(value), when = "old.value IS NOT new.value", body = "
    INSERT INTO setting_changes (key, old_value, new_value) VALUES (new.key, old.value, new.value)"))]
#[table(trigger(name = "settings_audit_delete", after = delete, body = "
    INSERT INTO setting_changes (key, old_value, new_value) VALUES (old.key, old.value, NULL)"))]
pub struct Setting {
    /// Its name.
    #[column(primary_key)]
    pub key: String,
    /// Its value, as text.
    pub value: String,
    /// Counts the writes: a window that shows an older version does not overwrite a newer one.
    #[column(default = 1)]
    pub version: i64,
}

/// The audit trail: triggers of [`Setting`] write it, and nobody changes it.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "setting_changes", index(key, id))]
pub struct SettingChange {
    /// In the order of the changes; never given twice.
    #[column(primary_key, autoincrement)]
    pub id: i64,
    /// Which setting.
    #[column(immutable)]
    pub key: String,
    /// None where the setting is new.
    #[column(immutable)]
    pub old_value: Option<String>,
    /// None where the setting was removed.
    #[column(immutable)]
    pub new_value: Option<String>,
    /// When.
    #[column(default = now, immutable)]
    pub at: Timestamp,
}

impl Setting {
    /// Makes a setting that is not there yet. False if it is, and then it stays as it is.
    pub fn create(db: &Connection, key: &str, value: &str) -> tablature::Result<bool> {
        let sql = "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING";
        Ok(db.prepare_cached(sql)?.execute((key, value))? > 0)
    }

    /// Changes a setting that was read before. False if somebody was faster: read it again, and ask the user.
    pub fn change(&self, db: &Connection, value: &str) -> tablature::Result<bool> {
        let sql =
            "UPDATE settings SET value = ?3, version = version + 1 WHERE key = ?1 AND version = ?2";
        let changed = db
            .prepare_cached(sql)?
            .execute((&self.key, self.version, value))?;
        Ok(changed > 0)
    }
}

impl SettingChange {
    /// What was changed in a setting, the newest first.
    pub fn of(db: &Connection, key: &str) -> tablature::Result<Vec<Self>> {
        Ok(Self::query(db, "WHERE key = ?1 ORDER BY id DESC", [key])?)
    }

    /// Forgets what was changed before a moment. Returns how many changes they were.
    pub fn forget_before(db: &Connection, moment: Timestamp) -> tablature::Result<usize> {
        let sql = "DELETE FROM setting_changes WHERE at < ?1";
        Ok(db.execute(sql, [moment.parameter()?])?)
    }
}
