//! What a database has: tables, indexes, full-text tables, triggers and views, as owned data.
//!
//! A schema is read from a database; nothing else makes one. Two schemas are equal when their databases behave the same:
//! spelling, spacing, quotes and the order of clauses and columns do not count.

mod expression;
mod foreign_key;
mod fts;
mod index;
mod others;
mod table;
mod trigger;

pub(crate) use expression::unquoted;
pub use expression::{Expression, same_name};
pub use foreign_key::{Action, Deferrable, ForeignKey};
pub use fts::{Fts, FtsColumn, Virtual};
pub use index::{Index, IndexPart};
pub use table::{Check, Column, Conflict, Generated, NotNull, PrimaryKey, Table, Unique};
pub use trigger::{Event, Timing, Trigger, TriggerParts};

/// All tables of a database, and what belongs to them, in the order of their creation.
///
/// ```
/// use tablature::Connection;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let db = Connection::open_in_memory()?;
/// db.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL)")?;
/// let schema = tablature::inspect(&db)?;
/// let posts = schema.table("posts").unwrap();
/// assert_eq!(posts.columns[1].name, "title");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Schema {
    /// The tables that hold rows, without those in which virtual tables keep theirs.
    pub tables: Vec<Table>,
    /// The full-text tables.
    pub fts: Vec<Fts>,
    /// All other virtual tables.
    pub virtuals: Vec<Virtual>,
    /// The indexes that have a statement of their own.
    pub indexes: Vec<Index>,
    /// The views.
    pub views: Vec<View>,
    /// The triggers.
    pub triggers: Vec<Trigger>,
}

/// A view.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct View {
    /// Its name.
    pub name: String,
    /// The statement that makes it.
    pub sql: Expression,
}

impl Schema {
    /// The table of a name, whatever its case.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|it| same_name(&it.name, name))
    }

    /// The full-text table of a name, whatever its case.
    pub fn fts(&self, name: &str) -> Option<&Fts> {
        self.fts.iter().find(|it| same_name(&it.name, name))
    }

    /// The index of a name, whatever its case.
    pub fn index(&self, name: &str) -> Option<&Index> {
        self.indexes.iter().find(|it| same_name(&it.name, name))
    }

    /// The view of a name, whatever its case.
    pub fn view(&self, name: &str) -> Option<&View> {
        self.views.iter().find(|it| same_name(&it.name, name))
    }

    /// The trigger of a name, whatever its case.
    pub fn trigger(&self, name: &str) -> Option<&Trigger> {
        self.triggers.iter().find(|it| same_name(&it.name, name))
    }

    /// The indexes of a table that have a statement of their own.
    pub fn indexes_of<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Index> {
        let of_table = move |it: &&Index| same_name(&it.table, table);
        self.indexes.iter().filter(of_table)
    }

    /// The triggers that a table or view fires.
    pub fn triggers_of<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Trigger> {
        let of_table = move |it: &&Trigger| same_name(&it.table, table);
        self.triggers.iter().filter(of_table)
    }

    /// The statements that make it, without semicolons, what others refer to first.
    pub fn statements(&self) -> impl Iterator<Item = &str> {
        let tables = self.tables.iter().map(|it| it.sql.as_str());
        let virtuals = self.virtuals.iter().map(|it| it.sql.text());
        let fts = self.fts.iter().map(|it| it.sql.as_str());
        let indexes = self.indexes.iter().map(|it| it.sql.as_str());
        let views = self.views.iter().map(|it| it.sql.text());
        let triggers = self.triggers.iter().map(|it| it.sql.text());
        tables
            .chain(virtuals)
            .chain(fts)
            .chain(indexes)
            .chain(views)
            .chain(triggers)
    }

    /// The columns of the parent that a foreign key names, or means by naming none.
    pub fn target<'a>(&'a self, key: &'a ForeignKey) -> &'a [String] {
        if !key.to.is_empty() {
            return &key.to;
        }
        match self
            .table(&key.parent)
            .and_then(|it| it.primary_key.as_ref())
        {
            Some(primary_key) => &primary_key.columns,
            None => &[],
        }
    }
}
