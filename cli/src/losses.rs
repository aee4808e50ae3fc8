use crate::failure::Failure;
use crate::next::schema_after;
use crate::project::Project;
use crate::source::quoted;
use tablature::Connection;
use tablature::diff::{Change, Object};
use tablature::migrations::{self, Migration, StateOf};
use tablature::plan::{Hints, archives_of, down};

/// Refuses to undo migrations as long as rows or values would go that nobody has agreed to lose.
pub(crate) fn agreed(
    project: &Project,
    db: &Connection,
    count: usize,
    allow: &[String],
) -> Result<(), Failure> {
    let mut hints = Hints::default();
    allow.iter().try_for_each(|it| hints.allow(it))?;
    let mut refused = Vec::new();
    let states = migrations::states(db, &project.migrations).map_err(Failure::error)?;
    let applied = states.iter().filter(|it| it.is != StateOf::Pending);
    for state in applied.rev().take(count) {
        let at = project
            .migrations
            .iter()
            .position(|it| it.version == state.version);
        // What has no file here cannot be looked into; its way back comes from the history.
        let Some(at) = at else { continue };
        for (what, words, rows) in lost(project, at, db)? {
            if rows > 0 && !hints.allows(&what) {
                refused.push(format!(
                    "down drops {words}, {rows} in all; agree with `--allow {what}`"
                ));
            }
        }
    }
    if refused.is_empty() {
        Ok(())
    } else {
        Err(Failure::Refused(refused.join("\n")))
    }
}

/// What the way back of a migration drops, by the flag that agrees to it, in words, and how much of it there is.
fn lost(
    project: &Project,
    at: usize,
    db: &Connection,
) -> Result<Vec<(String, String, i64)>, Failure> {
    let migration: &Migration = &project.migrations[at];
    let from = schema_after(&project.migrations[..at], project.dump.runner)?;
    let to = schema_after(&project.migrations[..=at], project.dump.runner)?;
    let hints = Hints::of_comments(&migration.up);
    let mut found = Vec::new();
    // Where there is no plan, the names alone say what goes.
    let changes = down(&from, &to, &hints, project.target()?)
        .map_or_else(|_| tablature::diff::diff(&to, &from), |plan| plan.changes);
    for change in &changes {
        let (what, words, sql) = match change {
            Change::Drop(Object::Table, table) => {
                // What was kept goes back to where it came from.
                if archives_of(&to).any(|it| it.name == *table) {
                    continue;
                }
                let sql = format!("SELECT count(*) FROM {}", quoted(table));
                (
                    format!("drop:{table}"),
                    format!("the rows of `{table}`"),
                    sql,
                )
            }
            Change::DropColumn(table, column) => {
                let sql = format!("SELECT count({}) FROM {}", quoted(column), quoted(table));
                (
                    format!("drop:{table}.{column}"),
                    format!("the values of `{table}.{column}`"),
                    sql,
                )
            }
            _ => continue,
        };
        // A table that is not there has nothing to lose.
        let rows = db.query_row(&sql, (), |row| row.get(0)).unwrap_or(0);
        found.push((what, words, rows));
    }
    Ok(found)
}
