use super::{Id, Queue, dependencies, end};
use crate::{Outcome, Result, State};
use jiff::{SignedDuration, Timestamp};
use tablature::{Connection, Row};

/// A task whose worker was not heard of.
#[derive(Row, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reaped {
    /// The task.
    pub id: i64,
    /// The attempt that was lost.
    pub attempt: u32,
    /// What became of it: queued again, unless it was the last attempt.
    pub state: State,
}

/// Ends the leases that have run out.
pub const REAP: &str = "
    UPDATE tasks
    SET state = CASE WHEN cancel_requested THEN 'cancelled' WHEN attempt < max_attempts THEN 'queued' ELSE 'failed' END,
        finished_at = CASE WHEN cancel_requested OR attempt >= max_attempts THEN ?1 END,
        version = version + 1, worker = NULL, lease_until = NULL, last_error = 'the worker was lost'
    WHERE state = 'running' AND lease_until <= ?1
    RETURNING id, attempt, state";

/// Gives up what should have begun by now.
pub const EXPIRE: &str = "
    UPDATE tasks
    SET state = 'cancelled', version = version + 1, finished_at = ?1, last_error = 'the deadline has passed'
    WHERE state = 'queued' AND deadline <= ?1
    RETURNING id";

const AGE: &str = "
    UPDATE tasks SET priority = priority + 1, version = version + 1, aged_at = ?1
    WHERE state = 'queued' AND coalesce(aged_at, ready_at) <= ?2
    RETURNING id";

const PRUNE: &str = "DELETE FROM tasks WHERE state = 'done' AND finished_at < ?1 RETURNING id";

impl Queue {
    /// Takes back the tasks of workers whose lease has ended. [`claim`](Self::claim) does so too.
    pub fn reap(&mut self, now: Timestamp) -> Result<Vec<Reaped>> {
        let db = self.write()?;
        let reaped = reap(&db, now)?;
        db.commit()?;
        Ok(reaped)
    }

    /// Raises the priority of what has waited for `patience` by one, and again after as long: so nothing waits for ever
    /// behind a stream of more urgent tasks. Returns how many were raised.
    pub fn age(&mut self, patience: SignedDuration, now: Timestamp) -> Result<usize> {
        Ok(Id::query(&self.db, AGE, (now, now - patience))?.len())
    }

    /// Removes the tasks that were done before a moment, with their runs. Returns how many they were.
    pub fn prune(&mut self, before: Timestamp) -> Result<usize> {
        Ok(Id::query(&self.db, PRUNE, [before])?.len())
    }
}

pub(super) fn reap(db: &Connection, now: Timestamp) -> Result<Vec<Reaped>> {
    let reaped = Reaped::query(db, REAP, [now])?;
    for task in &reaped {
        end::log(db, task.id, task.attempt, Outcome::Lost, now)?;
        if task.state != State::Queued {
            dependencies::cancel_waiting(db, task.id, now)?;
        }
    }
    Ok(reaped)
}

pub(super) fn expire(db: &Connection, now: Timestamp) -> Result<()> {
    for Id { id } in Id::query(db, EXPIRE, [now])? {
        dependencies::cancel_waiting(db, id, now)?;
    }
    Ok(())
}
