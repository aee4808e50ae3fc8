//! Full-text search: what to find, how to show it, and what is found.

use crate::declare::{Detail, Fts};
use crate::filter::Filter;
use crate::params::Params;
use crate::query::ReadError;
use crate::row::Values;
use crate::table::{Searchable, Table};
use rusqlite::types::Value;
use rusqlite::{Connection, ffi};
use std::fmt::Write as _;

/// A full-text search: what to find, and how to show it.
///
/// A text is a query in [FTS5's language](https://www.sqlite.org/fts5.html#full_text_query_syntax); what a person has
/// typed goes through [`words`].
///
/// ```
/// use tablature::search::{Search, words};
/// # use tablature::Table;
/// # #[derive(Table)]
/// # #[table(fts(title))]
/// # struct Post { #[column(primary_key)] id: i64, author: i64, title: String }
/// # fn main() -> tablature::Result<()> {
/// # let db = tablature::Connection::open_in_memory()?;
/// # db.execute_batch(Post::DDL)?;
/// # tablature::insert!(&db, Post { author: 7, title: "Rust and rows" })?;
/// let query = words("rust ro").prefix().marks("[", "]").highlight().filter("author = ?", [7]);
/// let hits = Post::search(&db, query, 20)?;
/// assert_eq!(hits[0].highlights, [Some("[Rust] and [rows]".to_owned())]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Search {
    query: Query,
    before: String,
    after: String,
    snippet_words: u8,
    highlight: bool,
    offset: usize,
    filter: Filter,
}

#[derive(Clone, Debug)]
enum Query {
    Fts5(String),
    Words { typed: String, prefix: bool },
}

/// A row that was found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Hit<T> {
    /// The row.
    pub row: T,
    /// How well it fits: the smaller, the better. See <https://www.sqlite.org/fts5.html#the_bm25_function>.
    pub rank: f64,
    /// The part of the text that fits best, with marks around what was found; none without stored text.
    pub snippet: Option<String>,
    /// The whole text of every searched column with marks, when it was asked for.
    pub highlights: Vec<Option<String>>,
}

/// Why a search failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The query is not in FTS5's language.
    #[error(
        "`{query}` is not a full-text query: {message}; pass what a person has typed through `search::words`"
    )]
    Query {
        /// The query.
        query: String,
        /// What FTS5 says.
        message: String,
    },
    /// A row could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// What a person has typed: rows that have all the words, whatever signs are among them. It is never a syntax error.
pub fn words(typed: impl Into<String>) -> Search {
    Search::of(Query::Words {
        typed: typed.into(),
        prefix: false,
    })
}

impl From<&str> for Search {
    fn from(query: &str) -> Self {
        Self::of(Query::Fts5(query.to_owned()))
    }
}

impl From<String> for Search {
    fn from(query: String) -> Self {
        Self::of(Query::Fts5(query))
    }
}

impl From<&String> for Search {
    fn from(query: &String) -> Self {
        Self::of(Query::Fts5(query.clone()))
    }
}

impl Search {
    fn of(query: Query) -> Self {
        let (before, after) = ("<b>".to_owned(), "</b>".to_owned());
        Self {
            query,
            before,
            after,
            snippet_words: 16,
            highlight: false,
            offset: 0,
            filter: Filter::new(),
        }
    }

    /// The last of the [`words`] may be the beginning of one.
    #[must_use]
    pub fn prefix(mut self) -> Self {
        if let Query::Words { prefix, .. } = &mut self.query {
            *prefix = true;
        }
        self
    }

    /// What stands before and behind what was found; `<b>` and `</b>` unless told otherwise.
    ///
    /// The text itself is not escaped. For HTML, use marks that cannot stand in it, escape, and replace them.
    #[must_use]
    pub fn marks(mut self, before: impl Into<String>, after: impl Into<String>) -> Self {
        self.before = before.into();
        self.after = after.into();
        self
    }

    /// How many words a snippet has at the most, up to 64; 16 unless told otherwise.
    #[must_use]
    pub fn snippet_words(mut self, words: u8) -> Self {
        self.snippet_words = words.clamp(1, 64);
        self
    }

    /// The whole text of every searched column, with marks.
    #[must_use]
    pub fn highlight(mut self) -> Self {
        self.highlight = true;
        self
    }

    /// Leaves out the first hits.
    #[must_use]
    pub fn offset(mut self, hits: usize) -> Self {
        self.offset = hits;
        self
    }

    /// Only rows that fulfil a condition, with `?` for its values.
    #[must_use]
    pub fn filter(mut self, condition: &str, params: impl Params) -> Self {
        self.filter.add(condition, params);
        self
    }

