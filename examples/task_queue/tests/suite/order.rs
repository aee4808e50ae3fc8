//! Which task comes next.

use super::{LEASE, claim, drain, get, queue, soon, task};
use jiff::SignedDuration;
use task_queue::{NewTask, State};

/// Each with its priority and when it is ready, in seconds from now; the order in which they come.
fn check(tasks: &[(&str, i32, i64)], after: i64, expect: &[&str]) {
    let (mut queue, now) = (queue(), soon());
    for &(kind, priority, ready) in tasks {
        let ready_at = Some(now + SignedDuration::from_secs(ready));
        let task = NewTask {
            priority,
            ready_at,
            ..task(kind)
        };
        queue.enqueue(&task, &[]).unwrap();
    }
    assert_eq!(
        drain(&mut queue, now + SignedDuration::from_secs(after)),
        expect
    );
}

#[test]
fn the_larger_priority_first_then_the_older_then_the_smaller_number() {
    check(
        &[
            ("low", -1, 0),
            ("b", 0, -5),
            ("c", 0, -5),
            ("a", 0, -9),
            ("high", i32::MAX, 0),
            ("lowest", i32::MIN, -99),
        ],
        0,
        &["high", "a", "b", "c", "low", "lowest"],
    );
}

#[test]
fn not_before_its_time() {
    check(&[("later", 9, 60), ("now", 0, 0)], 59, &["now"]);
    check(&[("later", 9, 60), ("now", 0, 0)], 60, &["later", "now"]);
}

#[test]
fn a_worker_takes_from_its_own_queue() {
    let (mut queue, now) = (queue(), soon());
    let task = NewTask {
        queue: Some("mail"),
        ..task("mail")
    };
    queue.enqueue(&task, &[]).unwrap();
    assert!(claim(&mut queue, now).is_none());
    assert!(queue.claim("mail", "tester", LEASE, now).unwrap().is_some());
}

#[test]
fn of_one_lane_one_runs_at_a_time() {
    let (mut queue, now) = (queue(), soon());
    for kind in ["big 1", "big 2", "big 3"] {
        let task = NewTask {
            lane: Some("big"),
            priority: 9,
            ..task(kind)
        };
        queue.enqueue(&task, &[]).unwrap();
    }
    let small = NewTask {
        lane: Some("small"),
        ..task("small")
    };
    queue.enqueue(&small, &[]).unwrap();
    let first = claim(&mut queue, now).unwrap();
    // The customer with three urgent tasks does not hold the second worker too.
    assert_eq!(claim(&mut queue, now).unwrap().kind, "small");
    assert!(claim(&mut queue, now).is_none());
    queue
        .complete(&first, &serde_json::Value::Null, now)
        .unwrap();
    assert_eq!(claim(&mut queue, now).unwrap().kind, "big 2");
}

#[test]
fn what_waits_long_enough_overtakes_a_stream_of_the_more_urgent() {
    let (mut queue, mut now) = (queue(), soon());
    let patience = SignedDuration::from_secs(60);
    let humble = queue.enqueue(&task("humble"), &[]).unwrap();
    for minute in 0.. {
        assert!(minute < 5, "it starves");
        let ready_at = Some(now);
        let urgent = NewTask {
            priority: 3,
            ready_at,
            ..task("urgent")
        };
        queue.enqueue(&urgent, &[]).unwrap();
        let claim = claim(&mut queue, now).unwrap();
        queue
            .complete(&claim, &serde_json::Value::Null, now)
            .unwrap();
        if claim.id == humble {
            assert_eq!(minute, 3);
            break;
        }
        now += patience;
        queue.age(patience, now).unwrap();
    }
}

#[test]
fn after_the_deadline_it_is_not_begun() {
    let (mut queue, now) = (queue(), soon());
    let deadline = Some(now + SignedDuration::from_secs(10));
    let late = queue
        .enqueue(
            &NewTask {
                deadline,
                ..task("late")
            },
            &[],
        )
        .unwrap();
    let waiting = queue.enqueue(&task("waiting"), &[late]).unwrap();
    assert_eq!(
        drain(&mut queue, now + SignedDuration::from_secs(10)),
        [""; 0]
    );
    assert_eq!(get(&queue, late).state, State::Cancelled);
    assert_eq!(
        get(&queue, late).last_error.as_deref(),
        Some("the deadline has passed")
    );
    assert_eq!(get(&queue, waiting).state, State::Cancelled);
}

#[test]
fn the_same_key_is_enqueued_once() {
    let mut queue = queue();
    let task = NewTask {
        dedup_key: Some("invoice 7"),
        ..task("mail")
    };
    let first = queue.enqueue(&task, &[]).unwrap();
    assert_eq!(queue.enqueue(&task, &[]).unwrap(), first);
    assert_eq!(drain(&mut queue, soon()), ["mail"]);
    assert_eq!(queue.enqueue(&task, &[]).unwrap(), first);
    assert_eq!(drain(&mut queue, soon()), [""; 0]);
}
