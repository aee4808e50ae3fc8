#![expect(clippy::type_complexity, reason = "each is one plain function")]

mod cached;
mod held;
mod named;
mod ours;
mod ours_prepared;
mod raw;

use crate::Result;
use crate::rows::{Article, Post};
use rusqlite::Connection;

pub(crate) use held::read;

/// The one to which the others are compared.
pub(crate) const RAW: &str = "raw C";

/// One way to do each work. Every function prepares what it needs, and opens and commits its transaction.
pub(crate) struct Candidate {
    pub(crate) name: &'static str,
    /// Row by row.
    pub(crate) insert: Option<fn(&Connection, &[Post]) -> Result>,
    /// As fast as this candidate can.
    pub(crate) bulk: Option<fn(&Connection, &[Post]) -> Result>,
    pub(crate) full_text: Option<fn(&Connection, &[Post], &[Article]) -> Result>,
    pub(crate) upsert: Option<fn(&Connection, &[Post]) -> Result>,
    /// The digest of the rows with these keys.
    pub(crate) get: Option<fn(&Connection, &[i64]) -> Result<u64>>,
    /// All rows.
    pub(crate) map: Option<fn(&Connection) -> Result<Vec<Post>>>,
    /// The digest of the first page of each of these authors.
    pub(crate) page: Option<fn(&Connection, &[i64]) -> Result<u64>>,
}

pub(crate) const ALL: [Candidate; 7] = [
    raw::CANDIDATE,
    held::CANDIDATE,
    cached::CANDIDATE,
    named::CANDIDATE,
    ours_prepared::CANDIDATE,
    ours::CANDIDATE,
    raw::MULTI_ROW,
];

/// All rows or none, as every program that inserts many does it.
fn transaction(db: &Connection, run: impl FnOnce() -> Result) -> Result {
    db.execute_batch("BEGIN IMMEDIATE")?;
    run()?;
    db.execute_batch("COMMIT")?;
    Ok(())
}
