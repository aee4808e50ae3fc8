/// A foreign key.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ForeignKey {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// The columns that refer.
    pub from: Vec<String>,
    /// The table that they refer to.
    pub parent: String,
    /// Its columns; empty where the primary key is meant and not named.
    pub to: Vec<String>,
    /// What happens to the row when the parent's is deleted.
    pub on_delete: Action,
    /// What happens to the row when the parent's key changes.
    pub on_update: Action,
    /// When it is checked.
    pub deferrable: Deferrable,
    /// The column whose definition holds it, if one does.
    pub column: Option<String>,
}

/// What a foreign key does to the rows that refer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Action {
    /// Nothing: the statement fails if the reference is still broken at its end.
    #[default]
    NoAction,
    /// Nothing: the statement fails at once.
    Restrict,
    /// They become NULL.
    SetNull,
    /// They get their default.
    SetDefault,
    /// They follow.
    Cascade,
}

/// When a foreign key is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Deferrable {
    /// At the end of the statement.
    #[default]
    Not,
    /// At the end of the transaction.
    Deferred,
}

impl Action {
    /// The words for it.
    pub const fn sql(self) -> &'static str {
        match self {
            Self::NoAction => "NO ACTION",
            Self::Restrict => "RESTRICT",
            Self::SetNull => "SET NULL",
            Self::SetDefault => "SET DEFAULT",
            Self::Cascade => "CASCADE",
        }
    }
}

impl ForeignKey {
    /// Whether rows of the child change or vanish with the parent's.
    pub fn acts(&self) -> bool {
        let acts = |action| !matches!(action, Action::NoAction | Action::Restrict);
        acts(self.on_delete) || acts(self.on_update)
    }
}
