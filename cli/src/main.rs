//! `cargo tablature`: migrations from structs, and what there is to know about them.

mod arguments;
mod diff;
mod failure;
mod source;

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments::Cargo::Tablature(arguments) = arguments::Cargo::parse();
    let done = match &arguments.command {
        arguments::Command::Diff(command) => diff::run(command),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
