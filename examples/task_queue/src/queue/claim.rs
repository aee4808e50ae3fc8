use super::{Queue, upkeep};
use crate::{Result, Run};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tablature::{Row, insert};

/// A task that a worker has, until its lease ends.
#[derive(Row, Clone, Debug)]
pub struct Claim {
    /// The task.
    pub id: i64,
    /// Which handler it is for.
    pub kind: String,
    /// What the handler is told.
    pub payload: Value,
    /// What the task's version is as long as nobody else has written it.
    pub version: i64,
    /// Which attempt this is, from 1.
    pub attempt: u32,
    /// How many there may be.
    pub max_attempts: u32,
    /// The pause after the first failure.
    pub backoff_ms: u32,
    /// Where the attempt before has come to.
    pub checkpoint: Option<Value>,
    /// The worker is asked to stop.
    pub cancel_requested: bool,
}

/// Takes the next task in one statement, so that no two workers can have read the same one. The index `tasks_next` has
/// the queued tasks in this order, and no others: nothing is sorted, however many are finished.
pub const CLAIM: &str = "
    UPDATE tasks
    SET state = 'running', version = version + 1, attempt = attempt + 1,
        worker = ?2, started_at = ?3, heartbeat_at = ?3, lease_until = ?4
    WHERE id = (
        SELECT id FROM tasks AS next
        WHERE queue = ?1 AND state = 'queued' AND ready_at <= ?3
          AND NOT EXISTS (
            SELECT 1 FROM dependencies JOIN tasks AS needed ON needed.id = needs_id
            WHERE task_id = next.id AND needed.state <> 'done')
          AND NOT EXISTS (
            SELECT 1 FROM tasks AS other WHERE other.lane = next.lane AND other.state = 'running')
        ORDER BY priority DESC, ready_at, id
        LIMIT 1)
    RETURNING id, kind, payload, version, attempt, max_attempts, backoff_ms, checkpoint, cancel_requested";

impl Queue {
    /// Gives the worker the most urgent task that is ready, if there is one, until the lease ends. Tasks of workers whose
    /// lease has ended are queued again first.
    pub fn claim(
        &mut self,
        queue: &str,
        worker: &str,
        lease: SignedDuration,
        now: Timestamp,
    ) -> Result<Option<Claim>> {
        let db = self.write()?;
        upkeep::reap(&db, now)?;
        upkeep::expire(&db, now)?;
        let claim = Claim::query_one(&db, CLAIM, (queue, worker, now, now + lease))?;
        if let Some(Claim { id, attempt, .. }) = claim {
            insert!(
                &db,
                Run {
                    task_id: id,
                    attempt,
                    worker,
                    started_at: now
                }
            )?;
        }
        db.commit()?;
        Ok(claim)
    }
}
