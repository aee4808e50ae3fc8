//! Without arguments, a tour of the queue. With arguments, what the tour and the tests start as processes of their own:
//!
//! ```text
//! task_queue worker FILE NAME          works until nothing is queued or running
//! task_queue stall FILE NAME           takes a task, and is not heard of again
//! task_queue migrate FILE              applies what is pending, and reports it as JSON
//! task_queue status FILE               what the file has had of the migrations, as JSON
//! ```

#![expect(clippy::print_stdout, reason = "an example shows what it does")]

mod handlers;
mod tour;

use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use std::{env, thread};
use tablature::Connection;
use task_queue::{QUEUE, Queue, Worker, work};

type Result<T = (), E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

fn main() -> Result {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => tour::run()?,
        ["worker", file, name] => drop(work(
            &mut Queue::open(file)?,
            &worker(name),
            handlers::handle,
        )?),
        ["stall", file, name] => stall(&mut Queue::open(file)?, &worker(name))?,
        ["migrate", file] => {
            let report = QUEUE.migrate(&mut Connection::open(file)?)?;
            println!("{}", serde_json::to_string_pretty(&report)?);
        }
        ["status", file] => {
            let report = QUEUE.status(&Connection::open(file)?)?;
            println!("{}", serde_json::to_string_pretty(&report)?);
        }
        _ => return Err(
            "usage: task_queue [worker FILE NAME | stall FILE NAME | migrate FILE | status FILE]"
                .into(),
        ),
    }
    Ok(())
}

/// The lease is far longer than a pause between two checkpoints takes, also where sixteen processes share a core.
fn worker(name: &str) -> Worker {
    Worker {
        name: name.to_owned(),
        queue: "default".to_owned(),
        lease: SignedDuration::from_secs(2),
        pause: Duration::from_millis(20),
    }
}

/// Long enough to be killed; not for ever, should nobody do so.
fn stall(queue: &mut Queue, worker: &Worker) -> Result {
    while queue
        .claim(&worker.queue, &worker.name, worker.lease, Timestamp::now())?
        .is_none()
    {
        thread::sleep(worker.pause);
    }
    thread::sleep(Duration::from_secs(60));
    Ok(())
}
