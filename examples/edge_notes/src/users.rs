//! Who writes.

use jiff::Timestamp;
use tablature::{Connection, Result, Table};

/// An account.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "users")]
pub struct User {
    /// The rowid.
    #[column(primary_key)]
    pub id: i64,
    /// What they log in with, in any case.
    #[column(unique, collate = nocase, check(email_has_at = "instr(email, '@') > 1"))]
    pub email: String,
    /// When they came.
    #[column(default = now, immutable)]
    #[column(using = "strftime('%Y-%m-%dT%H:%M:%S.000000000Z', created_at, 'unixepoch')")]
    pub created_at: Timestamp,
}

impl User {
    /// The account with an address, however it is written.
    pub fn of(db: &Connection, email: &str) -> Result<Option<Self>> {
        Ok(Self::query_one(db, Self::OF, [email])?)
    }

    /// By the unique index.
    pub const OF: &str = "WHERE email = ?1";
}
