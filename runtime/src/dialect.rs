//! The verbs of the dialect in use, by which the rooms without one call it. The day a second one moves in, they become a
//! trait.

pub use crate::sqlite::plan::{archives_of, down, plan, proved_keeping, renamed};
pub use crate::sqlite::prove::{Proof, ProofError, Proved, prove, prove_scripts, proved};
pub use crate::sqlite::run::{ReplayError, State, StateOf, copy, replay};
pub use crate::sqlite::scratch::empty as scratch;

pub use crate::sql::statements::statements;
pub(crate) use crate::sqlite::ddl::text as ddl;
pub(crate) use crate::sqlite::run::{
    Work, adopt, baseline, losses_of as losses, migrate, preflight_of as preflight, repair, states,
    undo,
};
