//! What a queue must never do wrong.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

mod attempts;
mod dependencies;
mod hostile;
mod order;
mod processes;
mod readme;
mod reports;
mod statements;
mod upgrade;
mod worker;

use jiff::{SignedDuration, Timestamp};
use std::path::PathBuf;
use std::{fs, process};
use tablature::Table;
use task_queue::{Claim, NewTask, QUEUE, Queue, Task};

const LEASE: SignedDuration = SignedDuration::from_secs(30);

fn queue() -> Queue {
    Queue::over(QUEUE.open_in_memory().unwrap())
}

fn task(kind: &str) -> NewTask<'_> {
    NewTask {
        kind,
        ..NewTask::default()
    }
}

fn claim(queue: &mut Queue, now: Timestamp) -> Option<Claim> {
    queue.claim("default", "tester", LEASE, now).unwrap()
}

/// Later than all that the database takes for the present moment while a test runs.
fn soon() -> Timestamp {
    Timestamp::now() + SignedDuration::from_mins(1)
}

fn get(queue: &Queue, id: i64) -> Task {
    Task::get(queue.db(), id).unwrap().unwrap()
}

/// The kinds of the tasks, as workers get them.
fn drain(queue: &mut Queue, now: Timestamp) -> Vec<String> {
    let mut kinds = Vec::new();
    while let Some(claim) = claim(queue, now) {
        queue
            .complete(&claim, &serde_json::Value::Null, now)
            .unwrap();
        kinds.push(claim.kind);
    }
    kinds
}

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("task_queue-{name}-{}", process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
