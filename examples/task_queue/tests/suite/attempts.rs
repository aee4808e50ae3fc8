//! Leases, checkpoints, retries.

use super::{LEASE, claim, drain, get, queue, soon, task};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tablature::Table;
use task_queue::{Error, NewTask, Outcome, Queue, Run, State};

fn runs(queue: &Queue, task: i64) -> Vec<(u32, Outcome)> {
    let runs = Run::query(queue.db(), "WHERE task_id = ?1 ORDER BY attempt", [task]).unwrap();
    runs.into_iter()
        .map(|it| (it.attempt, it.outcome))
        .collect()
}

#[test]
fn a_lost_worker_cannot_end_what_another_has() {
    let (mut queue, now) = (queue(), soon());
    let id = queue.enqueue(&task("mail"), &[]).unwrap();
    let mut lost = claim(&mut queue, now).unwrap();
    assert!(claim(&mut queue, now + LEASE - SignedDuration::from_nanos(1)).is_none());
    let later = now + LEASE;
    let current = claim(&mut queue, later).unwrap();
    assert_eq!((current.id, current.attempt), (id, 2));
    assert!(matches!(
        queue.complete(&lost, &json!(1), later),
        Err(Error::Lost { .. })
    ));
    assert!(matches!(
        queue.fail(&lost, "late", later),
        Err(Error::Lost { .. })
    ));
    assert!(matches!(
        queue.checkpoint(&mut lost, 50, &json!(1), LEASE, later),
        Err(Error::Lost { .. })
    ));
    assert_eq!(
        runs(&queue, id),
        [(1, Outcome::Lost), (2, Outcome::Running)]
    );
    queue.complete(&current, &json!(2), later).unwrap();
    assert_eq!(get(&queue, id).result, Some(json!(2)));
    assert!(matches!(
        queue.complete(&current, &json!(3), later),
        Err(Error::Lost { .. })
    ));
    assert_eq!(runs(&queue, id), [(1, Outcome::Lost), (2, Outcome::Done)]);
}

#[test]
fn a_checkpoint_prolongs_the_lease_and_outlives_the_worker() {
    let (mut queue, now) = (queue(), soon());
    let id = queue.enqueue(&task("import"), &[]).unwrap();
    let mut long = claim(&mut queue, now).unwrap();
    let half = now + LEASE - SignedDuration::from_secs(1);
    let kept = json!({ "line": 500, "text": "half" });
    queue.checkpoint(&mut long, 50, &kept, LEASE, half).unwrap();
    assert_eq!(queue.reap(now + LEASE).unwrap(), []);
    let next = claim(&mut queue, half + LEASE).unwrap();
    assert_eq!((next.id, next.checkpoint), (id, Some(kept)));
    assert_eq!(get(&queue, id).progress, 50);
}

#[test]
fn the_pause_doubles_until_the_attempts_are_used_up() {
    let (mut queue, mut now) = (queue(), soon());
    let new = NewTask {
        max_attempts: Some(4),
        backoff_ms: Some(250),
        ..task("call")
    };
    let id = queue.enqueue(&new, &[]).unwrap();
    let waits = queue.enqueue(&task("answer"), &[id]).unwrap();
    for pause in [250, 500, 1000] {
        let attempt = claim(&mut queue, now).unwrap();
        assert_eq!(queue.fail(&attempt, "busy", now).unwrap(), State::Queued);
        assert_eq!(
            get(&queue, id).ready_at,
            now + SignedDuration::from_millis(pause)
        );
        assert!(claim(&mut queue, now + SignedDuration::from_millis(pause - 1)).is_none());
        now += SignedDuration::from_millis(pause);
    }
    let last = claim(&mut queue, now).unwrap();
    assert_eq!(queue.fail(&last, "gone", now).unwrap(), State::Failed);
    assert_eq!(get(&queue, id).last_error.as_deref(), Some("gone"));
    assert_eq!(get(&queue, waits).state, State::Cancelled);
    assert_eq!(
        runs(&queue, id),
        [1, 2, 3, 4].map(|it| (it, Outcome::Failed))
    );
}

#[test]
fn no_pause_is_longer_than_an_hour() {
    let (mut queue, mut now) = (queue(), soon());
    let new = NewTask {
        max_attempts: Some(u32::MAX),
        backoff_ms: Some(u32::MAX),
        ..task("call")
    };
    let id = queue.enqueue(&new, &[]).unwrap();
    for _ in 0..80 {
        let attempt = claim(&mut queue, now).unwrap();
        queue.fail(&attempt, "busy", now).unwrap();
        now += SignedDuration::from_hours(1);
        assert_eq!(get(&queue, id).ready_at, now);
    }
}

#[test]
fn a_worker_that_is_lost_at_the_last_attempt_leaves_a_failed_task() {
    let (mut queue, now) = (queue(), soon());
    let id = queue
        .enqueue(
            &NewTask {
                max_attempts: Some(1),
                ..task("crash")
            },
            &[],
        )
        .unwrap();
    let waits = queue.enqueue(&task("after"), &[id]).unwrap();
    claim(&mut queue, now).unwrap();
    assert_eq!(queue.reap(now + LEASE).unwrap()[0].state, State::Failed);
    assert_eq!(get(&queue, id).finished_at, Some(now + LEASE));
    assert_eq!(get(&queue, waits).state, State::Cancelled);
}

#[test]
fn what_runs_is_asked_to_stop_and_what_waits_is_cancelled() {
    let (mut queue, now) = (queue(), soon());
    let runs = queue.enqueue(&task("runs"), &[]).unwrap();
    let waits = queue.enqueue(&task("waits"), &[runs]).unwrap();
    let mut job = claim(&mut queue, now).unwrap();
    assert!(queue.cancel(runs, now).unwrap());
    queue
        .checkpoint(&mut job, 1, &Value::Null, LEASE, now)
        .unwrap();
    assert!(job.cancel_requested);
    queue.give_up(&job, now).unwrap();
    assert_eq!(get(&queue, runs).state, State::Cancelled);
    assert_eq!(get(&queue, waits).state, State::Cancelled);
    assert!(!queue.cancel(runs, now).unwrap());
}

#[test]
fn what_was_done_long_ago_is_pruned_with_its_runs() {
    let (mut queue, now) = (queue(), soon());
    let old = queue.enqueue(&task("old"), &[]).unwrap();
    let new = queue.enqueue(&task("new"), &[old]).unwrap();
    drain(&mut queue, now - SignedDuration::from_hours(1));
    assert_eq!(
        queue.prune(now).unwrap(),
        0,
        "nothing was ready an hour ago"
    );
    let first = claim(&mut queue, now).unwrap();
    queue.complete(&first, &Value::Null, now).unwrap();
    assert_eq!(queue.prune(now + SignedDuration::from_secs(1)).unwrap(), 1);
    assert_eq!(runs(&queue, old), []);
    // What it was needed for does not wait for something that is gone.
    assert_eq!(claim(&mut queue, now).unwrap().id, new);
}
