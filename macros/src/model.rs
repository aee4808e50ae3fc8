//! What the attributes mean: fields with their columns, and lists of columns as positions.

mod column_type;
mod insert;
mod resolve;
mod row;
mod table;

pub(crate) use column_type::{ColumnType, Shape, Variant};
pub(crate) use insert::Insert;
pub(crate) use resolve::{Field, Fields};
pub(crate) use row::Row;
pub(crate) use table::{ForeignKey, Fts, FtsColumn, Index, Part, Table, Trigger, Unique, action};
