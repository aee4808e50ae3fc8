mod claim;
mod dependencies;
mod end;
mod upkeep;

use crate::{NewTask, QUEUE, Result, Task};
use std::path::Path;
use tablature::rusqlite::{Transaction, TransactionBehavior};
use tablature::{Connection, Insert, Row, Table};

pub use claim::{CLAIM, Claim};
pub use upkeep::{EXPIRE, REAP, Reaped};

/// A queue in a database file. Every process has its own.
#[derive(Debug)]
pub struct Queue {
    db: Connection,
}

/// What `RETURNING id` returns.
#[derive(Row)]
struct Id {
    id: i64,
}

impl Queue {
    /// Opens the file, or makes it, and applies the migrations that it has not had.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Ok(Self::over(QUEUE.open(path)?))
    }

    /// A queue on a connection of yours, whose database has the tables.
    pub fn over(db: Connection) -> Self {
        Self { db }
    }

    /// The connection, for what is not the queue's business: `Task::get(queue.db(), id)`.
    pub fn db(&self) -> &Connection {
        &self.db
    }

    /// Puts a task into the queue, behind those that it needs. One whose `dedup_key` is known is not put in again: the
    /// key of the one that is there is returned, and it needs what it needed.
    pub fn enqueue(&mut self, task: &NewTask<'_>, needs: &[i64]) -> Result<i64> {
        let db = self.write()?;
        let Some(id) = task.insert_or_ignore(&db)? else {
            let known = "WHERE dedup_key = ?1";
            let known: Option<Task> = Task::query_one(&db, known, [task.dedup_key])?;
            return Ok(known
                .ok_or(tablature::rusqlite::Error::QueryReturnedNoRows)?
                .id);
        };
        for &needs in needs {
            dependencies::add(&db, id, needs)?;
        }
        db.commit()?;
        Ok(id)
    }

    /// The tasks that have a tag, the newest first.
    pub fn tagged(&self, tag: &str) -> Result<Vec<Task>> {
        let tagged =
            "WHERE EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?1) ORDER BY id DESC";
        Ok(Task::query(&self.db, tagged, [tag])?)
    }

    /// Whether nothing is queued or running.
    pub fn is_idle(&self, queue: &str) -> Result<bool> {
        let open = "WHERE queue = ?1 AND state IN ('queued', 'running') LIMIT 1";
        Ok(OpenTask::query_one(&self.db, open, [queue])?.is_none())
    }

    /// A transaction that has the right to write from its start: it waits for its turn, and is not told half-way that
    /// somebody else was first.
    fn write(&mut self) -> Result<Transaction<'_>> {
        Ok(self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}

/// Of a task that is not finished, no more than that there is one.
#[derive(Row)]
#[row(of = Task)]
struct OpenTask {
    #[expect(dead_code, reason = "a projection has a column")]
    id: i64,
}
