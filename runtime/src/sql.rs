//! SQL as text: one lexer, and what is asked of it.

pub(crate) mod insert;
pub(crate) mod lexer;
pub(crate) mod parameters;
pub(crate) mod statements;
pub(crate) mod tokens;
