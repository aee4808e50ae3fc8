//! The dialect: everything that knows SQLite.

pub(crate) mod ddl;
pub(crate) mod ident;
pub(crate) mod inspect;
pub(crate) mod obstacle;
pub(crate) mod plan;
pub(crate) mod prove;
pub(crate) mod query_plan;
pub(crate) mod relations;
pub(crate) mod run;
pub(crate) mod scratch;
pub(crate) mod statements;
pub(crate) mod text;
pub mod verify;
pub(crate) mod witness;
pub(crate) mod writer;

/// A name in quotes, for statements that are written at run time.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
