//! What a struct says about its table: constant data, written by the derives and read by the DDL writer.
//!
//! Everything here is `'static` and `Copy`, so that one constant describes a table and costs nothing until it is used.
//! Columns are named by their position in [`Table::columns`].

mod column;
mod foreign_key;
mod fts;
mod index;
mod trigger;

pub use column::{Column, Default, Domain, Facts, Generated, Literal, Type};
pub use foreign_key::{Action, Conflict, ForeignKey};
pub use fts::{Content, Detail, Fts, FtsColumn};
pub use index::{Index, Order, Part, Unique};
pub use trigger::{Event, Timing, Trigger};

/// A table as its struct declares it.
///
/// ```
/// use tablature::Table;
///
/// #[derive(Table)]
/// struct Post {
///     #[column(primary_key)]
///     id: i64,
///     title: String,
/// }
///
/// assert_eq!(Post::TABLE.name, "post");
/// assert_eq!(Post::TABLE.columns[1].name, "title");
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Table {
    /// The name in SQL.
    pub name: &'static str,
    /// The name of the struct, for messages.
    pub row: &'static str,
    /// The columns, in the order of the struct's fields.
    pub columns: &'static [Column],
    /// The columns of the primary key; empty when the table has none.
    pub primary_key: &'static [usize],
    /// What happens to a row whose primary key exists.
    pub key_conflict: Conflict,
    /// Unique keys, of one column or several.
    pub uniques: &'static [Unique],
    /// Indexes that were asked for; those of foreign keys are not among them.
    pub indexes: &'static [Index],
    /// Foreign keys of several columns; those of one column stand at the column.
    pub foreign_keys: &'static [ForeignKey],
    /// Checks of the whole row.
    pub checks: &'static [Check],
    /// Triggers that were written out; those of `touch`, `immutable` and full-text search are not among them.
    pub triggers: &'static [Trigger],
    /// Full-text search.
    pub fts: Option<Fts>,
    /// `STRICT`: SQLite refuses values of another type.
    pub strict: bool,
    /// `WITHOUT ROWID`: the primary key is the table's only key.
    pub without_rowid: bool,
    /// Whether a foreign key that no other index covers gets one.
    pub index_foreign_keys: bool,
    /// The name that the table had before; a migration renames it.
    pub renamed_from: Option<&'static str>,
    pub(crate) unchecked: bool,
}

/// A condition that every row fulfils.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Check {
    /// The constraint's name; one is made when there is none.
    pub name: Option<&'static str>,
    /// The condition, in SQL.
    pub expression: &'static str,
}

impl Check {
    #[doc(hidden)]
    pub const fn new(name: Option<&'static str>, expression: &'static str) -> Self {
        Self { name, expression }
    }
}

impl Table {
    #[doc(hidden)]
    pub const fn new(name: &'static str, row: &'static str, columns: &'static [Column]) -> Self {
        Self {
            name,
            row,
            columns,
            primary_key: &[],
            key_conflict: Conflict::Abort,
            uniques: &[],
            indexes: &[],
            foreign_keys: &[],
            checks: &[],
            triggers: &[],
            fts: None,
            strict: true,
            without_rowid: false,
            index_foreign_keys: true,
            renamed_from: None,
            unchecked: false,
        }
    }

    #[doc(hidden)]
    pub const fn primary_key(mut self, columns: &'static [usize]) -> Self {
        self.primary_key = columns;
        self
    }

    #[doc(hidden)]
    pub const fn key_conflict(mut self, conflict: Conflict) -> Self {
        self.key_conflict = conflict;
        self
    }

    #[doc(hidden)]
    pub const fn uniques(mut self, uniques: &'static [Unique]) -> Self {
        self.uniques = uniques;
        self
    }

    #[doc(hidden)]
    pub const fn indexes(mut self, indexes: &'static [Index]) -> Self {
        self.indexes = indexes;
        self
    }

    #[doc(hidden)]
    pub const fn foreign_keys(mut self, keys: &'static [ForeignKey]) -> Self {
        self.foreign_keys = keys;
        self
    }

    #[doc(hidden)]
    pub const fn checks(mut self, checks: &'static [Check]) -> Self {
        self.checks = checks;
        self
    }

    #[doc(hidden)]
    pub const fn triggers(mut self, triggers: &'static [Trigger]) -> Self {
        self.triggers = triggers;
        self
    }

    #[doc(hidden)]
    pub const fn fts(mut self, fts: Fts) -> Self {
        self.fts = Some(fts);
        self
    }

    #[doc(hidden)]
    pub const fn lax(mut self) -> Self {
        self.strict = false;
        self
    }

    #[doc(hidden)]
    pub const fn without_rowid(mut self) -> Self {
        self.without_rowid = true;
        self
    }

    #[doc(hidden)]
    pub const fn no_foreign_key_indexes(mut self) -> Self {
        self.index_foreign_keys = false;
        self
    }

    #[doc(hidden)]
    pub const fn renamed_from(mut self, name: &'static str) -> Self {
        self.renamed_from = Some(name);
        self
    }

    /// For a struct whose attributes are wrong: nothing about it is checked.
    #[doc(hidden)]
    pub const fn unchecked(mut self) -> Self {
        self.unchecked = true;
        self
    }

    /// The column that is the rowid under another name: the only column of the primary key, of type INTEGER.
    ///
    /// See <https://www.sqlite.org/lang_createtable.html#rowid>.
    pub const fn rowid_column(&self) -> Option<usize> {
        match self.primary_key {
            [column] if !self.without_rowid && self.columns[*column].is_integer() => Some(*column),
            _ => None,
        }
    }

    /// The statements that create it, written at run time.
    ///
    /// ```
    /// use tablature::Table;
    ///
    /// #[derive(Table)]
    /// struct Tag {
    ///     name: String,
    /// }
    ///
    /// assert_eq!(Tag::TABLE.ddl(), Tag::DDL);
    /// ```
    pub fn ddl(&self) -> String {
        crate::dialect::ddl(self)
    }

    /// Whether a column is part of the primary key.
    pub const fn is_key(&self, column: usize) -> bool {
        contains(self.primary_key, column)
    }

    /// Whether a row may be inserted without a value for this column.
    pub const fn may_omit(&self, column: usize) -> bool {
        let Column {
            facts,
            default,
            generated,
            touch,
            ..
        } = &self.columns[column];
        let by_rowid = matches!(self.rowid_column(), Some(rowid) if rowid == column);
        by_rowid
            || default.is_some()
            || generated.is_some()
            || touch.is_some()
            || (facts.nullable && !self.is_key(column))
    }

    /// Whether exactly these columns, in any order, identify one row.
    pub const fn is_unique(&self, columns: &[usize]) -> bool {
        if same_set(self.primary_key, columns) {
            return true;
        }
        let mut i = 0;
        while i < self.uniques.len() {
            if same_set(self.uniques[i].columns, columns) {
                return true;
            }
            i += 1;
        }
        false
    }
}

pub(crate) const fn contains(columns: &[usize], column: usize) -> bool {
    let mut i = 0;
    while i < columns.len() {
        if columns[i] == column {
            return true;
        }
        i += 1;
    }
    false
}

const fn same_set(a: &[usize], b: &[usize]) -> bool {
    if a.len() != b.len() || a.is_empty() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if !contains(b, a[i]) {
            return false;
        }
        i += 1;
    }
    true
}
