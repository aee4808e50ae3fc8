//! Structs from a database: what is there is said in Rust, proved to be the same, and what cannot be said stays SQL.

mod build;
mod column;
mod declared;
mod first;
mod foreign_key;
mod model;
mod name;
mod order;
mod prove;
mod read;
mod report;
mod rows;
mod style;
mod write;

use crate::arguments::Pull;
use crate::failure::Failure;
use crate::terminal::print;

/// Reads, builds, proves; and then writes.
pub(crate) fn run(command: &Pull) -> Result<(), Failure> {
    let place = first::Place::find(command)?;
    let read = read::source(command)?;
    let pulled = prove::pull(&read.schema, &read.held)?;
    let text = write::file(
        &pulled.structs,
        &report::head(command, &read),
        &place.words(),
    );
    let Some(out) = &command.out else {
        report::tell(command, &read, &pulled, &[], &place, &text)?;
        return if command.json { Ok(()) } else { print(&text) };
    };
    if command.baseline {
        place.can_mark(command)?;
    }
    place.agrees(command, &read)?;
    let written = place.write(command, out, &text, &read, &pulled)?;
    if command.baseline {
        place.mark(command)?;
    }
    report::tell(command, &read, &pulled, &written, &place, &text)
}
