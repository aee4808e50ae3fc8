//! What was done to the images.

use crate::files::{File, Format};
use tablature::{ColumnType, Table};

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
    #[column(renamed_from = "size_in", check(bytes_before_positive = "bytes_before > 0"))]
    pub bytes_before: i64,
    /// Bytes after; a job that failed leaves the image as it was.
    #[column(renamed_from = "size_out", check(bytes_after_positive = "bytes_after > 0"))]
    pub bytes_after: i64,
    /// How long it took, in milliseconds.
    pub millis: u32,
    /// The program that did it.
    pub encoder: Option<String>,
    /// Why it failed.
    pub error: Option<String>,
    /// Seconds since 1970.
    pub finished_at: i64,
}
