//! How fast the rows go in and out, side by side: the raw C API, rusqlite by hand in three ways, and Tablature in two.
//!
//! `cargo bench` prints a table, `cargo bench -- --json` the same for machines. All candidates do the same work on
//! databases with the same settings, in one process, in rounds whose order changes. What counts is the ratio to the raw
//! C API: it is taken within each round, so that a slower minute of the machine falls on both sides.

mod arguments;
mod candidates;
mod clock;
mod database;
mod measure;
mod report;
mod rows;
mod work;

use std::error::Error;
use std::process::ExitCode;

type Result<T = (), E = Box<dyn Error>> = std::result::Result<T, E>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::fail(&*error);
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result {
    let arguments = arguments::Arguments::read()?;
    let comparisons = work::run(&arguments)?;
    report::print(&comparisons, &arguments);
    Ok(())
}
