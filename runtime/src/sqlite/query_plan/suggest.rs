use super::clauses::{Clauses, clauses};
use super::{Access, QueryPlan, query_plan};
use crate::check::Names;
use crate::sqlite::quoted;
use rusqlite::Connection;

/// What an index would spare a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Complaint {
    /// The table.
    pub table: String,
    /// What SQLite has to do without the index.
    pub shortcoming: Shortcoming,
    /// The columns of an index with which it need not, as `#[table(index(…))]` has them; none where no index helps, or
    /// where it is not clear which. It was tried.
    pub index: Option<Vec<String>>,
}

/// What is done without an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shortcoming {
    /// All rows are read, though conditions choose among them.
    Scan,
    /// All rows are read again for each row of another table, or an index is made for them each time.
    InnerScan,
    /// The rows are sorted.
    Sort,
}

/// What indexes would spare a statement, on a database without rows of value: indexes are tried on it, and rolled back.
///
/// A statement without conditions reads what it asks for, and nothing is said of it; nor of full-text tables, views, and
/// what is sorted by something else than columns of a table.
///
/// ```
/// use tablature::{Connection, check};
///
/// let db = Connection::open_in_memory()?;
/// db.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id INTEGER, at TEXT, body TEXT)")?;
/// let newest = "SELECT body FROM posts WHERE author_id = ?1 ORDER BY at DESC";
/// let complaints = check::complaints(&db, newest)?;
/// assert_eq!(complaints[0].index.as_deref().unwrap(), ["author_id", "at desc"]);
/// assert_eq!(check::complaints(&db, "SELECT body FROM posts")?, []);
/// # Ok::<(), tablature::rusqlite::Error>(())
/// ```
pub fn complaints(db: &Connection, sql: &str) -> rusqlite::Result<Vec<Complaint>> {
    let plan = query_plan(db, sql)?;
    let is_suspect = plan.steps.iter().any(|it| it.access != Access::Other);
    if !is_suspect {
        return Ok(Vec::new());
    }
    let names = Names::of(db)?;
    let mut complaints: Vec<Complaint> = Vec::new();
    for Found {
        called,
        shortcoming,
        entries,
    } in shortcomings(&plan)
    {
        let Some(clauses) = clauses(sql, &called, &names) else {
            continue;
        };
        let is_meant = match shortcoming {
            // Entries of an index come in its order, and those of a partial one are chosen.
            _ if let Some(index) = &entries
                && (clauses.wants_order || is_partial(db, &clauses.table, index)?) =>
            {
                false
            }
            Shortcoming::Scan => clauses.is_restricted,
            Shortcoming::InnerScan => true,
            Shortcoming::Sort => !clauses.order.is_empty(),
        };
        let is_told = |it: &Complaint| it.table == clauses.table && it.shortcoming == shortcoming;
        if is_meant && !complaints.iter().any(is_told) {
            let index = index(db, sql, &called, shortcoming, &clauses)?;
            // Which of several orders is sorted, the plan does not say.
            if shortcoming == Shortcoming::Sort && index.is_none() && clauses.has_other_orders {
                continue;
            }
            complaints.push(Complaint {
                table: clauses.table,
                shortcoming,
                index,
            });
        }
    }
    // What helps the one complaint may help the other.
    let first = complaints.first().cloned();
    complaints.retain(|it| {
        let same = first.as_ref().filter(|first| *first != it);
        !same.is_some_and(|first| first.index.is_some() && first.index == it.index)
    });
    Ok(complaints)
}

fn is_partial(db: &Connection, table: &str, index: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT max(partial) FROM pragma_index_list(?1) WHERE name = ?2 COLLATE NOCASE";
    let partial: Option<bool> = db.query_row(sql, [table, index], |row| row.get(0))?;
    Ok(partial.unwrap_or_default())
}

struct Found {
    /// The table, as the plan calls it.
    called: String,
    shortcoming: Shortcoming,
    /// The index all of whose entries are read instead of the rows.
    entries: Option<String>,
}

