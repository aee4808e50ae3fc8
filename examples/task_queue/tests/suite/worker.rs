//! The loop of a worker, and what a handler sees.

use super::{Folder, get, soon, task};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::time::Duration;
use task_queue::{NewTask, Queue, State, Stop, Worker, work};

fn worker() -> Worker {
    Worker {
        name: "tester".into(),
        queue: "default".into(),
        lease: SignedDuration::from_mins(1),
        pause: Duration::from_millis(1),
    }
}

/// Two processes, as far as SQLite sees.
fn two(folder: &Folder) -> (Queue, Queue) {
    let file = folder.0.join("queue.db");
    (Queue::open(&file).unwrap(), Queue::open(&file).unwrap())
}

#[test]
fn a_handler_learns_at_its_checkpoint_that_it_shall_stop() {
    let folder = Folder::new("stop");
    let (mut queue, mut other) = two(&folder);
    let id = queue.enqueue(&task("long"), &[]).unwrap();
    let ended = work(&mut queue, &worker(), |job| {
        job.checkpoint(10, &json!(1))?;
        other.cancel(job.claim().id, soon())?;
        job.checkpoint(20, &json!(2))?;
        unreachable!("it was told")
    });
    assert_eq!(ended.unwrap(), 1);
    let task = get(&queue, id);
    assert_eq!((task.state, task.progress), (State::Cancelled, 20));
}

#[test]
fn what_another_worker_has_taken_over_is_left_to_it() {
    let folder = Folder::new("lost");
    let (mut queue, mut other) = two(&folder);
    let id = queue.enqueue(&task("slow"), &[]).unwrap();
    let ended = work(&mut queue, &worker(), |_| {
        let late = soon() + SignedDuration::from_hours(1);
        let lease = SignedDuration::from_mins(1);
        let claim = other.claim("default", "other", lease, late)?;
        other.complete(
            &claim.ok_or_else(|| Stop::Failed("it is not free".into()))?,
            &json!("other"),
            late,
        )?;
        Ok(json!("tester"))
    });
    assert_eq!(ended.unwrap(), 0);
    assert_eq!(get(&queue, id).result, Some(json!("other")));
}

#[test]
fn what_fails_is_tried_again_by_the_same_loop() {
    let folder = Folder::new("again");
    let (mut queue, _) = two(&folder);
    let new = NewTask {
        backoff_ms: Some(1),
        max_attempts: Some(3),
        ..task("call")
    };
    let id = queue.enqueue(&new, &[]).unwrap();
    let ended = work(&mut queue, &worker(), |job| match job.claim().attempt {
        3 => Ok(Value::Bool(true)),
        attempt => Err(Stop::Failed(format!("{attempt}"))),
    });
    assert_eq!(ended.unwrap(), 3);
    let task = get(&queue, id);
    assert_eq!(
        (task.state, task.last_error.as_deref()),
        (State::Done, Some("2"))
    );
}
