/// A foreign key as a struct declares it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ForeignKey {
    /// The columns that refer.
    pub columns: &'static [usize],
    /// The table that is referred to.
    pub table: &'static str,
    /// Its columns, by name.
    pub target: &'static [&'static str],
    /// What happens to the row when the other one is deleted.
    pub on_delete: Action,
    /// What happens to the row when the other one's key changes.
    pub on_update: Action,
    /// Checked at the commit, rather than by the statement.
    pub deferrable: bool,
    /// Whether it gets an index, unless another one covers it.
    pub index: bool,
    /// The constraint's name; one is made of the columns when there is none.
    pub name: Option<&'static str>,
    /// Whether the table is named by a text: no struct describes it, and nothing about it is checked.
    pub by_name: bool,
}

/// What happens to a row whose key exists.
///
/// See <https://www.sqlite.org/lang_conflict.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Conflict {
    /// The statement fails, and is undone.
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

/// What a foreign key does when the row it refers to goes away or changes.
///
/// See <https://www.sqlite.org/foreignkeys.html#fk_actions>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// The statement fails.
    NoAction,
    /// The statement fails at once, even where the key is deferrable.
    Restrict,
    /// The row follows.
    Cascade,
    /// The columns become NULL.
    SetNull,
    /// The columns take their default.
    SetDefault,
}

impl Action {
    /// The words for it in SQL.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoAction => "NO ACTION",
            Self::Restrict => "RESTRICT",
            Self::Cascade => "CASCADE",
            Self::SetNull => "SET NULL",
            Self::SetDefault => "SET DEFAULT",
        }
    }
}

impl ForeignKey {
    #[doc(hidden)]
    pub const fn new(
        columns: &'static [usize],
        table: &'static str,
        target: &'static [&'static str],
    ) -> Self {
        Self {
            columns,
            table,
            target,
            on_delete: Action::NoAction,
            on_update: Action::NoAction,
            deferrable: false,
            index: true,
            name: None,
            by_name: false,
        }
    }

    #[doc(hidden)]
    pub const fn on_delete(mut self, action: Action) -> Self {
        self.on_delete = action;
        self
    }

    #[doc(hidden)]
    pub const fn on_update(mut self, action: Action) -> Self {
        self.on_update = action;
        self
    }

    #[doc(hidden)]
    pub const fn no_index(mut self) -> Self {
        self.index = false;
        self
    }

    #[doc(hidden)]
    pub const fn deferrable(mut self) -> Self {
        self.deferrable = true;
        self
    }

    #[doc(hidden)]
    pub const fn name(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    #[doc(hidden)]
    pub const fn by_name(mut self) -> Self {
        self.by_name = true;
        self
    }
}
