use crate::Error;
use serde::{Deserialize, Serialize};
use tablature::search::{Search, words};
use tablature::{Connection, Keyed, Page, Params, Searchable, Table};

/// Which part of a list: what was typed, how many rows, and where the last part ended.
#[derive(Deserialize, Clone, Debug, Default)]
pub struct Window {
    pub q: Option<String>,
    pub limit: Option<usize>,
    pub after: Option<String>,
}

/// A part of a list, and how much there is of it in all.
#[derive(Serialize, Clone, Debug, PartialEq)]
pub struct List<T> {
    pub total: u64,
    pub items: Vec<T>,
    /// Give it as `after` for the part that follows; none at the end.
    pub next: Option<String>,
}

/// A condition on a table whose `genres` are JSON.
pub(super) const OF_GENRE: &str = "EXISTS (SELECT 1 FROM json_each(genres) WHERE value = ?)";

/// What a list can be narrowed by. Only what was asked for becomes a condition.
pub trait Narrow {
    fn narrow<F: Filtered>(&self, rows: F) -> F;
}

/// What takes conditions: pages, which are in order, and searches, which are ranked.
pub trait Filtered: Sized {
    #[must_use]
    fn only(self, condition: &str, params: impl Params) -> Self;
}

impl<T: Table> Filtered for Page<T> {
    fn only(self, condition: &str, params: impl Params) -> Self {
        self.filter(condition, params)
    }
}

impl Filtered for Search {
    fn only(self, condition: &str, params: impl Params) -> Self {
        self.filter(condition, params)
    }
}

/// The rows that fulfil the conditions: in order, or, if something was typed, those that have all of its words, the best
/// first. Pages go on behind a row, searches behind a number of rows, since ranks change with every row.
pub fn list<T: Keyed + Searchable>(
    db: &Connection,
    order: Page<T>,
    window: &Window,
    narrow: &impl Narrow,
) -> Result<List<T>, Error> {
    const MOST: usize = 100;
    let limit = window.limit.unwrap_or(20).clamp(1, MOST);
    let Some(typed) = &window.q else {
        let mut page = narrow.narrow(order.limit(limit));
        let total = page.total(db)?;
        if let Some(after) = &window.after {
            page = page.after(after.parse()?);
        }
        let page = T::page(db, &page)?;
        return Ok(List {
            total,
            items: page.rows,
            next: page.next.map(|cursor| cursor.to_string()),
        });
    };
    let offset = match &window.after {
        Some(after) => after.parse().map_err(|_| tablature::InvalidCursor)?,
        None => 0,
    };
    let search = narrow.narrow(words(typed).prefix()).offset(offset);
    let total = search.total::<T>(db)?;
    let items: Vec<T> = T::search(db, search, limit)?
        .into_iter()
        .map(|hit| hit.row)
        .collect();
    let end = offset.saturating_add(items.len());
    let more = !items.is_empty() && u64::try_from(end).is_ok_and(|end| end < total);
    Ok(List {
        total,
        items,
        next: more.then(|| end.to_string()),
    })
}

impl<T> List<T> {
    /// The same list of something made of its items.
    pub fn with<U>(self, items: Vec<U>) -> List<U> {
        List {
            total: self.total,
            items,
            next: self.next,
        }
    }
}
