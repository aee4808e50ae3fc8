//! The grammar: attributes become values, each with the place where it was written. What a value means is not asked here.

mod column;
mod constraint;
mod fts;
mod index;
mod key;
mod list;
mod table;
mod trigger;

pub(crate) use column::{ColumnAttr, DefaultAttr, Encoding, References};
pub(crate) use constraint::CheckAttr;
pub(crate) use fts::{ContentAttr, DetailAttr, FtsAttr};
pub(crate) use index::PartAttr;
pub(crate) use key::{Keys, Set, Slot, nearest, nested, unknown, value};
pub(crate) use table::TableAttr;
