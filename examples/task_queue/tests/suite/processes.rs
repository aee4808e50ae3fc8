//! Sixteen processes on one file, of which some do not live to the end.

use super::{Folder, task};
use serde_json::json;
use std::ops::Range;
use std::path::Path;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};
use tablature::migrations::StateOf;
use tablature::{Row, Table};
use task_queue::{NewTask, Outcome, QUEUE, Queue, Run, State, Task};

const PROCESSES: usize = 16;

/// Processes that end with the test, however it ends.
struct Processes(Vec<Child>);

impl Processes {
    fn spawn(role: &str, file: &Path, numbers: Range<usize>) -> Self {
        let spawn = |number| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_task_queue"));
            command.arg(role).arg(file).arg(format!("{role} {number}"));
            command.spawn().unwrap()
        };
        Self(numbers.map(spawn).collect())
    }

    fn kill(&mut self, count: usize) {
        for mut child in self.0.drain(..count) {
            child.kill().unwrap();
            child.wait().unwrap();
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// All end well, and soon.
    fn wait(mut self) {
        let started = Instant::now();
        while let Some(child) = self.0.last_mut() {
            match child.try_wait().unwrap() {
                Some(status) => {
                    assert!(status.success(), "{status}");
                    self.0.pop();
                }
                None => {
                    assert!(
                        started.elapsed() < Duration::from_secs(60),
                        "there is work, and nobody does it"
                    );
                    thread::sleep(Duration::from_millis(5));
                }
            }
        }
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

#[derive(Row, Debug, PartialEq)]
struct Counted {
    count: i64,
}

/// How many there are of what must not be.
fn count(queue: &Queue, of: &str) -> i64 {
    let sql = format!("SELECT count(*) AS count {of}");
    Counted::query_one(queue.db(), &sql, ())
        .unwrap()
        .unwrap()
        .count
}

#[test]
fn all_may_open_a_new_file_at_once() {
    let folder = Folder::new("open");
    let file = folder.0.join("queue.db");
    Processes::spawn("worker", &file, 0..PROCESSES).wait();
    let queue = Queue::open(&file).unwrap();
    let report = QUEUE.status(queue.db()).unwrap();
    assert_eq!(report.len(), 15);
    assert!(report.iter().all(|it| it.is == StateOf::Applied));
}

#[test]
fn each_task_is_done_once_also_when_workers_are_killed() {
    let folder = Folder::new("killed");
    let file = folder.0.join("queue.db");
    let mut queue = Queue::open(&file).unwrap();
    let mut ids = Vec::new();
    for number in 0..300_usize {
        let (kind, payload) = match number % 3 {
            0 => ("flaky", json!({ "succeeds_at": 2 })),
            _ => ("sum", json!({ "upto": number })),
        };
        let new = NewTask {
            payload,
            backoff_ms: Some(10),
            max_attempts: Some(99),
            ..task(kind)
        };
        // Every tenth waits for two that may be anywhere.
        let needs = if number % 10 == 9 {
            vec![ids[number / 2], ids[number - 1]]
        } else {
            vec![]
        };
        ids.push(queue.enqueue(&new, &needs).unwrap());
    }

    let mut silent = Processes::spawn("stall", &file, 0..2);
    let started = Instant::now();
    while count(&queue, "FROM tasks WHERE state = 'running'") < 2 {
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "nobody takes a task"
        );
        thread::sleep(Duration::from_millis(2));
    }
    let mut workers = Processes::spawn("worker", &file, 2..PROCESSES);
    silent.kill(2);
    workers.kill(4);
    workers.wait();

    for task in Task::all(queue.db()).unwrap() {
        assert_eq!(
            (task.state, task.worker),
            (State::Done, None),
            "task {}",
            task.id
        );
        let upto = task.payload["upto"].as_u64().unwrap_or_default();
        match task.kind.as_str() {
            "sum" => assert_eq!(task.result, Some(json!({ "sum": upto * (upto + 1) / 2 }))),
            _ => assert!(task.attempt >= 2, "task {}", task.id),
        }
    }
    assert_eq!(Task::count(queue.db()).unwrap(), 300);
    let done = "FROM tasks WHERE (SELECT count(*) FROM runs WHERE task_id = tasks.id AND outcome = 'done') <> 1";
    assert_eq!(count(&queue, done), 0);
    let lost = Run::query(queue.db(), "WHERE worker LIKE 'stall%'", ()).unwrap();
    assert_eq!(
        lost.iter().map(|it| it.outcome).collect::<Vec<_>>(),
        [Outcome::Lost; 2]
    );
    let unlogged =
        "FROM tasks WHERE attempt <> (SELECT count(*) FROM runs WHERE task_id = tasks.id)";
    assert_eq!(count(&queue, unlogged), 0);
    let two_at_once =
        "FROM runs AS a JOIN runs AS b ON b.task_id = a.task_id AND b.attempt > a.attempt
        WHERE a.ended_at IS NULL OR b.started_at < a.ended_at";
    assert_eq!(count(&queue, two_at_once), 0);
    let too_early = "FROM dependencies JOIN runs AS waiting USING (task_id)
        JOIN runs AS needed ON needed.task_id = needs_id AND needed.outcome = 'done' WHERE waiting.id < needed.id";
    assert_eq!(count(&queue, too_early), 0);
}

#[test]
fn the_work_is_shared() {
    let folder = Folder::new("shared");
    let file = folder.0.join("queue.db");
    let mut on_file = Queue::open(&file).unwrap();
    for upto in 0..400 {
        on_file
            .enqueue(
                &NewTask {
                    payload: json!({ "upto": upto }),
                    ..task("sum")
                },
                &[],
            )
            .unwrap();
    }
    Processes::spawn("worker", &file, 0..PROCESSES).wait();
    assert!(count(&on_file, "FROM (SELECT DISTINCT worker FROM runs)") > 1);
    assert_eq!(count(&on_file, "FROM runs WHERE outcome = 'done'"), 400);
}
