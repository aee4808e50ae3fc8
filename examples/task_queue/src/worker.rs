use crate::{Claim, Error, Queue, Result};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::thread;
use std::time::Duration;

/// Who works, and how.
#[derive(Clone, Debug)]
pub struct Worker {
    /// Its name in the log.
    pub name: String,
    /// Which queue it takes from.
    pub queue: String,
    /// How long a task is its own without a word from it.
    pub lease: SignedDuration,
    /// How long it waits when there is nothing to do.
    pub pause: Duration,
}

/// Why a handler ends without a result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Stop {
    /// The attempt has failed; another one may succeed.
    #[error("{0}")]
    Failed(String),
    /// It was asked to.
    #[error("cancelled")]
    Cancelled,
    /// The queue refuses: mostly, since the task is no longer this worker's.
    #[error(transparent)]
    Queue(#[from] Error),
}

/// A task while it is worked on.
#[derive(Debug)]
pub struct Job<'q> {
    queue: &'q mut Queue,
    claim: Claim,
    lease: SignedDuration,
}

impl Job<'_> {
    /// The task.
    pub fn claim(&self) -> &Claim {
        &self.claim
    }

    /// Keeps how far it is, for the next attempt if this one is lost. An error is a reason to end at once.
    pub fn checkpoint(&mut self, progress: u8, checkpoint: &Value) -> Result<(), Stop> {
        let now = Timestamp::now();
        self.queue
            .checkpoint(&mut self.claim, progress, checkpoint, self.lease, now)?;
        if self.claim.cancel_requested {
            return Err(Stop::Cancelled);
        }
        Ok(())
    }
}

/// Works until nothing is queued or running, and returns how many attempts it has ended.
pub fn work(
    queue: &mut Queue,
    worker: &Worker,
    mut handle: impl FnMut(&mut Job<'_>) -> Result<Value, Stop>,
) -> Result<usize> {
    let mut ended = 0;
    loop {
        let claim = queue.claim(&worker.queue, &worker.name, worker.lease, Timestamp::now())?;
        let Some(claim) = claim else {
            if queue.is_idle(&worker.queue)? {
                return Ok(ended);
            }
            thread::sleep(worker.pause);
            continue;
        };
        let mut job = Job {
            queue,
            claim,
            lease: worker.lease,
        };
        let answer = handle(&mut job);
        let claim = job.claim;
        let now = Timestamp::now();
        let end = match answer {
            Ok(result) => queue.complete(&claim, &result, now),
            Err(Stop::Failed(error)) => queue.fail(&claim, &error, now).map(drop),
            Err(Stop::Cancelled) => queue.give_up(&claim, now),
            Err(Stop::Queue(error)) => Err(error),
        };
        match end {
            // Another worker has it, and its result will count.
            Err(Error::Lost { .. }) => {}
            end => {
                end?;
                ended += 1;
            }
        }
    }
}
