//! A durable task queue for many processes, on one SQLite file.
//!
//! [`Task`] is the table, and [`Queue`] is what is done with it: [`enqueue`](Queue::enqueue), [`claim`](Queue::claim),
//! [`checkpoint`](Queue::checkpoint), [`complete`](Queue::complete), [`fail`](Queue::fail). [`work`] is a worker.
//!
//! Who writes a task names the version that was read, so of two who believe that they have it, one is told
//! [`Error::Lost`]. What happens to a task and what the log says of it are one transaction.

mod error;
mod queue;
mod task;
mod worker;

pub use error::{Error, Result};
pub use queue::{Claim, Queue, Reaped};
pub use task::{Dependency, NewTask, Outcome, QUEUE, Run, State, Task};
pub use worker::{Job, Stop, Worker, work};

/// The statements whose plans the tests look at.
#[doc(hidden)]
pub mod statements {
    pub use crate::queue::{CLAIM, EXPIRE, REAP};
}
