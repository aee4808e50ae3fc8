//! What attributes stand for more than they say, and whether a struct is written with them.

/// Which attributes stand for objects that they do not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    /// An index for each foreign key.
    pub(super) foreign_key_indexes: bool,
    /// The three triggers of full-text search.
    pub(super) fts_triggers: bool,
    /// The triggers of `touch` and `immutable`.
    pub(super) column_triggers: bool,
}

impl Style {
    /// All of them, the shortest first.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..8_u8).rev().map(|bits| Self {
            foreign_key_indexes: bits & 1 != 0,
            fts_triggers: bits & 2 != 0,
            column_triggers: bits & 4 != 0,
        })
    }
}
