//! Old jobs go, and what they saved is not forgotten: it is added to their days, in the same transaction.

use jiff::Timestamp;
use tablature::rusqlite::TransactionBehavior;
use tablature::{Connection, Parameter};

/// Keeps the newest jobs of every image. Returns how many others were deleted.
pub fn keep_newest(db: &mut Connection, count: u32) -> tablature::Result<usize> {
    let older = "
        SELECT id FROM (
          SELECT id, row_number() OVER (PARTITION BY file_id ORDER BY finished_at DESC, id DESC) AS place FROM jobs
        ) WHERE place > ?1";
    retire(db, older, count)
}

/// Deletes the jobs that ended before a moment. Returns how many they were.
pub fn forget_before(db: &mut Connection, moment: Timestamp) -> tablature::Result<usize> {
    retire(db, "SELECT id FROM jobs WHERE finished_at < ?1", moment)
}

fn retire(db: &mut Connection, which: &str, limit: impl Parameter) -> tablature::Result<usize> {
    let limit = limit.parameter()?;
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute(
        &format!(
            "INSERT INTO days (day, format, jobs, bytes_before, bytes_after)
             SELECT substr(finished_at, 1, 10), format, count(*), sum(bytes_before), sum(bytes_after)
             FROM jobs WHERE status = 'done' AND id IN ({which}) GROUP BY 1, 2
             ON CONFLICT (day, format) DO UPDATE SET
               jobs = jobs + excluded.jobs,
               bytes_before = bytes_before + excluded.bytes_before,
               bytes_after = bytes_after + excluded.bytes_after"
        ),
        [&limit],
    )?;
    let deleted =
        transaction.execute(&format!("DELETE FROM jobs WHERE id IN ({which})"), [&limit])?;
    transaction.commit()?;
    Ok(deleted)
}
