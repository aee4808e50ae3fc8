use super::{Expression, ForeignKey, same_name};

/// A table that holds rows.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Table {
    /// Its name.
    pub name: String,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The primary key, if it has one.
    pub primary_key: Option<PrimaryKey>,
    /// The unique keys that the table's statement declares.
    pub uniques: Vec<Unique>,
    /// The checks, of columns and of the table.
    pub checks: Vec<Check>,
    /// The foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// Whether values must have the type of their column.
    pub strict: bool,
    /// Whether the rows are kept in the primary key, and have no rowid.
    pub without_rowid: bool,
    /// The statement that makes it.
    pub sql: String,
}

/// A column.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The type as declared; empty when there is none.
    pub declared_type: String,
    /// Its NOT NULL, if it has one.
    pub not_null: Option<NotNull>,
    /// The value of a row that gives none.
    pub default: Option<Expression>,
    /// How its texts are compared, if not byte by byte.
    pub collation: Option<String>,
    /// Its expression, for a column that holds none of its own values.
    pub generated: Option<Generated>,
    /// Its definition in the table's statement, without comments.
    pub definition: String,
}

/// What happens to a row that a constraint does not allow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Conflict {
    /// The statement fails, and is undone.
    #[default]
    Abort,
    /// The transaction is undone.
    Rollback,
    /// The statement fails, and what it did so far stays.
    Fail,
    /// The row is left out.
    Ignore,
    /// The row takes the place of those it conflicts with.
    Replace,
}

/// A NOT NULL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotNull {
    /// What happens to a row with NULL.
    pub conflict: Conflict,
}

/// The expression of a generated column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Generated {
    /// The expression.
    pub expression: Expression,
    /// Computed when the row is written, and not when it is read.
    pub stored: bool,
}

/// A primary key.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PrimaryKey {
    /// Its columns, in order.
    pub columns: Vec<String>,
    /// The columns that it sorts from high to low.
    pub descending: Vec<bool>,
    /// The columns that it compares in another way than their own.
    pub collations: Vec<Option<String>>,
    /// Whether a key is never given out twice.
    pub autoincrement: bool,
    /// Whether it is the rowid under another name.
    pub rowid: bool,
    /// What happens to a row whose key exists.
    pub conflict: Conflict,
}

/// A unique key in the table's statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Unique {
    /// Its columns, in order, in lower case.
    pub columns: Vec<String>,
    /// The columns that it compares in another way than their own, in lower case.
    pub collations: Vec<Option<String>>,
    /// The columns that it sorts from high to low.
    pub descending: Vec<bool>,
    /// What happens to a row whose values exist.
    pub conflict: Conflict,
}

/// A check, of a column or of the table.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Check {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// What must not be false.
    pub expression: Expression,
    /// The column whose definition holds it, if one does.
    pub column: Option<String>,
}

impl Conflict {
    /// The clause for it; empty for the one that needs none.
    pub const fn clause(self) -> &'static str {
        match self {
            Self::Abort => "",
            Self::Rollback => " ON CONFLICT ROLLBACK",
            Self::Fail => " ON CONFLICT FAIL",
            Self::Ignore => " ON CONFLICT IGNORE",
            Self::Replace => " ON CONFLICT REPLACE",
        }
    }
}

impl Table {
    /// The column of a name, whatever its case.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|it| same_name(&it.name, name))
    }

    /// Whether a column is part of the primary key.
    pub fn in_primary_key(&self, column: &str) -> bool {
        let key = self.primary_key.as_ref();
        key.is_some_and(|key| key.columns.iter().any(|it| same_name(it, column)))
    }

    /// The column that is the rowid, if one is.
    pub fn rowid_column(&self) -> Option<&str> {
        let key = self.primary_key.as_ref().filter(|key| key.rowid)?;
        key.columns.first().map(String::as_str)
    }

    /// A name by which the rowid can be reached: one that no column has taken.
    pub fn rowid_name(&self) -> Option<&'static str> {
        ["rowid", "_rowid_", "oid"]
            .into_iter()
            .find(|name| !self.without_rowid && self.column(name).is_none())
    }

    /// Whether NULL is refused, by a NOT NULL or by being a key.
    pub fn refuses_null(&self, column: &Column) -> bool {
        column.not_null.is_some()
            || (self.in_primary_key(&column.name)
                && (self.without_rowid || self.strict || self.rowid_column().is_some()))
    }
}
