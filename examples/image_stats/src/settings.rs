//! What the user has chosen, and when.

use jiff::Timestamp;
use tablature::Table;

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
