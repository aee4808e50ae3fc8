use super::Explanation;
use crate::check::names::Names;
use crate::sql::insert::{Insert, Row, Source};
use std::ops::Range;

/// The INSERT whose columns and values are not equally many.
pub(super) fn explain(sql: &str, message: &str, names: &Names) -> Option<Explanation> {
    let is_ours = message.starts_with("all VALUES must have")
        || message.ends_with(" values were supplied")
        || message.contains(" values for ");
    if !is_ours {
        return None;
    }
    let insert = Insert::read(sql)?;
    let columns = columns(&insert, names)?;
    let table = &insert.table.text;
    match &insert.source {
        Source::Rows(rows) => {
            let at = rows
                .iter()
                .position(|it| it.values.len() != columns.len())?;
            let row = &rows[at];
            let which = match rows.len() {
                1 => String::new(),
                _ => format!("row {} has ", at + 1),
            };
            let (given, values) = (row.values.len(), of(row.values.len(), "value"));
            let ends = ends(sql, row, &columns);
            let count = of(columns.len(), "column");
            Some(Explanation {
                message: format!(
                    "`{table}`: {count} ({}), {which}{values}{ends}",
                    columns.join(", ")
                ),
                range: Some(surplus(row, columns.len(), given)),
            })
        }
        Source::Query => {
            let given = returned(message, columns.len())?;
            let count = of(columns.len(), "column");
            let of_it = of(given, "column");
            let none = without(&columns, given);
            let ends = none.map_or_else(String::new, |it| format!(": {it}"));
            Some(Explanation {
                message: format!(
                    "`{table}`: {count} ({}), the SELECT returns {of_it}{ends}",
                    columns.join(", ")
                ),
                range: Some(insert.table.range),
            })
        }
        Source::Defaults => None,
    }
}

/// The columns that are named, or all that take a value.
pub(super) fn columns(insert: &Insert, names: &Names) -> Option<Vec<String>> {
    match &insert.columns {
        Some(columns) => Some(columns.iter().map(|it| it.text.clone()).collect()),
        None => {
            let table = names.table(&insert.table.text)?;
            Some(table.given().map(str::to_owned).collect())
        }
    }
}

fn ends(sql: &str, row: &Row, columns: &[String]) -> String {
    let given = row.values.len();
    if let Some(none) = without(columns, given) {
        return format!(": {none}");
    }
    let surplus = row.values[columns.len()..].iter();
    let texts: Vec<String> = surplus
        .map(|it| format!("`{}`", &sql[it.clone()]))
        .collect();
    let has = if texts.len() == 1 { "has" } else { "have" };
    format!(": {} {has} no column", listed(&texts))
}

/// `c` has none, where only `given` columns have a value.
fn without(columns: &[String], given: usize) -> Option<String> {
    let names: Vec<String> = columns
        .get(given..)?
        .iter()
        .map(|it| format!("`{it}`"))
        .collect();
    let has = if names.len() == 1 { "has" } else { "have" };
    (!names.is_empty()).then(|| format!("{} {has} none", listed(&names)))
}

/// The values that are too many, or the row.
fn surplus(row: &Row, columns: usize, given: usize) -> Range<usize> {
    match (row.values.get(columns), row.values.last()) {
        (Some(first), Some(last)) if given > columns => first.start..last.end,
        _ => row.range.clone(),
    }
}

/// The number in `3 values for 2 columns`, or in `table a has 2 columns but 3 values were supplied`.
fn returned(message: &str, columns: usize) -> Option<usize> {
    let numbers = message
        .split(' ')
        .filter_map(|it| it.parse().ok())
        .collect::<Vec<usize>>();
    match numbers.as_slice() {
        [values, of] if message.contains(" values for ") && *of == columns => Some(*values),
        [.., of, values] if message.ends_with(" supplied") && *of == columns => Some(*values),
        _ => None,
    }
}

/// `1 value`, `2 values`.
pub(crate) fn of(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// `a, b and c`
pub(crate) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
