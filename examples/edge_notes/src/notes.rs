//! What is written.

use crate::users::User;
use jiff::Timestamp;
use tablature::{Insert, Table};

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
    #[column(backfill = "'note-' || id")]
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
    #[column(using = "strftime('%Y-%m-%dT%H:%M:%S.000000000Z', created_at, 'unixepoch')")]
    pub created_at: Timestamp,
    /// When it was changed last.
    #[column(touch)]
    #[column(using = "strftime('%Y-%m-%dT%H:%M:%S.000000000Z', updated_at, 'unixepoch')")]
    pub updated_at: Timestamp,
}

/// What a form sends.
#[derive(Insert)]
#[insert(into = Note)]
pub struct NewNote<'a> {
    /// Whose it is.
    pub user_id: i64,
    /// Its place in the user's URLs.
    pub slug: &'a str,
    /// One line.
    pub title: &'a str,
    /// Markdown.
    pub body: &'a str,
}

/// The questions of the application, as the Worker sends them too.
impl Note {
    /// A user's, the last changed first.
    pub const NEWEST: &str = "WHERE user_id = ?1 ORDER BY updated_at DESC LIMIT ?2";

    /// What a user keeps on top.
    pub const PINNED: &str = "WHERE user_id = ?1 AND pinned";

    /// By its place in a user's URLs.
    pub const AT: &str = "WHERE user_id = ?1 AND slug = ?2";

    /// What others show to a user.
    pub const SHOWN_TO: &str =
        "WHERE id IN (SELECT note_id FROM shares WHERE granted_to = ?1) ORDER BY id";

    /// A user's notes with a tag. The `+` has SQLite look up the notes of the tag, not all of the user.
    pub const TAGGED: &str = "WHERE +user_id = ?1 AND id IN (
        SELECT note_id FROM note_tags JOIN tags ON tags.id = tag_id
        WHERE tags.user_id = ?1 AND tags.name = ?2) ORDER BY id";
}
