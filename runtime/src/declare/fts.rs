/// Full-text search over a table's columns.
///
/// See <https://www.sqlite.org/fts5.html>.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Fts {
    /// The name of the full-text table; the table's with `_fts` when there is none.
    pub name: Option<&'static str>,
    /// What can be searched.
    pub columns: &'static [FtsColumn],
    /// Where the text is.
    pub content: Content,
    /// The tokenizer and its options.
    pub tokenize: Option<&'static str>,
    /// Lengths of prefixes that have an index of their own.
    pub prefix: Option<&'static str>,
    /// How much the index knows of a word's place.
    pub detail: Detail,
    /// Whether the number of words of each column is stored; ranking needs it.
    pub columnsize: bool,
    /// Whether three triggers of its own keep it in step; otherwise the table's do.
    pub triggers: bool,
}

/// A column of a full-text table.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FtsColumn {
    /// The table's column.
    pub column: usize,
    /// How much a hit in it counts, as a number in SQL.
    pub weight: &'static str,
    /// Carried along, but not searched.
    pub unindexed: bool,
}

/// Where the text of a full-text table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// In the table itself: the index reads it from there.
    External,
    /// Nowhere: the index finds rows, but has neither snippets nor highlights.
    Contentless,
    /// In the full-text table, a second time.
    Own,
}

/// How much the index knows of a word's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Detail {
    /// Row, column and position.
    Full,
    /// Row and column: no phrases.
    Column,
    /// The row alone: neither phrases nor column filters.
    None,
}

impl Fts {
    #[doc(hidden)]
    pub const fn new(columns: &'static [FtsColumn]) -> Self {
        Self {
            name: None,
            columns,
            content: Content::External,
            tokenize: None,
            prefix: None,
            detail: Detail::Full,
            columnsize: true,
            triggers: true,
        }
    }

    #[doc(hidden)]
    pub const fn name(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    #[doc(hidden)]
    pub const fn content(mut self, content: Content) -> Self {
        self.content = content;
        self
    }

    #[doc(hidden)]
    pub const fn tokenize(mut self, tokenizer: &'static str) -> Self {
        self.tokenize = Some(tokenizer);
        self
    }

    #[doc(hidden)]
    pub const fn prefix(mut self, lengths: &'static str) -> Self {
        self.prefix = Some(lengths);
        self
    }

    #[doc(hidden)]
    pub const fn detail(mut self, detail: Detail) -> Self {
        self.detail = detail;
        self
    }

    #[doc(hidden)]
    pub const fn no_columnsize(mut self) -> Self {
        self.columnsize = false;
        self
    }

    #[doc(hidden)]
    pub const fn no_triggers(mut self) -> Self {
        self.triggers = false;
        self
    }

    pub(crate) const fn has_weights(&self) -> bool {
        let mut i = 0;
        while i < self.columns.len() {
            if !matches!(self.columns[i].weight.as_bytes(), b"1.0") {
                return true;
            }
            i += 1;
        }
        false
    }
}

impl FtsColumn {
    #[doc(hidden)]
    pub const fn new(column: usize, weight: &'static str, unindexed: bool) -> Self {
        Self {
            column,
            weight,
            unindexed,
        }
    }
}
