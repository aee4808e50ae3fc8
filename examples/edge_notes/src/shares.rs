//! Who else reads a note.

use crate::notes::Note;
use crate::users::User;
use jiff::Timestamp;
use tablature::{ColumnType, Table};

/// What somebody may do with a note of somebody else.
#[derive(ColumnType, Clone, Copy, Debug, PartialEq)]
pub enum Role {
    /// They see it.
    Reader,
    /// They change it.
    Writer,
}

/// That a note is shown to somebody. Two of its columns refer to users, so relations to them go by name.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "shares", primary_key(note_id, granted_to), without_rowid)]
#[table(check(not_with_oneself = "granted_by <> granted_to"))]
pub struct Share {
    /// The note.
    #[column(references(Note), on_delete = cascade)]
    pub note_id: i64,
    /// Who shows it.
    #[column(references(User), on_delete = cascade)]
    pub granted_by: i64,
    /// Who sees it.
    #[column(references(User), on_delete = cascade)]
    pub granted_to: i64,
    /// And may do this.
    #[column(default = "reader")]
    pub role: Role,
    /// Since when.
    #[column(default = now, immutable)]
    pub created_at: Timestamp,
}
