//! What was done to the images.

use crate::files::{File, Format};
use tablature::Table;

/// One attempt to make an image smaller.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "jobs", index(file_id, finished_at desc))]
pub struct Job {
    /// Given by the database.
    #[column(primary_key)]
    pub id: i64,
    /// The image.
    #[column(references(File), on_delete = cascade)]
    pub file_id: i64,
    /// What was written.
    pub format: Format,
    /// Bytes before.
    #[column(check(size_in_positive = "size_in > 0"))]
    pub size_in: i64,
    /// Bytes after; a job that failed leaves the image as it was.
    #[column(check(size_out_positive = "size_out > 0"))]
    pub size_out: i64,
    /// How long it took, in milliseconds.
    pub millis: u32,
    /// The program that did it.
    pub encoder: Option<String>,
    /// Why it failed.
    pub error: Option<String>,
    /// Seconds since 1970.
    pub finished_at: i64,
}
