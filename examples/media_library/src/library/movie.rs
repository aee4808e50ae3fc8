use super::given::given;
use super::list::{Filtered, Narrow, OF_GENRE};
use crate::Error;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tablature::{ColumnType, Connection, Insert, Table};

/// From which age on somebody may see it.
#[derive(ColumnType, Serialize, Deserialize, Clone, Copy, Debug, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum Classification {
    All,
    Teens,
    Adults,
}

/// A film.
#[derive(Table, Serialize, Clone, Debug, PartialEq)]
#[table(name = "movies", index(added_at))]
#[table(fts(title weight 5, overview, tokenize = "unicode61 remove_diacritics 2", prefix = "2 3"))]
#[table(check(title_not_empty = "length(title) > 0"))]
pub struct Movie {
    #[column(primary_key)]
    pub id: i64,
    pub title: String,
    #[column(default = "")]
    pub overview: String,
    #[column(index)]
    pub released_on: Option<Date>,
    pub classification: Option<Classification>,
    #[column(json)]
    pub genres: Vec<String>,
    #[column(default = now, immutable)]
    pub added_at: Timestamp,
    #[column(touch)]
    pub updated_at: Timestamp,
}

/// A film that is to be added. What it leaves out, the database fills in.
#[derive(Insert, Deserialize, Clone, Debug)]
#[insert(into = Movie)]
pub struct NewMovie {
    pub title: String,
    pub overview: Option<String>,
    pub released_on: Option<Date>,
    pub classification: Option<Classification>,
    #[serde(default)]
    pub genres: Vec<String>,
}

/// What is to be changed; what is left out stays.
#[derive(Deserialize, Clone, Debug, Default)]
#[serde(deny_unknown_fields)]
pub struct MovieChange {
    pub title: Option<String>,
    pub overview: Option<String>,
    #[serde(default, deserialize_with = "given")]
    pub released_on: Option<Option<Date>>,
    #[serde(default, deserialize_with = "given")]
    pub classification: Option<Option<Classification>>,
    pub genres: Option<Vec<String>>,
}

/// What films can be narrowed by.
#[derive(Deserialize, Clone, Debug, Default)]
pub struct MovieFilter {
    pub genre: Option<String>,
    pub classification: Option<Classification>,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

impl MovieChange {
    /// Reads the row, changes it and writes it, in the transaction of a writer: nothing can come between. False if there
    /// is no such film.
    pub fn apply(self, db: &Connection, id: i64) -> Result<bool, Error> {
        let Some(mut movie) = Movie::get(db, id)? else {
            return Ok(false);
        };
        let Self {
            title,
            overview,
            released_on,
            classification,
            genres,
        } = self;
        replace(&mut movie.title, title);
        replace(&mut movie.overview, overview);
        replace(&mut movie.released_on, released_on);
        replace(&mut movie.classification, classification);
        replace(&mut movie.genres, genres);
        Ok(movie.update(db)?)
    }
}

fn replace<T>(place: &mut T, given: Option<T>) {
    if let Some(value) = given {
        *place = value;
    }
}

impl Narrow for MovieFilter {
    fn narrow<F: Filtered>(&self, mut rows: F) -> F {
        if let Some(genre) = &self.genre {
            rows = rows.only(OF_GENRE, [genre]);
        }
        if let Some(classification) = self.classification {
            rows = rows.only("classification = ?", [classification]);
        }
        if let Some(from) = self.from {
            rows = rows.only("released_on >= ?", [from]);
        }
        if let Some(until) = self.until {
            rows = rows.only("released_on <= ?", [until]);
        }
        rows
    }
}
