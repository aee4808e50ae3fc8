//! What is written.

use crate::users::User;
use jiff::Timestamp;
use tablature::Table;

/// A note. It goes with its user.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "notes", unique(user_id, slug), index(user_id, updated_at desc))]
#[table(index(user_id, where = "pinned", name = "notes_pinned"))]
pub struct Note {
    /// The rowid.
    #[column(primary_key)]
    pub id: i64,
    /// Whose it is.
    #[column(references(User), on_delete = cascade)]
    pub user_id: i64,
    /// Its place in the user's URLs.
    #[column(check(slug_fits_urls = "slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'"))]
    pub slug: String,
    /// One line.
    #[column(check(title_fits = "length(title) BETWEEN 1 AND 200"))]
    pub title: String,
    /// Markdown.
    pub body: String,
    /// Whether it stays on top.
    #[column(default = false)]
    pub pinned: bool,
    /// When it was begun.
    #[column(default = now, immutable)]
    pub created_at: Timestamp,
    /// When it was changed last.
    #[column(touch)]
    pub updated_at: Timestamp,
}
