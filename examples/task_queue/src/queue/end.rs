use super::{Claim, Id, Queue, dependencies};
use crate::{Error, Outcome, Result, State};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tablature::{Connection, Row};

/// The version is the lock: it is another one as soon as anybody else has written the task.
const CHECKPOINT: &str = "
    UPDATE tasks
    SET checkpoint = ?3, progress = ?4, heartbeat_at = ?5, lease_until = ?6, version = version + 1
    WHERE id = ?1 AND version = ?2 AND state = 'running'
    RETURNING version, cancel_requested";

const END: &str = "
    UPDATE tasks
    SET state = ?3, result = ?4, last_error = coalesce(?5, last_error), finished_at = ?6, ready_at = coalesce(?7, ready_at),
        progress = CASE ?3 WHEN 'done' THEN 100 ELSE progress END,
        version = version + 1, worker = NULL, lease_until = NULL
    WHERE id = ?1 AND version = ?2 AND state = 'running'
    RETURNING id";

const LOG: &str = "
    UPDATE runs SET outcome = ?3, ended_at = ?4 WHERE task_id = ?1 AND attempt = ?2 RETURNING id";

/// The longest pause between two attempts.
const LONGEST: SignedDuration = SignedDuration::from_hours(1);

#[derive(Row)]
struct Checkpointed {
    version: i64,
    cancel_requested: bool,
}

/// What becomes of a task whose attempt is over.
struct End<'a> {
    state: State,
    outcome: Outcome,
    result: Option<&'a Value>,
    error: Option<&'a str>,
    retry_at: Option<Timestamp>,
}

impl Queue {
    /// Keeps how far a task is, and the task for another lease. The claim then says whether it shall be given up.
    pub fn checkpoint(
        &mut self,
        claim: &mut Claim,
        progress: u8,
        checkpoint: &Value,
        lease: SignedDuration,
        now: Timestamp,
    ) -> Result<()> {
        let values = (
            claim.id,
            claim.version,
            checkpoint,
            progress,
            now,
            now + lease,
        );
        let kept = Checkpointed::query_one(&self.db, CHECKPOINT, values)?;
        let kept = kept.ok_or(Error::Lost { id: claim.id })?;
        claim.version = kept.version;
        claim.cancel_requested = kept.cancel_requested;
        claim.checkpoint = Some(checkpoint.clone());
        Ok(())
    }

    /// The task is done. A worker whose lease has ended in the meantime is told [`Error::Lost`], and nothing is written.
    pub fn complete(&mut self, claim: &Claim, result: &Value, now: Timestamp) -> Result<()> {
        let end = End {
            state: State::Done,
            outcome: Outcome::Done,
            result: Some(result),
            error: None,
            retry_at: None,
        };
        self.end(claim, &end, now)
    }

    /// The attempt has failed. The task is queued again after a pause that doubles each time; after the last attempt it
    /// has failed, and what needs it is cancelled.
    pub fn fail(&mut self, claim: &Claim, error: &str, now: Timestamp) -> Result<State> {
        let again = claim.attempt < claim.max_attempts;
        let end = End {
            state: if again { State::Queued } else { State::Failed },
            outcome: Outcome::Failed,
            result: None,
            error: Some(error),
            retry_at: again.then(|| now + pause(claim.backoff_ms, claim.attempt)),
        };
        self.end(claim, &end, now)?;
        Ok(end.state)
    }

    /// The worker stops as it was asked to.
    pub fn give_up(&mut self, claim: &Claim, now: Timestamp) -> Result<()> {
        let end = End {
            state: State::Cancelled,
            outcome: Outcome::Cancelled,
            result: None,
            error: None,
            retry_at: None,
        };
        self.end(claim, &end, now)
    }

    fn end(&mut self, claim: &Claim, end: &End<'_>, now: Timestamp) -> Result<()> {
        let finished_at = (end.state != State::Queued).then_some(now);
        let db = self.write()?;
        let values = (
            claim.id,
            claim.version,
            end.state,
            end.result,
            end.error,
            finished_at,
            end.retry_at,
        );
        Id::query_one(&db, END, values)?.ok_or(Error::Lost { id: claim.id })?;
        log(&db, claim.id, claim.attempt, end.outcome, now)?;
        if matches!(end.state, State::Failed | State::Cancelled) {
            dependencies::cancel_waiting(&db, claim.id, now)?;
        }
        Ok(db.commit()?)
    }
}

/// Says in the log how an attempt has ended.
pub(super) fn log(
    db: &Connection,
    task: i64,
    attempt: u32,
    outcome: Outcome,
    now: Timestamp,
) -> Result<()> {
    Id::query(db, LOG, (task, attempt, outcome, now))?;
    Ok(())
}

/// Twice as long after each attempt.
fn pause(first_ms: u32, attempt: u32) -> SignedDuration {
    let doubled = 2_i64.saturating_pow(attempt.saturating_sub(1));
    SignedDuration::from_millis(i64::from(first_ms).saturating_mul(doubled)).min(LONGEST)
}
