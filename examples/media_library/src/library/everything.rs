use crate::library::{Album, Episode, Movie, Show};
use serde::Serialize;
use tablature::search::words;
use tablature::{Connection, Hit, SearchError, Searchable};

/// What a search has found.
#[derive(Serialize, Clone, Debug, PartialEq)]
pub struct Found {
    pub kind: Kind,
    pub id: i64,
    pub title: String,
    /// The words around what was found, in `[` and `]`.
    pub snippet: Option<String>,
}

/// Where it was found.
#[derive(Serialize, Clone, Copy, Debug, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Movie,
    Show,
    Episode,
    Album,
}

/// Everything that has all the words, the last of which may be the beginning of one: some of each kind, since ranks of
/// different tables do not compare.
pub fn search(db: &Connection, typed: &str, limit: usize) -> Result<Vec<Found>, SearchError> {
    let mut found = hits(db, typed, limit, |it: Movie| (Kind::Movie, it.id, it.title))?;
    found.extend(hits(db, typed, limit, |it: Show| {
        (Kind::Show, it.id, it.title)
    })?);
    found.extend(hits(db, typed, limit, |it: Episode| {
        (Kind::Episode, it.id, it.title)
    })?);
    found.extend(hits(db, typed, limit, |it: Album| {
        (Kind::Album, it.id, it.title)
    })?);
    Ok(found)
}

fn hits<T: Searchable>(
    db: &Connection,
    typed: &str,
    limit: usize,
    show: fn(T) -> (Kind, i64, String),
) -> Result<Vec<Found>, SearchError> {
    let query = words(typed).prefix().marks("[", "]").snippet_words(8);
    let found = |Hit { row, snippet, .. }: Hit<T>| {
        let (kind, id, title) = show(row);
        Found {
            kind,
            id,
            title,
            snippet,
        }
    };
    Ok(T::search(db, query, limit)?
        .into_iter()
        .map(found)
        .collect())
}
