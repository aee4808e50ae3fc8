//! What the library stores, and what is asked of it. Nothing here knows of HTTP.

mod activity;
mod album;
mod download;
mod everything;
mod given;
mod list;
mod movie;
mod show;
mod user;

pub use activity::{Action, Activity};
pub use album::{Album, AlbumFilter, Artist, NewAlbum};
pub use download::{Download, DownloadStatus, NewDownload, Titled};
pub use everything::{Found, Kind, search};
pub use list::{Filtered, List, Narrow, Window, list};
pub use movie::{Classification, Movie, MovieChange, MovieFilter, NewMovie};
pub use show::{Episode, NewShow, Show, ShowFilter, ShowStatus};
pub use user::{Preferences, Role, Session, User};

tablature::schema! {
    /// Everything that is stored.
    #[schema(migrations = "migrations", runner = refinery)]
    pub static LIBRARY = [User, Session, Movie, Show, Episode, Artist, Album, Download, Activity];
}
