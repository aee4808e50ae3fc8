use crate::library::User;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use tablature::{ColumnType, Connection, Table, WriteError};

/// What was done.
#[derive(ColumnType, Serialize, Clone, Copy, Debug, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    SignedIn,
    SignedOut,
    Added,
    Changed,
    Removed,
}

/// A line of the log. It outlives the user, and nobody changes it.
#[derive(Table, Serialize, Clone, Debug, PartialEq)]
#[table(name = "activity")]
pub struct Activity {
    #[column(primary_key, autoincrement)]
    pub id: i64,
    #[column(references(User), on_delete = set_null)]
    pub user_id: Option<i64>,
    #[column(immutable)]
    pub action: Action,
    /// What it was done to: the table, the key, and whatever else is worth knowing.
    #[column(immutable)]
    pub detail: Value,
    #[column(default = now, immutable)]
    pub at: Timestamp,
}

impl Activity {
    /// Writes a line. In the transaction of what it tells of, so that neither is there without the other.
    pub fn log(
        db: &Connection,
        user: &User,
        action: Action,
        detail: Value,
    ) -> Result<i64, WriteError> {
        tablature::insert!(
            db,
            Activity {
                user_id: user.id,
                action,
                detail
            }
        )
    }
}
