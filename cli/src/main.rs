//! `cargo tablature`: migrations from structs, and what there is to know about them.

mod arguments;
mod failure;
mod terminal;

// The commands.
mod check;
mod database;
mod diff;
mod explain;
mod generate;
mod hazards;
mod init;
mod pull;
mod purge;
mod rehearse;
mod show;
mod squash;

// What they share.
mod answer;
mod calls;
mod history;
mod losses;
mod next;
mod original;
mod project;
mod report;
mod snippet;
mod source;
mod statements;
mod told;

use arguments::{Cargo, Command};
use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Cargo::Tablature(arguments) = Cargo::parse();
    let done = match &arguments.command {
        Command::Init(command) => init::run(command),
        Command::Generate(command) => generate::run(command),
        Command::Check(command) => check::run(command),
        Command::Explain(command) => explain::run(command),
        Command::Status(command) => database::status(command),
        Command::Up(command) => database::up(command),
        Command::Down(command) => database::down(command),
        Command::Redo(command) => database::redo(command),
        Command::Rehearse(command) => rehearse::run(command),
        Command::Diff(command) => diff::run(command),
        Command::Show(command) => show::run(command),
        Command::Squash(command) => squash::run(command),
        Command::Purge(command) => purge::run(command),
        Command::Pull(command) => pull::run(command),
        Command::Baseline(command) => database::baseline(command),
        Command::Adopt(command) => database::adopt(command),
        Command::Repair(command) => database::repair(command),
        Command::Hazards => hazards::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
