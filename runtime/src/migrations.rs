//! Migrations: numbered SQL files, up and down, in the form that their runner reads.

mod runner;

pub use runner::{Runner, UnknownRunner};
