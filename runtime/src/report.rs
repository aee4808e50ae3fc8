use crate::diff::Change;
use crate::migrations::{Script, State};
use crate::plan::Step;
use crate::sqlite::run::{Applied, Loss, Refusal};
use std::fmt;
use std::ops::Deref;

/// What an operation has done or found, in order: a slice that prints well, line by line, and that serialises with the
/// feature `serde`.
///
/// ```
/// # use tablature::{Connection, Table};
/// # #[derive(Table)]
/// # #[table(name = "posts")]
/// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
/// # tablature::schema! {
/// #     #[schema(migrations = "src/migrations/example/migrations")]
/// #     static BLOG = [Post];
/// # }
/// # fn main() -> tablature::Result<()> {
/// let db = Connection::open_in_memory()?;
/// let pending = BLOG.pending(&db)?;
/// assert_eq!(pending.len(), 2);
/// assert_eq!(pending.to_string(), "0001 create_posts\n0002 add_subtitle_to_posts");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct Report<T>(Vec<T>);

/// What a report is about.
pub trait Reported: sealed::Sealed + fmt::Display {
    /// What is printed where there is none.
    const NONE: &'static str;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! reported {
    ($($type:ty: $none:literal),* $(,)?) => {
        $(
            impl sealed::Sealed for $type {}

            impl Reported for $type {
                const NONE: &'static str = $none;
            }
        )*
    };
}

reported! {
    Applied: "nothing to do",
    Change: "no differences",
    Loss: "nothing goes",
    Refusal: "no row is refused",
    Script<'_>: "nothing is pending",
    State: "no migrations",
    Step: "nothing to do",
}

impl<T> From<Vec<T>> for Report<T> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<T> From<Report<T>> for Vec<T> {
    fn from(report: Report<T>) -> Self {
        report.0
    }
}

impl<T> Deref for Report<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> IntoIterator for Report<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Report<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Reported> fmt::Display for Report<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, rest)) = self.0.split_first() else {
            return f.write_str(T::NONE);
        };
        first.fmt(f)?;
        rest.iter().try_for_each(|item| write!(f, "\n{item}"))
    }
}
