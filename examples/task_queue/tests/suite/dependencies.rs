//! Tasks that wait for others.

use super::{claim, drain, get, queue, soon, task};
use tablature::{Error as Database, Table, WriteError};
use task_queue::{Dependency, Error, State};

#[test]
fn a_task_is_ready_when_all_that_it_needs_are_done() {
    let (mut queue, now) = (queue(), soon());
    let flour = queue.enqueue(&task("flour"), &[]).unwrap();
    let yeast = queue.enqueue(&task("yeast"), &[]).unwrap();
    let dough = queue.enqueue(&task("dough"), &[flour, yeast]).unwrap();
    let bread = queue.enqueue(&task("bread"), &[dough]).unwrap();
    let kinds = |queue: &_| -> Vec<String> {
        let blockers = task_queue::Queue::blockers(queue, bread).unwrap();
        blockers.into_iter().map(|it| it.kind).collect()
    };
    assert_eq!(kinds(&queue), ["flour", "yeast", "dough"]);
    let first = claim(&mut queue, now).unwrap();
    let second = claim(&mut queue, now).unwrap();
    assert!(claim(&mut queue, now).is_none());
    queue.complete(&first, &().into(), now).unwrap();
    assert!(claim(&mut queue, now).is_none());
    queue.complete(&second, &().into(), now).unwrap();
    assert_eq!(kinds(&queue), ["dough"]);
    assert_eq!(drain(&mut queue, now), ["dough", "bread"]);
}

#[test]
fn a_circle_is_refused_however_long() {
    let mut queue = queue();
    let ids: Vec<i64> = (0..500)
        .map(|_| queue.enqueue(&task("link"), &[]).unwrap())
        .collect();
    for pair in ids.windows(2) {
        queue.depend(pair[1], pair[0]).unwrap();
    }
    let (first, last) = (ids[0], ids[499]);
    for (task, needs) in [
        (first, last),
        (first, ids[1]),
        (first, first),
        (ids[250], ids[251]),
    ] {
        let refused = queue.depend(task, needs);
        assert!(
            matches!(refused, Err(Error::Cycle { .. })),
            "{task} {needs}: {refused:?}"
        );
    }
    assert_eq!(Dependency::count(queue.db()).unwrap(), 499);
    // There is more than one way from one to the other, and each task is met once.
    for pair in ids.windows(3) {
        queue.depend(pair[2], pair[0]).unwrap();
    }
    assert_eq!(queue.blockers(last).unwrap().len(), 499);
}

#[test]
fn all_that_wait_are_cancelled_and_no_others() {
    let (mut queue, now) = (queue(), soon());
    let root = queue.enqueue(&task("root"), &[]).unwrap();
    let near = queue.enqueue(&task("near"), &[root]).unwrap();
    let far = queue.enqueue(&task("far"), &[near]).unwrap();
    let other = queue.enqueue(&task("other"), &[]).unwrap();
    assert!(queue.cancel(root, now).unwrap());
    let states = [root, near, far, other].map(|id| get(&queue, id).state);
    assert_eq!(
        states,
        [
            State::Cancelled,
            State::Cancelled,
            State::Cancelled,
            State::Queued
        ]
    );
    assert_eq!(
        get(&queue, far).last_error.unwrap(),
        format!("task {root}, which it needs, will never be done")
    );
}

#[test]
fn nothing_waits_for_what_will_never_be_done() {
    let (mut queue, now) = (queue(), soon());
    let gone = queue.enqueue(&task("gone"), &[]).unwrap();
    queue.cancel(gone, now).unwrap();
    let refused = queue.enqueue(&task("late"), &[gone]);
    assert!(matches!(refused, Err(Error::Hopeless { .. })));
    let refused = queue.enqueue(&task("late"), &[99]);
    assert!(matches!(
        refused,
        Err(Error::Database(Database::Write(
            WriteError::ForeignKey { .. }
        )))
    ));
    // What was refused left nothing behind.
    assert_eq!(task_queue::Task::count(queue.db()).unwrap(), 1);
}
