//! The grammar: attributes become values, each with the place where it was written. What a value means is not asked here.

mod column;
mod key;
mod table;

pub(crate) use column::{ColumnAttr, DefaultAttr, Encoding, References};
pub(crate) use key::{Keys, Set, Slot, nearest, nested, value};
pub(crate) use table::{CheckAttr, ContentAttr, DetailAttr, FtsAttr, PartAttr, TableAttr};
