//! The schema of a notes application on Cloudflare D1. The README is a tour.

pub mod dev;
pub mod notes;
pub mod shares;
pub mod tags;
pub mod tour;
pub mod users;

use notes::Note;
use shares::Share;
use tags::{NoteTag, Tag};
use users::User;

tablature::schema! {
    /// Everything that D1 stores.
    #[schema(migrations = "migrations", runner = d1)]
    pub static SCHEMA = [User, Note, Tag, NoteTag, Share];
}
