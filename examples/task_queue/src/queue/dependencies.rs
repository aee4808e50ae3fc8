use super::{Id, Queue};
use crate::{Dependency, Error, Result, State, Task};
use jiff::Timestamp;
use tablature::{Connection, Insert, Row, Table};

/// Everything that a task needs, near and far. `UNION` keeps each once, so it ends.
const NEEDED: &str = "
    WITH RECURSIVE needed (id) AS (
        SELECT needs_id FROM dependencies WHERE task_id = ?1
        UNION
        SELECT needs_id FROM dependencies JOIN needed ON task_id = needed.id)
    SELECT id FROM needed";

/// Everything that waits for a task, near and far.
const CANCEL_WAITING: &str = "
    UPDATE tasks
    SET state = 'cancelled', version = version + 1, finished_at = ?2,
        last_error = 'task ' || ?1 || ', which it needs, will never be done'
    WHERE state = 'queued' AND id IN (
        WITH RECURSIVE waiting (id) AS (
            SELECT task_id FROM dependencies WHERE needs_id = ?1
            UNION
            SELECT task_id FROM dependencies JOIN waiting ON needs_id = waiting.id)
        SELECT id FROM waiting)
    RETURNING id";

const CANCEL: &str = "
    UPDATE tasks SET state = 'cancelled', version = version + 1, finished_at = ?2
    WHERE id = ?1 AND state = 'queued'
    RETURNING id";

const ASK_TO_STOP: &str = "
    UPDATE tasks SET cancel_requested = 1 WHERE id = ?1 AND state = 'running' RETURNING id";

impl Queue {
    /// Lets a task wait for another. What would wait for itself, near or far, is refused.
    pub fn depend(&mut self, task: i64, needs: i64) -> Result<()> {
        let db = self.write()?;
        add(&db, task, needs)?;
        Ok(db.commit()?)
    }

    /// The tasks that are to be done before this one can begin, near and far.
    pub fn blockers(&self, task: i64) -> Result<Vec<Task>> {
        let open = format!("WHERE state <> 'done' AND id IN ({NEEDED}) ORDER BY id");
        Ok(Task::query(&self.db, &open, [task])?)
    }

    /// Cancels a task, and with it all that wait for it. One that runs is asked to stop, which its worker learns at the
    /// next checkpoint. False if it is finished.
    pub fn cancel(&mut self, task: i64, now: Timestamp) -> Result<bool> {
        let db = self.write()?;
        let cancelled = Id::query_one(&db, CANCEL, (task, now))?.is_some();
        if cancelled {
            cancel_waiting(&db, task, now)?;
        }
        let asked = !cancelled && Id::query_one(&db, ASK_TO_STOP, [task])?.is_some();
        db.commit()?;
        Ok(cancelled || asked)
    }
}

/// Looks and writes in the caller's transaction, so that nobody can close the circle from its other side meanwhile.
pub(super) fn add(db: &Connection, task: i64, needs: i64) -> Result<()> {
    let closes = Id::query(db, NEEDED, [needs])?
        .iter()
        .any(|it| it.id == task);
    if closes || task == needs {
        return Err(Error::Cycle { task, needs });
    }
    let needed = Task::get(db, needs)?;
    if needed.is_some_and(|it| matches!(it.state, State::Failed | State::Cancelled)) {
        return Err(Error::Hopeless { task, needs });
    }
    let dependency = Dependency {
        task_id: task,
        needs_id: needs,
    };
    dependency.insert_or_ignore(db)?;
    Ok(())
}

/// What waits for a task that will never be done will never begin.
pub(super) fn cancel_waiting(db: &Connection, task: i64, now: Timestamp) -> Result<()> {
    Id::query(db, CANCEL_WAITING, (task, now))?;
    Ok(())
}
