use super::Conflict;

/// An index as a struct declares it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Index {
    /// Its name; one is made of the table and the columns when there is none.
    pub name: Option<&'static str>,
    /// What it sorts by.
    pub parts: &'static [Part],
    /// Rows that agree in all parts are refused.
    pub unique: bool,
    /// Only rows that fulfil this condition are in the index.
    pub filter: Option<&'static str>,
}

/// One thing that an index sorts by.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Part {
    /// The column, or none where `expression` says what.
    pub column: Option<usize>,
    /// An expression over the row, in SQL.
    pub expression: Option<&'static str>,
    /// The collating sequence, where it is not the column's.
    pub collate: Option<&'static str>,
    /// The direction.
    pub order: Order,
}

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Order {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A unique key: columns that identify one row. It is written as a unique index, which can be added and dropped without
/// copying the table, unless it says that it is a constraint.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Unique {
    /// Its name; one is made of the table and the columns when there is none.
    pub name: Option<&'static str>,
    /// The columns.
    pub columns: &'static [usize],
    /// Written as `UNIQUE` in the table's statement, with what happens to a row whose values exist.
    pub constraint: Option<Conflict>,
}

impl Index {
    #[doc(hidden)]
    pub const fn new(parts: &'static [Part]) -> Self {
        Self {
            name: None,
            parts,
            unique: false,
            filter: None,
        }
    }

    #[doc(hidden)]
    pub const fn name(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    #[doc(hidden)]
    pub const fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    #[doc(hidden)]
    pub const fn filter(mut self, condition: &'static str) -> Self {
        self.filter = Some(condition);
        self
    }
}

impl Part {
    #[doc(hidden)]
    pub const fn column(column: usize) -> Self {
        Self {
            column: Some(column),
            expression: None,
            collate: None,
            order: Order::Ascending,
        }
    }

    #[doc(hidden)]
    pub const fn expression(expression: &'static str) -> Self {
        Self {
            column: None,
            expression: Some(expression),
            collate: None,
            order: Order::Ascending,
        }
    }

    #[doc(hidden)]
    pub const fn collate(mut self, sequence: &'static str) -> Self {
        self.collate = Some(sequence);
        self
    }

    #[doc(hidden)]
    pub const fn descending(mut self) -> Self {
        self.order = Order::Descending;
        self
    }
}

impl Unique {
    #[doc(hidden)]
    pub const fn new(name: Option<&'static str>, columns: &'static [usize]) -> Self {
        Self {
            name,
            columns,
            constraint: None,
        }
    }

    #[doc(hidden)]
    pub const fn constraint(mut self, conflict: Conflict) -> Self {
        self.constraint = Some(conflict);
        self
    }
}
