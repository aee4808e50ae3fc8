use super::Expression;
use std::collections::BTreeMap;

/// A full-text table.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fts {
    /// Its name.
    pub name: String,
    /// What can be searched, in order.
    pub columns: Vec<FtsColumn>,
    /// `content`, `tokenize` and the others, without quotes.
    pub options: BTreeMap<String, String>,
    /// The statement that makes it.
    pub sql: String,
}

/// A column of a full-text table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FtsColumn {
    /// Its name.
    pub name: String,
    /// Carried along, but not searched.
    pub unindexed: bool,
}

/// A virtual table of another module than full-text search.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Virtual {
    /// Its name.
    pub name: String,
    /// The module that runs it.
    pub module: String,
    /// The statement that makes it.
    pub sql: Expression,
}

impl Fts {
    /// The table or view that holds its text; none when it holds its own, or none at all.
    pub fn content(&self) -> Option<&str> {
        let content = self.options.get("content")?;
        (!content.is_empty()).then_some(content)
    }

    /// Whether it holds no text that could be read again.
    pub fn contentless(&self) -> bool {
        self.options.get("content").is_some_and(String::is_empty)
    }
}
