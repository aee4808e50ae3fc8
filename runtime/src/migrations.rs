//! Migrations: numbered SQL files, up and down, in the form that their runner reads.
//!
//! [`schema!`](crate::schema!) embeds them; the command line reads and writes them.

mod checksum;
pub mod dump;
mod files;
mod histories;
pub(crate) mod layout;
pub(crate) mod recorded;
mod runner;
mod running;
mod squashed;

pub use crate::dialect::{ReplayError, State, StateOf, copy, replay, statements};
pub(crate) use checksum::fnv;
pub use checksum::{checksum, digest};
pub use files::{FilesError, Migration, file_names, next_version, read, stem};
pub use histories::without_histories;
pub use layout::Script;
pub use recorded::record;
pub use runner::{Runner, UnknownRunner};
pub use running::{adopt, apply, apply_with, baseline, losses, preflight, repair, states, undo};
pub use squashed::{squashed, squashes};
