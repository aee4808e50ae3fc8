//! What was done to the images.

use crate::files::{File, Format};
use jiff::Timestamp;
use tablature::{ColumnType, Connection, Insert, Row, Table};

/// How a job ended.
#[derive(ColumnType, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The image is smaller now.
    Done,
    /// The image is as it was.
    Failed,
}

/// One attempt to make an image smaller.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "jobs", index(file_id, finished_at desc), index(format, finished_at))]
#[table(index(finished_at, where = "status = 'failed'", name = "jobs_failed"))]
#[table(index("bytes_before - bytes_after", name = "jobs_by_saving"))]
#[table(check(failed_says_why = "(status = 'failed') = (error IS NOT NULL)"))]
pub struct Job {
    /// Given by the database.
    #[column(primary_key)]
    pub id: i64,
    /// The image.
    #[column(references(File), on_delete = cascade)]
    pub file_id: i64,
    /// How it ended.
    pub status: Status,
    /// What was written.
    pub format: Format,
    /// Bytes before.
    #[column(check(bytes_before_positive = "bytes_before > 0"))]
    pub bytes_before: i64,
    /// Bytes after; a job that failed leaves the image as it was.
    #[column(check(bytes_after_positive = "bytes_after > 0"))]
    pub bytes_after: i64,
    /// How long it took, in milliseconds.
    pub millis: u32,
    /// Why it failed.
    pub error: Option<String>,
    /// When it ended.
    pub finished_at: Timestamp,
}

/// A job that has just ended; the database gives it its key.
#[derive(Insert, Clone, Copy, Debug)]
#[insert(into = Job)]
#[expect(missing_docs, reason = "the fields of `Job`")]
pub struct NewJob<'a> {
    pub file_id: i64,
    pub status: Status,
    pub format: Format,
    pub bytes_before: i64,
    pub bytes_after: i64,
    pub millis: u32,
    pub error: Option<&'a str>,
    pub finished_at: Timestamp,
}

impl Job {
    /// For [`failed_since`](Self::failed_since). It says `'failed'` as the partial index does: with a parameter in its
    /// place SQLite could not know that the index has all the rows.
    pub const FAILED: &str =
        "WHERE status = 'failed' AND finished_at >= ?1 ORDER BY finished_at DESC";

    /// For [`largest_savings`](Self::largest_savings). The expression is that of the index, letter by letter.
    pub const LARGEST: &str = "ORDER BY bytes_before - bytes_after DESC LIMIT ?1";

    /// For [`newest_of`](Self::newest_of).
    pub const NEWEST: &str = "WHERE file_id = ?1 ORDER BY finished_at DESC LIMIT ?2";

    /// What failed, the newest first.
    pub fn failed_since(db: &Connection, since: Timestamp) -> tablature::Result<Vec<Self>> {
        Ok(Self::query(db, Self::FAILED, [since])?)
    }

    /// The jobs that saved most.
    pub fn largest_savings(db: &Connection, count: u32) -> tablature::Result<Vec<Self>> {
        Ok(Self::query(db, Self::LARGEST, [count])?)
    }

    /// The newest jobs of an image.
    pub fn newest_of(db: &Connection, file_id: i64, count: u32) -> tablature::Result<Vec<Self>> {
        Ok(Self::query(db, Self::NEWEST, (file_id, count))?)
    }
}

/// What the jobs of a format have done between two moments.
#[derive(Row, Clone, Debug, PartialEq)]
pub struct Total {
    /// What was written.
    pub format: Format,
    /// How many jobs went well.
    pub jobs: i64,
    /// How many failed.
    pub failed: i64,
    /// Bytes before, of those that went well.
    pub bytes_before: i64,
    /// Bytes after.
    pub bytes_after: i64,
}

impl Total {
    /// For [`between`](Self::between).
    pub const SQL: &str = "
        SELECT format,
               count(*) FILTER (WHERE status = 'done') AS jobs,
               count(*) FILTER (WHERE status = 'failed') AS failed,
               coalesce(sum(bytes_before) FILTER (WHERE status = 'done'), 0) AS bytes_before,
               coalesce(sum(bytes_after) FILTER (WHERE status = 'done'), 0) AS bytes_after
        FROM jobs
        WHERE finished_at >= ?1 AND finished_at < ?2
        GROUP BY format
        ORDER BY format";

    /// By format, from one moment up to another.
    pub fn between(
        db: &Connection,
        from: Timestamp,
        to: Timestamp,
    ) -> tablature::Result<Vec<Self>> {
        Ok(Self::query(db, Self::SQL, (from, to))?)
    }

    /// How much smaller, in percent.
    pub fn percent(&self) -> i64 {
        let saved = i128::from(self.bytes_before) - i128::from(self.bytes_after);
        let percent = saved * 100 / i128::from(self.bytes_before).max(1);
        i64::try_from(percent).unwrap_or_default()
    }
}
