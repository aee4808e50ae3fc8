use std::fmt;
use std::str::FromStr;

/// Who executes migrations. It decides how files are named, and which recipes are safe in them.
///
/// ```
/// use tablature::migrations::Runner;
///
/// let runner: Runner = "refinery".parse()?;
/// assert_eq!(runner, Runner::Refinery);
/// assert_eq!(runner.to_string(), "refinery");
/// # Ok::<(), tablature::migrations::UnknownRunner>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Runner {
    /// This crate: foreign keys are off outside the transaction, and checked before the commit.
    #[default]
    Tablature,
    /// refinery: each file in a transaction, foreign keys as the connection has them.
    Refinery,
    /// sqlx: each file in a transaction, foreign keys on.
    Sqlx,
    /// Cloudflare D1, through wrangler: each file in a transaction, foreign keys on.
    D1,
    /// diesel: a folder for each migration, in a transaction, foreign keys as the connection has them.
    Diesel,
    /// `rusqlite_migration`, from a directory: a folder for each migration, in a transaction, foreign keys as the
    /// connection has them.
    RusqliteMigration,
}

/// A word that names no runner.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no runner; write one of `tablature`, `refinery`, `sqlx`, `d1`, `diesel`, `rusqlite_migration`"
)]
pub struct UnknownRunner(pub String);

impl Runner {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Tablature,
        Self::Refinery,
        Self::Sqlx,
        Self::D1,
        Self::Diesel,
        Self::RusqliteMigration,
    ];

    /// The word for it in `#[schema(runner = …)]`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tablature => "tablature",
            Self::Refinery => "refinery",
            Self::Sqlx => "sqlx",
            Self::D1 => "d1",
            Self::Diesel => "diesel",
            Self::RusqliteMigration => "rusqlite_migration",
        }
    }

    /// Whether downs lie in a folder of their own.
    pub(crate) const fn has_folder_of_downs(self) -> bool {
        matches!(self, Self::Refinery | Self::D1)
    }

    /// Whether each migration has a folder of its own.
    pub(crate) const fn has_folders(self) -> bool {
        matches!(self, Self::Diesel | Self::RusqliteMigration)
    }

    /// How a file is to be called, by example.
    pub(crate) const fn pattern(self) -> &'static str {
        match self {
            Self::Tablature => "0001_create_posts.up.sql` or `0001_create_posts.down.sql",
            Self::Refinery => "V001__create_posts.sql",
            Self::Sqlx => {
                "20250108000000_create_posts.up.sql` or `20250108000000_create_posts.down.sql"
            }
            Self::D1 => "0001_create_posts.sql",
            Self::Diesel => "2025-01-08-000000_create_posts/up.sql",
            Self::RusqliteMigration => "01-create_posts/up.sql",
        }
    }
}

impl fmt::Display for Runner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Runner {
    type Err = UnknownRunner;

    fn from_str(word: &str) -> Result<Self, UnknownRunner> {
        Self::ALL
            .into_iter()
            .find(|runner| runner.name() == word)
            .ok_or_else(|| UnknownRunner(word.to_owned()))
    }
}