    /// The number of all hits in a table, whatever the limit and the offset.
    ///
    /// ```
    /// use tablature::search::words;
    /// # use tablature::Table;
    /// # #[derive(Table)]
    /// # #[table(fts(title))]
    /// # struct Post { #[column(primary_key)] id: i64, author: i64, title: String }
    /// # fn main() -> tablature::Result<()> {
    /// # let db = tablature::Connection::open_in_memory()?;
    /// # db.execute_batch(Post::DDL)?;
    /// # for author in [7, 7, 8] { tablature::insert!(&db, Post { author, title: "Rust and rows" })?; }
    /// let query = words("rust ro").prefix().filter("author = ?", [7]);
    /// assert_eq!(query.total::<Post>(&db)?, 2);
    /// assert_eq!(Post::search(&db, query, 1)?.len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn total<T: Searchable>(&self, db: &Connection) -> Result<u64, SearchError> {
        let Some((query, mut values)) = self.asked::<T>()? else {
            return Ok(0);
        };
        let (from, condition) = self.wanted::<T>();
        let sql = format!(
            "SELECT count(*){from} WHERE {condition}?{}",
            values.len() + 1
        );
        values.push(Value::Text(query.clone()));
        let mut statement = db.prepare_cached(&sql).map_err(ReadError::Sqlite)?;
        crate::params::bind(&mut statement, &sql, values.as_slice())?;
        crate::page::total(&mut statement.raw_query()).map_err(|error| match error {
            ReadError::Sqlite(error) => refused(&query, error),
            error => error.into(),
        })
    }

    /// The query in FTS5's language, and the values of the filter; none where nothing can be found.
    fn asked<T: Table>(&self) -> Result<Option<(String, Vec<Value>)>, SearchError> {
        let Some(fts) = &T::TABLE.fts else {
            return Ok(None);
        };
        let query = self.query.text(fts);
        // FTS5 calls an empty query a syntax error.
        if query.is_empty() && matches!(self.query, Query::Words { .. }) {
            return Ok(None);
        }
        Ok(Some((query, self.filter.values()?)))
    }

    /// The FROM clause, and the condition up to the query, which follows as a parameter behind the values of the filter.
    fn wanted<T: Table>(&self) -> (&'static str, String) {
        let (from, condition) = T::SQL.search.split_once(" WHERE ").unwrap_or_default();
        let mut conditions = self.filter.conditions().to_vec();
        conditions.push(condition.to_owned());
        (from, conditions.join(" AND "))
    }
}

impl Query {
    /// Every word in quotes, which FTS5 reads as a phrase, whatever is in it. An index without positions has no phrases,
    /// so there a word ends where its letters and digits end.
    fn text(&self, fts: &Fts) -> String {
        let (typed, prefix) = match self {
            Self::Fts5(query) => return query.clone(),
            Self::Words { typed, prefix } => (typed, *prefix),
        };
        let phrases = fts.detail == Detail::Full;
        let ends = |c: char| {
            c == '\0'
                || if phrases {
                    c.is_whitespace()
                } else {
                    !c.is_alphanumeric()
                }
        };
        let words: Vec<String> = typed
            .split(ends)
            .filter(|word| !word.is_empty())
            .map(|word| format!("\"{}\"", word.replace('"', "\"\"")))
            .collect();
        let mut text = words.join(" ");
        if prefix && !text.is_empty() {
            text.push('*');
        }
        text
    }
}

pub(crate) fn search<T: Table>(
    db: &Connection,
    search: &Search,
    limit: usize,
) -> Result<Vec<Hit<T>>, SearchError> {
    let Some(fts) = &T::TABLE.fts else {
        return Ok(Vec::new());
    };
    let Some((query, mut values)) = search.asked::<T>()? else {
        return Ok(Vec::new());
    };
    let sql = sql::<T>(fts, search, values.len());
    let number = |number: usize| Value::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    values.extend([
        Value::Text(query.clone()),
        Value::Text(search.before.clone()),
        Value::Text(search.after.clone()),
        number(limit),
        number(search.offset),
    ]);
    let refused = |error| refused(&query, error);
    let mut statement = db.prepare_cached(&sql).map_err(ReadError::Sqlite)?;
    crate::params::bind(&mut statement, &sql, values.as_slice())?;
    let mut rows = statement.raw_query();
    let mut hits = Vec::new();
    while let Some(row) = rows.next().map_err(refused)? {
        let beyond = T::TABLE.columns.len();
        let text = |at: usize| row.get(beyond + at).map_err(ReadError::Sqlite);
        let highlights = if search.highlight {
            (0..fts.columns.len())
                .map(|at| text(at + 2))
                .collect::<Result<_, _>>()?
        } else {
            Vec::new()
        };
        hits.push(Hit {
            row: T::read(&Values::new::<T>(row))?,
            rank: row.get(beyond).map_err(ReadError::Sqlite)?,
            snippet: text(1)?,
            highlights,
        });
    }
    Ok(hits)
}

/// The values of the filter come first; the query, the marks, limit and offset follow.
fn sql<T: Table>(fts: &Fts, search: &Search, before: usize) -> String {
    let name = crate::sqlite::quoted(
        &fts.name
            .map_or_else(|| format!("{}_fts", T::NAME), str::to_owned),
    );
    let [query, open, close, limit, offset] =
        [1, 2, 3, 4, 5].map(|number| format!("?{}", before + number));
    let mut shown = format!(
        ", {name}.rank, snippet({name}, -1, {open}, {close}, '…', {})",
        search.snippet_words
    );
    if search.highlight {
        for column in 0..fts.columns.len() {
            let _ = write!(shown, ", highlight({name}, {column}, {open}, {close})");
        }
    }
    let (from, condition) = search.wanted::<T>();
    format!(
        "{}{shown}{from} WHERE {condition}{query} ORDER BY {name}.rank LIMIT {limit} OFFSET {offset}",
        T::SQL.columns
    )
}

/// FTS5 reports a query that it cannot read as a plain error of the statement.
#[cold]
fn refused(query: &str, error: rusqlite::Error) -> SearchError {
    match error {
        rusqlite::Error::SqliteFailure(failure, Some(message))
            if failure.extended_code == ffi::SQLITE_ERROR =>
        {
            SearchError::Query {
                query: query.to_owned(),
                message,
            }
        }
        error => SearchError::Read(error.into()),
    }
}
