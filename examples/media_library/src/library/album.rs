use super::list::{Filtered, Narrow, OF_GENRE};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tablature::{Connection, Table};

/// Who made the music.
#[derive(Table, Serialize, Clone, Debug, PartialEq)]
#[table(name = "artists")]
pub struct Artist {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique, collate = nocase)]
    pub name: String,
}

/// A record.
#[derive(Table, Serialize, Clone, Debug, PartialEq)]
#[table(name = "albums", unique(artist_id, title), index(added_at))]
#[table(fts(title weight 5, overview, tokenize = "unicode61 remove_diacritics 2", prefix = "2 3"))]
#[table(check(title_not_empty = "length(title) > 0"))]
pub struct Album {
    #[column(primary_key)]
    pub id: i64,
    #[column(references(Artist), on_delete = cascade)]
    pub artist_id: i64,
    pub title: String,
    #[column(default = "")]
    pub overview: String,
    pub released_on: Option<Date>,
    #[column(json)]
    pub genres: Vec<String>,
    #[column(default = now, immutable)]
    pub added_at: Timestamp,
    #[column(touch)]
    pub updated_at: Timestamp,
}

/// A record that is to be added, with the name of who made it.
#[derive(Deserialize, Clone, Debug)]
pub struct NewAlbum {
    pub artist: String,
    pub title: String,
    pub overview: Option<String>,
    pub released_on: Option<Date>,
    #[serde(default)]
    pub genres: Vec<String>,
}

/// What records can be narrowed by.
#[derive(Deserialize, Clone, Debug, Default)]
pub struct AlbumFilter {
    pub genre: Option<String>,
    pub artist_id: Option<i64>,
}

impl NewAlbum {
    /// Stores it, and its artist if there is none of that name.
    pub fn store(self, db: &Connection) -> tablature::Result<i64> {
        let Self {
            artist,
            title,
            overview,
            released_on,
            genres,
        } = self;
        let artist_id = match Artist::query_one(db, "WHERE name = ?1", [&artist])? {
            Some(artist) => artist.id,
            None => tablature::insert!(db, Artist { name: artist })?,
        };
        Ok(tablature::insert!(
            db,
            Album {
                artist_id,
                title,
                overview,
                released_on,
                genres
            }
        )?)
    }
}

impl Narrow for AlbumFilter {
    fn narrow<F: Filtered>(&self, mut rows: F) -> F {
        if let Some(genre) = &self.genre {
            rows = rows.only(OF_GENRE, [genre]);
        }
        if let Some(artist_id) = self.artist_id {
            rows = rows.only("artist_id = ?", [artist_id]);
        }
        rows
    }
}
