mod clauses;
mod suggest;

use rusqlite::Connection;
use std::fmt;

pub use suggest::{Complaint, Shortcoming, complaints};

/// How SQLite runs a statement, as EXPLAIN QUERY PLAN tells it.
///
/// ```
/// use tablature::{Connection, check};
///
/// let db = Connection::open_in_memory()?;
/// db.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT); CREATE INDEX slugs ON posts (slug)")?;
/// let plan = check::query_plan(&db, "SELECT id FROM posts WHERE slug = ?1")?;
/// assert_eq!(plan.to_string(), "SEARCH posts USING COVERING INDEX slugs (slug=?)\n");
/// assert!(plan.uses_index("slugs"));
/// # Ok::<(), tablature::rusqlite::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QueryPlan {
    /// The steps, each behind the one that it is part of.
    pub steps: Vec<QueryStep>,
}

/// A step of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QueryStep {
    /// How many steps it is part of.
    pub depth: usize,
    /// SQLite's words.
    pub detail: String,
    /// What is understood of them.
    pub access: Access,
}

/// What a step does. What is not understood is [`Access::Other`], never a guess.
///
/// See <https://www.sqlite.org/eqp.html>.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Access {
    /// Reads all rows of a table, by its name or alias, perhaps in the order of an index.
    Scan {
        /// The table's name, or its alias in the statement.
        table: String,
        /// The index whose entries are read instead.
        index: Option<String>,
    },
    /// Finds rows by a key.
    Search {
        /// The table's name, or its alias in the statement.
        table: String,
        /// The index; none where it is the primary key, or one that is made for the statement.
        index: Option<String>,
        /// Whether SQLite makes an index for the statement, each time that it runs.
        is_automatic: bool,
    },
    /// Sorts all rows for ORDER BY.
    Sort,
    /// Anything else.
    Other,
}

/// Asks SQLite how it would run a statement. See [`QueryPlan`].
pub fn query_plan(db: &Connection, sql: &str) -> rusqlite::Result<QueryPlan> {
    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let mut rows = statement.raw_query();
    let mut depths: Vec<(i64, usize)> = Vec::new();
    let mut steps = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, parent, detail): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let above = depths.iter().find(|it| it.0 == parent);
        let depth = above.map_or(0, |it| it.1 + 1);
        depths.push((id, depth));
        steps.push(QueryStep {
            depth,
            access: access(&detail),
            detail,
        });
    }
    Ok(QueryPlan { steps })
}

impl QueryPlan {
    /// Whether a step reads an index of this name.
    pub fn uses_index(&self, name: &str) -> bool {
        self.steps.iter().any(|step| match &step.access {
            Access::Scan { index, .. } | Access::Search { index, .. } => index
                .as_deref()
                .is_some_and(|it| it.eq_ignore_ascii_case(name)),
            _ => false,
        })
    }
}

impl fmt::Display for QueryPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.steps {
            writeln!(f, "{}{}", "  ".repeat(step.depth), step.detail)?;
        }
        Ok(())
    }
}

/// What can stand behind a step.
const JOINS: [&str; 2] = [" LEFT-JOIN", " RIGHT-JOIN"];

fn access(detail: &str) -> Access {
    if detail == "USE TEMP B-TREE FOR ORDER BY" {
        return Access::Sort;
    }
    let (is_scan, rest) = match (detail.strip_prefix("SCAN "), detail.strip_prefix("SEARCH ")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => return Access::Other,
    };
    if rest == "CONSTANT ROW" || rest.contains(" VIRTUAL TABLE ") {
        return Access::Other;
    }
    let rest = JOINS
        .iter()
        .fold(rest, |rest, it| rest.strip_suffix(it).unwrap_or(rest));
    let (table, using) = match rest.split_once(" USING ") {
        Some((table, using)) => (table, Some(using)),
        None => (rest, None),
    };
    let table = table.strip_suffix(" EXISTS").unwrap_or(table);
    let using = using.unwrap_or_default();
    let is_automatic = using.starts_with("AUTOMATIC ");
    let index = using
        .strip_prefix("INDEX ")
        .or_else(|| using.strip_prefix("COVERING INDEX "));
    // The columns that are compared stand behind it.
    let index = index.map(|it| it.split(" (").next().unwrap_or(it));
    let index = index.map(str::to_owned);
    let table = table.to_owned();
    if is_scan {
        return Access::Scan { table, index };
    }
    Access::Search {
        table,
        index,
        is_automatic,
    }
}
