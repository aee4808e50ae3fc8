//! What notes are found under.

use crate::notes::Note;
use crate::users::User;
use tablature::Table;

/// A word of one user's.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "tags", unique(user_id, name))]
pub struct Tag {
    /// The rowid.
    #[column(primary_key)]
    pub id: i64,
    /// Whose word it is.
    #[column(references(User), on_delete = cascade)]
    pub user_id: i64,
    /// In any case.
    #[column(collate = nocase, check(name_is_a_word = "name GLOB '?*' AND name NOT GLOB '* *'"))]
    pub name: String,
}

/// That a note has a tag.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "note_tags", primary_key(note_id, tag_id), without_rowid)]
pub struct NoteTag {
    /// The note.
    #[column(references(Note), on_delete = cascade)]
    pub note_id: i64,
    /// The tag.
    #[column(references(Tag), on_delete = cascade)]
    pub tag_id: i64,
}
