#![doc = include_str!("../../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod error;
mod filter;
mod insert;
mod open;
mod page;
mod prepared;
mod query;
mod row;
pub mod search;
mod table;
mod write;

mod column;
mod column_type;
pub mod declare;
mod value;

mod sql;
mod sqlite;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod macros;
mod statement;

pub use column::{Column, Fits};
pub use column_type::ColumnType;
pub use error::{Error, Result};
pub use insert::{Binder, Insert};
pub use open::{JournalMode, OpenError, Options, Schema, Synchronous};
pub use page::{Cursor, InvalidCursor, Page, Paged};
pub use prepared::Prepared;
pub use query::{Params, ReadError, Rows, Select};
pub use row::Row;
pub use search::{Hit, Search, SearchError};
pub use sqlite::statements::{InsertSql, TableSql};
pub use table::{Key, KeyValue, Keyed, Searchable, Table};
pub use value::{Parameter, ValueError};
pub use write::WriteError;

pub use rusqlite::{self, Connection, Transaction, named_params, params, types};
pub use tablature_macros::{ColumnType, Insert, Row, Table};
