use super::list::{Filtered, Narrow, OF_GENRE};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tablature::{ColumnType, Insert, Table};

/// Whether more is to be expected.
#[derive(ColumnType, Serialize, Deserialize, Clone, Copy, Debug, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum ShowStatus {
    Running,
    Ended,
    Cancelled,
}

/// A series.
#[derive(Table, Serialize, Clone, Debug, PartialEq)]
#[table(name = "shows", index(added_at))]
#[table(fts(title weight 5, overview, tokenize = "unicode61 remove_diacritics 2", prefix = "2 3"))]
#[table(check(title_not_empty = "length(title) > 0"))]
pub struct Show {
    #[column(primary_key)]
    pub id: i64,
    pub title: String,
    #[column(default = "")]
    pub overview: String,
    #[column(default = "running")]
    pub status: ShowStatus,
    #[column(json)]
    pub genres: Vec<String>,
    #[column(default = now, immutable)]
    pub added_at: Timestamp,
    #[column(touch)]
    pub updated_at: Timestamp,
}

/// One part of a series. The unique key covers the foreign key, so that one has no index of its own.
#[derive(Table, Serialize, Clone, Debug, PartialEq)]
#[table(name = "episodes", unique(show_id, season, number))]
#[table(fts(title weight 5, overview, tokenize = "unicode61 remove_diacritics 2", prefix = "2 3"))]
pub struct Episode {
    #[column(primary_key)]
    pub id: i64,
    #[column(references(Show), on_delete = cascade)]
    pub show_id: i64,
    #[column(check(season_counts = "season >= 0"))]
    pub season: i64,
    #[column(check(number_counts = "number > 0"))]
    pub number: i64,
    pub title: String,
    #[column(default = "")]
    pub overview: String,
    pub aired_on: Option<Date>,
    #[column(touch)]
    pub updated_at: Timestamp,
}

/// A series that is to be added.
#[derive(Insert, Deserialize, Clone, Debug)]
#[insert(into = Show)]
pub struct NewShow {
    pub title: String,
    pub overview: Option<String>,
    pub status: Option<ShowStatus>,
    #[serde(default)]
    pub genres: Vec<String>,
}

/// What series can be narrowed by.
#[derive(Deserialize, Clone, Debug, Default)]
pub struct ShowFilter {
    pub genre: Option<String>,
    pub status: Option<ShowStatus>,
}

impl Narrow for ShowFilter {
    fn narrow<F: Filtered>(&self, mut rows: F) -> F {
        if let Some(genre) = &self.genre {
            rows = rows.only(OF_GENRE, [genre]);
        }
        if let Some(status) = self.status {
            rows = rows.only("status = ?", [status]);
        }
        rows
    }
}
