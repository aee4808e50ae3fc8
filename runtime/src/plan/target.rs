use crate::migrations::Runner;
use std::fmt;
use std::str::FromStr;

/// Who runs the migration, and on which version of the database library at least.
///
/// ```
/// use tablature::migrations::Runner;
/// use tablature::plan::{Target, Version};
///
/// let target = Target::new(Runner::Sqlx);
/// assert_eq!(target.version, Version::new(3, 45));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// Who executes the file.
    pub runner: Runner,
    /// The oldest version that has to understand it.
    pub version: Version,
}

/// A version of the database library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u16,
    minor: u16,
}

/// A text that is no version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no version; write it as `3.45`")]
pub struct BadVersion(String);

impl Target {
    /// A runner, with the version that its newest release is known to have: our own brings it along.
    pub const fn new(runner: Runner) -> Self {
        let version = match runner {
            Runner::Tablature if cfg!(feature = "bundled") => Version::new(3, 53),
            _ => Version::new(3, 45),
        };
        Self { runner, version }
    }

    /// The same for another version.
    #[must_use]
    pub const fn version(mut self, version: Version) -> Self {
        self.version = version;
        self
    }

    /// Whether the file runs inside a transaction that checks foreign keys, where a table that is dropped takes the rows
    /// of its children along.
    pub const fn keys_are_on(self) -> bool {
        !matches!(self.runner, Runner::Tablature)
    }
}

impl Version {
    /// `Version::new(3, 45)`.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }
}

impl FromStr for Version {
    type Err = BadVersion;

    fn from_str(text: &str) -> Result<Self, BadVersion> {
        let bad = || BadVersion(text.to_owned());
        let mut parts = text.splitn(3, '.').map(str::parse);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(Ok(major)), Some(Ok(minor)), None | Some(Ok(_))) => Ok(Self { major, minor }),
            _ => Err(bad()),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}
