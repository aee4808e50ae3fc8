//! Days: what remains of jobs that were deleted, and how the weeks go.

use crate::files::Format;
use tablature::{Connection, Row, Table};

/// The jobs of a day and a format that were deleted, added up.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "days", primary_key(day, format), without_rowid)]
pub struct Day {
    /// `2026-11-21`, in UTC.
    pub day: String,
    /// What was written.
    pub format: Format,
    /// How many jobs went well.
    pub jobs: i64,
    /// Bytes before all of them.
    pub bytes_before: i64,
    /// Bytes after all of them.
    pub bytes_after: i64,
}

/// A day with the week that it ends: of the jobs that are there, and of those that were.
#[derive(Row, Clone, Debug, PartialEq)]
pub struct Week {
    /// `2026-11-21`, in UTC.
    pub day: String,
    /// Bytes saved on that day.
    pub saved: i64,
    /// Bytes saved in the seven days up to it.
    pub saved_in_week: i64,
}

impl Week {
    const SQL: &str = "
        WITH every AS (
          SELECT day, bytes_before - bytes_after AS saved FROM days
          UNION ALL
          SELECT substr(finished_at, 1, 10), bytes_before - bytes_after FROM jobs WHERE status = 'done'
        ),
        per_day AS (SELECT day, sum(saved) AS saved FROM every GROUP BY day)
        SELECT day, saved,
               sum(saved) OVER (ORDER BY julianday(day) RANGE 6 PRECEDING) AS saved_in_week
        FROM per_day
        ORDER BY day";

    /// Every day on which something was saved.
    pub fn all(db: &Connection) -> tablature::Result<Vec<Self>> {
        Ok(Self::query(db, Self::SQL, ())?)
    }
}
