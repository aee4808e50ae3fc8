use super::planner::{Planner, Written};
use super::questions::discards;
use super::values::{self, Source};
use crate::plan::Kept;
use crate::schema::{Column, Schema, Table, same_name};

/// What the plan promises to keep: rows that are neither discarded nor follow a key, values that come from themselves.
pub(super) fn kept(planner: &Planner<'_>, now: &Schema) -> Vec<Kept> {
    let mut kept = Vec::new();
    for new in &planner.to.tables {
        let Some(old) = now.table(&new.name) else {
            continue;
        };
        let everything = |(table, what): &(String, Written)| {
            same_name(table, &new.name) && *what == Written::Everything
        };
        let moves = planner.written.iter().any(everything);
        let follows = planner.hints.orphans == crate::plan::Orphans::Follow && moves;
        if discards(planner, old, new) || follows {
            continue;
        }
        let renamed_columns = super::renames::of_columns(planner, &new.name);
        let before = |column: &str| {
            let old = renamed_columns.iter().find(|(_, to)| same_name(to, column));
            old.map_or_else(|| column.to_owned(), |(from, _)| from.clone())
        };
        let columns = new
            .columns
            .iter()
            .filter(|column| stays(planner, old, new, column));
        let columns = columns
            .map(|it| (before(&it.name), it.name.clone()))
            .collect();
        let mut tables = planner.hints.renamed_tables().iter();
        let renamed = tables.find(|(_, to)| same_name(to, &new.name));
        kept.push(Kept {
            from: renamed.map_or_else(|| old.name.clone(), |(from, _)| from.clone()),
            to: new.name.clone(),
            columns,
            rowid: !moves
                && old.rowid_name().is_some()
                && new.rowid_name().is_some()
                && new.rowid_column().is_none(),
        });
    }
    kept
}

fn stays(planner: &Planner<'_>, old: &Table, new: &Table, column: &Column) -> bool {
    let Some(before) = old.column(&column.name) else {
        return false;
    };
    let affinity = |table: &Table, it: &Column| {
        // Of ANY, a strict table keeps every value as it is.
        let any = table.strict && same_name(&it.declared_type, "any");
        let affinity = super::questions::affinity(&it.declared_type);
        if any { "blob" } else { affinity }
    };
    // A rowid is never NULL: such a row gets one.
    let numbered = new
        .rowid_column()
        .is_some_and(|it| same_name(it, &column.name))
        && !old.refuses_null(before);
    column.generated.is_none()
        && !numbered
        && before.generated.is_none()
        && affinity(old, before) == affinity(new, column)
        && values::source(planner, old, new, column) == Source::Same
}
