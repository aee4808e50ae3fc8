//! SQL that exists only at run time, checked before it runs; and what is wrong with it, by name.
//!
//! SQLite is the judge: a statement is refused here exactly where SQLite does not prepare it. What is added is the message,
//! and the count of the arguments.
//!
//! ```
//! use tablature::check::{self, Checked as _};
//! use tablature::{Connection, params};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let db = Connection::open_in_memory()?;
//! db.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT, title TEXT NOT NULL)")?;
//! db.execute_checked("INSERT INTO posts (slug, title) VALUES (?1, ?2)", params!["a", "A"])?;
//!
//! let said = |sql| check::statement(&db, sql).unwrap_err().to_string();
//! assert_eq!(
//!     said("INSERT INTO posts (slug, title) VALUES (?1)"),
//!     "`posts`: 2 columns (slug, title), 1 value: `title` has none",
//! );
//! assert_eq!(said("SELECT titel FROM posts"), "no column `titel` in `posts`; did you mean `title`?");
//! # Ok(())
//! # }
//! ```

mod arguments;
mod bindings;
mod execute;
mod explain;
mod insert;
pub(crate) mod migrations;
mod names;
mod nearest;
mod statement;
#[cfg(test)]
mod tests;

pub use crate::sql::statements::ranges as statements;
pub use crate::sqlite::query_plan::{
    Access, Complaint, QueryPlan, QueryStep, Shortcoming, complaints, query_plan,
};
pub(crate) use statement::parameters;

pub use arguments::{ArgumentError, Arguments};
pub use bindings::Bindings;
pub use execute::Checked;
pub use explain::{Explanation, explain};
pub use insert::{insert, left_out};
pub use names::{ColumnName, Names, TableName};
pub use nearest::nearest;
pub use statement::{Column, Origin, Parameter, Statement, StatementError, statement};
