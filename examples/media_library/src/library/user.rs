use crate::Error;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tablature::{ColumnType, Connection, Insert, Parameter, Table};
use uuid::Uuid;

/// What somebody may do.
#[derive(ColumnType, Serialize, Deserialize, Clone, Copy, Debug, PartialEq, PartialOrd)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Guest,
    Member,
    Admin,
}

/// How somebody wants to see the library: read and written as a whole and never searched, so it is JSON in one column.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
#[serde(default)]
pub struct Preferences {
    pub language: Option<String>,
    pub autoplay: bool,
}

/// Somebody who watches or listens.
#[derive(Table, Serialize, Clone, Debug, PartialEq)]
#[table(name = "users")]
pub struct User {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique, collate = nocase)]
    pub email: String,
    pub name: String,
    #[column(default = "guest")]
    pub role: Role,
    #[column(default = true)]
    pub active: bool,
    #[column(json, default_sql = "'{}'")]
    pub preferences: Preferences,
    #[column(default = now, immutable)]
    pub created_at: Timestamp,
    #[column(touch)]
    pub updated_at: Timestamp,
}

/// Somebody who has signed in. The token is the key, and the table has no other.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "sessions", without_rowid)]
pub struct Session {
    #[column(primary_key)]
    pub token: Uuid,
    #[column(references(User), on_delete = cascade)]
    pub user_id: i64,
    #[column(index)]
    pub expires_at: Timestamp,
}

impl Session {
    const LIFETIME: SignedDuration = SignedDuration::from_hours(12);

    /// Signs somebody in, and clears away what has expired.
    pub fn start(db: &Connection, user: &User, now: Timestamp) -> Result<Self, Error> {
        let expired = [now.parameter()?];
        db.execute("DELETE FROM sessions WHERE expires_at <= ?1", expired)?;
        let session = Self {
            token: Uuid::new_v4(),
            user_id: user.id,
            expires_at: now + Self::LIFETIME,
        };
        session.insert(db)?;
        Ok(session)
    }

    /// Who has signed in with a token, if that still holds.
    pub fn user(db: &Connection, token: Uuid, now: Timestamp) -> Result<Option<User>, Error> {
        let session = Self::get(db, token)?.filter(|session| session.expires_at > now);
        let Some(session) = session else {
            return Ok(None);
        };
        Ok(session.parent::<User>(db)?.filter(|user| user.active))
    }
}
