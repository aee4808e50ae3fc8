use crate::diff::same_names;
use crate::plan::Cost;
use crate::schema::{Table, same_name};
use crate::sqlite::plan::Names;
use crate::sqlite::plan::planner::{Planner, Stop, name, names};
use crate::sqlite::plan::tables::refers;

/// Drops a table that others in its circle still refer to: an empty one of its name lets them go too.
pub(in crate::sqlite::plan) fn drop_with_stub(
    planner: &mut Planner<'_>,
    table: &Table,
    circle: &[&Table],
    reason: String,
) -> Result<(), Stop> {
    let sql = format!("DROP TABLE {}", name(&table.name));
    planner.step(Cost::Rewrite, &reason, sql)?;
    let now = planner.now()?;
    let refers_still = |it: &&&Table| {
        it.name != table.name && now.table(&it.name).is_some() && refers(it, &table.name)
    };
    let children = circle.iter().filter(refers_still);
    let keys = children.flat_map(|it| &it.foreign_keys);
    let mut targets: Vec<&[String]> = Vec::new();
    for key in keys.filter(|key| same_name(&key.parent, &table.name)) {
        let primary = table.primary_key.as_ref().map_or(&[][..], |it| &it.columns);
        let target = if key.to.is_empty() { primary } else { &key.to };
        if !target.is_empty() && !targets.iter().any(|it| same_names(it, target)) {
            targets.push(target);
        }
    }
    if targets.is_empty() {
        return Ok(());
    }
    planner.step(Cost::Instant, reason, stub(table, &targets))
}

/// A table with nothing but keys.
fn stub(table: &Table, keys: &[&[String]]) -> String {
    let mut columns = Names::default();
    for column in keys.iter().copied().flatten() {
        columns.insert(column);
    }
    let columns: Vec<String> = columns.iter().map(name).collect();
    let primary = table.primary_key.as_ref().map(|it| &it.columns);
    let keys = keys.iter().map(|key| {
        let is_primary = primary.is_some_and(|it| same_names(it, key));
        let kind = if is_primary { "PRIMARY KEY" } else { "UNIQUE" };
        format!("{kind} ({})", names(*key))
    });
    let keys: Vec<String> = keys.collect();
    let table = name(&table.name);
    format!("CREATE TABLE {table} ({}, {})", columns.join(", "), keys.join(", "))
}

pub(in crate::sqlite::plan) fn drop_stubs(
    planner: &mut Planner<'_>,
    circle: &[&Table],
) -> Result<(), Stop> {
    // A stub refers to nothing, so any order does once the tables are gone.
    for table in circle {
        if planner.now()?.table(&table.name).is_some() {
            let reason = format!("`{}` was only referred to", table.name);
            let sql = format!("DROP TABLE {}", name(&table.name));
            planner.step(Cost::Instant, reason, sql)?;
        }
    }
    Ok(())
}
