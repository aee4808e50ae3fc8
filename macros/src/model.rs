//! What the attributes mean: fields with their columns, and lists of columns as positions.

mod column_type;
mod foreign_key;
mod fts;
mod insert;
mod resolve;
mod row;
mod schema;
mod table;
mod trigger;

pub(crate) use column_type::{ColumnType, Shape, Variant};
pub(crate) use foreign_key::{ForeignKey, action};
pub(crate) use fts::{Fts, FtsColumn};
pub(crate) use insert::Insert;
pub(crate) use resolve::{Field, Fields, sql_name};
pub(crate) use row::Row;
pub(crate) use schema::{Hook, Schema};
pub(crate) use table::{Index, Part, Table, Unique};
pub(crate) use trigger::Trigger;