/// The tables that a plan scans, and those whose rows may be sorted.
fn shortcomings(plan: &QueryPlan) -> Vec<Found> {
    let mut found = Vec::new();
    let is_sorted = plan.steps.iter().any(|it| it.access == Access::Sort);
    let mut levels: Vec<usize> = Vec::new();
    for step in &plan.steps {
        // What stands deeper belongs to another SELECT.
        levels.retain(|it| *it <= step.depth);
        let is_covering = step.detail.contains(" USING COVERING INDEX ");
        let (table, is_whole, entries) = match &step.access {
            Access::Scan { table, index } => (table, index.is_none() || is_covering, index),
            Access::Search {
                table,
                is_automatic,
                ..
            } => (table, *is_automatic, &None),
            _ => continue,
        };
        let is_inner = levels.contains(&step.depth);
        levels.push(step.depth);
        let mut find = |shortcoming, entries: &Option<String>| {
            found.push(Found {
                called: table.clone(),
                shortcoming,
                entries: entries.clone(),
            });
        };
        match (is_whole, is_inner) {
            (true, true) => find(Shortcoming::InnerScan, entries),
            (true, false) => find(Shortcoming::Scan, entries),
            (false, _) => {}
        }
        if is_sorted {
            find(Shortcoming::Sort, &None);
        }
    }
    found
}

/// The first index of those that the clauses suggest with which the plan is free of it.
fn index(
    db: &Connection,
    sql: &str,
    called: &str,
    shortcoming: Shortcoming,
    clauses: &Clauses,
) -> rusqlite::Result<Option<Vec<String>>> {
    let Clauses {
        equal,
        joined,
        range,
        order,
        ..
    } = clauses;
    let known = match shortcoming {
        Shortcoming::InnerScan => [joined.as_slice(), equal].concat(),
        _ => equal.clone(),
    };
    let one = &range[..range.len().min(1)];
    let (with_order, with_range) = (
        [known.as_slice(), order].concat(),
        [known.as_slice(), one].concat(),
    );
    let candidates = if order.is_empty() {
        vec![with_range, known]
    } else {
        vec![with_order, with_range, known, order.clone()]
    };
    for mut columns in candidates {
        let mut seen: Vec<String> = Vec::new();
        columns.retain(|it| {
            let name = it.trim_end_matches(" desc").to_owned();
            let is_new = !seen.contains(&name);
            seen.push(name);
            is_new
        });
        if columns.is_empty() {
            continue;
        }
        let plan = with_index(db, sql, &clauses.table, &columns)?;
        let is_left = plan.is_none_or(|plan| match shortcoming {
            Shortcoming::Sort => shortcomings(&plan)
                .iter()
                .any(|it| it.called == called && it.shortcoming == Shortcoming::Sort),
            // To read all rows in another order is to read all rows.
            Shortcoming::Scan | Shortcoming::InnerScan => !searches(&plan, called),
        });
        if !is_left {
            return Ok(Some(columns));
        }
    }
    Ok(None)
}

fn searches(plan: &QueryPlan, called: &str) -> bool {
    plan.steps.iter().any(|it| match &it.access {
        Access::Search {
            table,
            is_automatic,
            ..
        } => table == called && !is_automatic,
        _ => false,
    })
}

/// The plan that there would be with an index; none where it cannot be made.
fn with_index(
    db: &Connection,
    sql: &str,
    table: &str,
    columns: &[String],
) -> rusqlite::Result<Option<QueryPlan>> {
    let parts: Vec<String> = columns
        .iter()
        .map(|it| match it.strip_suffix(" desc") {
            Some(name) => format!("{} DESC", quoted(name)),
            None => quoted(it),
        })
        .collect();
    db.execute_batch("SAVEPOINT tablature_index")?;
    let made = db.execute_batch(&format!(
        "CREATE INDEX tablature_tried ON {} ({})",
        quoted(table),
        parts.join(", ")
    ));
    let plan = made.and_then(|()| query_plan(db, sql)).ok();
    db.execute_batch("ROLLBACK TO tablature_index; RELEASE tablature_index")?;
    Ok(plan)
}
