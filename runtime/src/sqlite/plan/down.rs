use super::plan;
use super::planner::text;
use super::questions::affinity;
use super::undone::undone;
use crate::diff::same_type;
use crate::plan::{Hints, Plan, PlanError, Target};
use crate::schema::{Column, Schema, Table, same_name};
use crate::sql::lexer::{Kind, Lexer};
use crate::sqlite::scratch::empty;

/// The way back from a plan. What the way forth has given up does not come back: a column that must have a value gets a
/// neutral one that its checks allow. What the way forth has converted by an expression is not undone, and is a hazard here.
///
/// ```
/// use tablature::plan::{Hints, Target, down};
/// use tablature::{Connection, inspect, migrations::Runner};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let from = Connection::open_in_memory()?;
/// from.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, body TEXT)")?;
/// let to = Connection::open_in_memory()?;
/// to.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, text TEXT)")?;
/// let mut hints = Hints::default();
/// hints.rename("posts.body=text")?;
/// let down = down(&inspect(&from)?, &inspect(&to)?, &hints, Target::new(Runner::Tablature))?;
/// assert_eq!(down.steps[0].sql, "ALTER TABLE posts RENAME COLUMN text TO body");
/// # Ok(())
/// # }
/// ```
pub fn down(from: &Schema, to: &Schema, hints: &Hints, target: Target) -> Result<Plan, PlanError> {
    let mut down = plan(to, from, &hints_back(from, to, hints), target)?;
    down.hazards.extend(undone(from, to, hints));
    Ok(down)
}

/// The hints for the way back: the same names and values the other way round.
pub(crate) fn hints_back(from: &Schema, to: &Schema, hints: &Hints) -> Hints {
    let mut back = hints.reversed();
    let table_before = |table: &Table| {
        let renamed = hints.renamed_tables().iter();
        let old = renamed
            .clone()
            .find(|(_, new)| same_name(new, &table.name))
            .map(|(old, _)| old.as_str());
        from.table(old.unwrap_or(&table.name))
    };
    for after in &to.tables {
        let Some(before) = table_before(after) else {
            continue;
        };
        let renames = hints.renamed_columns().iter();
        let here = |of: &str| same_name(hints.after(of), &after.name);
        for column in &before.columns {
            let new = renamed(hints, after, column);
            // The name may be another column's by now.
            let taken = renames.clone().any(|(of, old, to)| {
                here(of) && same_name(to, &new) && !same_name(old, &column.name)
            });
            let restored = after.column(&new).is_none() || taken;
            let needs = column.generated.is_none()
                && column.default.is_none()
                && before.refuses_null(column);
            let is_rowid = before
                .rowid_column()
                .is_some_and(|it| same_name(it, &column.name));
            if restored
                && needs
                && !is_rowid
                && let Some(value) = neutral(before, column)
            {
                let other = after.column(&new);
                let fills =
                    other.is_none_or(|it| same_type(&it.declared_type, &column.declared_type));
                back.give(&after.name, &column.name, value, fills);
            }
        }
    }
    back
}

fn renamed(hints: &Hints, after: &Table, column: &Column) -> String {
    let of = |table: &str| same_name(hints.after(table), &after.name);
    let mut renames = hints.renamed_columns().iter();
    let new = renames.find(|(table, old, _)| of(table) && same_name(old, &column.name));
    new.map_or_else(|| column.name.clone(), |(_, _, new)| new.clone())
}

/// A value that the column takes; none where it refers to another table, since no row is the right one.
fn neutral(table: &Table, column: &Column) -> Option<String> {
    let here = |list: &[String]| list.iter().any(|it| same_name(it, &column.name));
    if table.foreign_keys.iter().any(|key| here(&key.from)) {
        return None;
    }
    let unique =
        table.uniques.iter().any(|it| here(&it.columns)) || table.in_primary_key(&column.name);
    let kind = affinity(&column.declared_type);
    let mut candidates: Vec<String> = match (kind, unique, table.rowid_name()) {
        ("text", true, Some(rowid)) => vec![format!("'restored ' || {rowid}")],
        (_, true, Some(rowid)) => vec![rowid.to_owned()],
        (_, true, None) => return None,
        ("text", ..) => vec![text("")],
        ("blob", ..) => vec!["x''".to_owned()],
        ("real", ..) => vec!["0.0".to_owned()],
        _ => vec!["0".to_owned()],
    };
    let checks: Vec<&str> = table
        .checks
        .iter()
        .filter(|it| it.expression.mentions(&column.name))
        .map(|it| it.expression.text())
        .collect();
    if !unique {
        for check in &checks {
            candidates.extend(literals(check));
        }
        candidates.extend(["'x'", "'{}'", "1"].map(str::to_owned));
    }
    candidates
        .into_iter()
        .find(|value| allowed(table, column, value, &checks))
}

fn literals(check: &str) -> Vec<String> {
    let mut lexer = Lexer::new(check);
    let mut found = Vec::new();
    while let Some(token) = lexer.next() {
        if matches!(token.kind, Kind::Text | Kind::Number | Kind::Blob) {
            found.push(check[token.start..token.end].to_owned());
        }
    }
    found
}

/// SQLite is asked: in a table with this column alone, or the check speaks of others and is left to the proof.
fn allowed(table: &Table, column: &Column, value: &str, checks: &[&str]) -> bool {
    let value = match table.rowid_name() {
        Some(rowid) => value.replace(rowid, "1"),
        None => value.to_owned(),
    };
    let name = super::planner::name(&column.name);
    let Ok(db) = empty() else { return false };
    checks.iter().all(|check| {
        let sql = format!("SELECT ({check}) IS NOT FALSE FROM (SELECT {value} AS {name})");
        db.query_row(&sql, (), |row| row.get(0)).unwrap_or(true)
    })
}
