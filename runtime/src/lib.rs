#![cfg_attr(all(feature = "jiff", feature = "serde_json"), doc = include_str!("../README.md"))]
#![cfg_attr(
    not(all(feature = "jiff", feature = "serde_json")),
    doc = "Your structs are the schema."
)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

// What Rust gets.
#[cfg(feature = "checked")]
mod checked;
mod insert;
mod key;
mod list;
mod macros;
mod page;
mod prepared;
mod query;
mod relation;
mod row;
pub mod search;
mod table;
mod write;

// From a path to a connection with all tables.
mod open;
mod report;

mod error;

// What a field is.
mod column;
mod column_type;
mod filter;
mod params;
mod stored;
mod value;

// What a struct says, and the SQL of it.
pub mod declare;
mod dialect;
mod sql;
mod sqlite;

// What a database has, and what differs.
pub mod diff;
pub mod plan;
pub mod schema;

// From one schema to the next.
pub mod check;
pub mod migrations;
pub mod testing;

// What the macros expand to.
#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod statement;

pub use check::migrations::CheckError;
#[cfg(feature = "checked")]
pub use checked::{Execute, Fetch};
pub use column::{Column, Fits};
pub use column_type::ColumnType;
pub use error::{Error, Result};
pub use insert::{Binder, Insert};
pub use key::{Key, KeyValue};
pub use list::{List, list};
pub use open::{JournalMode, OpenError, Options, PushError, Schema, Synchronous};
pub use page::{Cursor, InvalidCursor, Page, Paged};
pub use params::Params;
pub use prepared::Prepared;
pub use query::{ReadError, Rows, Select};
pub use relation::{ChildOf, Related, Relation};
pub use report::{Report, Reported};
pub use row::Row;
pub use search::{Hit, Search, SearchError};
pub use sqlite::inspect::{InspectError, inspect};
pub use sqlite::run::{
    Applied, Foreign, HookResult, Loss, MigrateError, MigrateOptions, Progress, Refusal,
};
pub use sqlite::statements::{InsertSql, TableSql};
pub use table::{Keyed, Searchable, Table};
pub use value::{Parameter, ValueError};
pub use write::WriteError;

pub use rusqlite::{self, Connection, Transaction, named_params, params, types};
pub use tablature_macros::{ColumnType, Insert, Row, Table};
