//! What remains of jobs that were deleted for their age.

use crate::files::Format;
use tablature::Table;

/// The jobs of a day and a format, added up.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "days", primary_key(day, format), without_rowid)]
pub struct Day {
    /// `2026-11-21`, in UTC.
    pub day: String,
    /// What was written.
    pub format: Format,
    /// How many jobs.
    pub jobs: i64,
    /// Bytes before all of them.
    #[column(renamed_from = "bytes_in")]
    pub bytes_before: i64,
    /// Bytes after all of them.
    #[column(renamed_from = "bytes_out")]
    pub bytes_after: i64,
}
