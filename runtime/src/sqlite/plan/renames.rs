use super::planner::{Planner, Stop, name};
use super::{Level, Names};
use crate::diff::Change;
use crate::plan::{BadHint, Code, Cost, Hazard, PlanError};
use crate::schema::same_name;

/// Names change first, and in place: SQLite rewrites everything that refers to them, but full-text tables.
pub(super) fn run(planner: &mut Planner<'_>) -> Result<Vec<Change>, Stop> {
    let mut changes = Vec::new();
    tables(planner, &mut changes)?;
    columns(planner, &mut changes)?;
    Ok(changes)
}

fn tables(planner: &mut Planner<'_>, changes: &mut Vec<Change>) -> Result<(), Stop> {
    let (from, to) = (planner.from, planner.to);
    let mut renames: Vec<(String, String)> = Vec::new();
    for (old, new) in planner.hints.renamed_tables() {
        let hint = format!("{old}={new}");
        let old = from
            .table(old)
            .ok_or_else(|| unknown(&hint, old, "the schema as it is"))?;
        let new = to
            .table(new)
            .ok_or_else(|| unknown(&hint, new, "the wanted schema"))?;
        renames.push((old.name.clone(), new.name.clone()));
    }
    for new in &to.tables {
        // Only its spelling is another.
        let old = from.table(&new.name).filter(|old| old.name != new.name);
        let known = |old: &str| {
            renames
                .iter()
                .any(|(from, to)| from == old || *to == new.name)
        };
        if let Some(old) = old.filter(|old| !known(&old.name)) {
            renames.push((old.name.clone(), new.name.clone()));
        }
    }
    let alter = |planner: &mut Planner<'_>, from: &str, to: &str, reason: &str| {
        planner.step(
            Cost::Instant,
            reason,
            format!("ALTER TABLE {} RENAME TO {}", name(from), name(to)),
        )
    };
    let reason = |old: &str, new: &str| format!("rename `{old}` to `{new}`");
    let mut waiting = Vec::new();
    for (_, new) in &renames {
        // One that goes makes room for the one that gets its name.
        let now = planner.now()?;
        let goes = |name: &str| !renames.iter().any(|(old, _)| same_name(old, name));
        if let Some(holder) = now.table(new).filter(|it| goes(&it.name)) {
            let aside = planner.free_name(&holder.name, "__old")?;
            alter(
                planner,
                &holder.name,
                &aside,
                &format!("`{new}` makes room"),
            )?;
            planner.aside.push((aside, None, holder.name.clone()));
        }
    }
    for (old, new) in &renames {
        // The name may still be taken: by the table itself in another case, or by one that is renamed later.
        if planner.now()?.table(new).is_some() {
            let between = planner.free_name(new, "__new")?;
            alter(planner, old, &between, &reason(old, new))?;
            waiting.push((between, old, new));
        } else {
            alter(planner, old, new, &reason(old, new))?;
        }
    }
    for (between, old, new) in waiting {
        alter(planner, &between, new, &reason(old, new))?;
    }
    changes.extend(
        renames
            .into_iter()
            .map(|(old, new)| Change::RenameTable(old, new)),
    );
    Ok(())
}

fn columns(planner: &mut Planner<'_>, changes: &mut Vec<Change>) -> Result<(), Stop> {
    let mut renames: Vec<(String, String, String)> = Vec::new();
    let now = planner.now()?;
    for (table, old, new) in planner.hints.renamed_columns() {
        let hint = format!("{table}.{old}={new}");
        let place = current(planner, table);
        let before = now.table(&place).and_then(|it| it.column(old));
        let after = planner.to.table(&place);
        let table = after.ok_or_else(|| unknown(&hint, table, "the wanted schema"))?;
        let old = before.ok_or_else(|| unknown(&hint, old, "the schema as it is"))?;
        let new = table
            .column(new)
            .ok_or_else(|| unknown(&hint, new, "the wanted schema"))?;
        renames.push((table.name.clone(), old.name.clone(), new.name.clone()));
    }
    for new in &planner.to.tables {
        let Some(old) = now.table(&new.name) else {
            continue;
        };
        for column in &new.columns {
            let before = old.column(&column.name).filter(|it| it.name != column.name);
            let known = |name: &str| {
                renames.iter().any(|(table, old, to)| {
                    *table == new.name && (old == name || *to == column.name)
                })
            };
            if let Some(before) = before.filter(|it| !known(&it.name)) {
                renames.push((new.name.clone(), before.name.clone(), column.name.clone()));
            }
        }
    }
    let reason = |table: &str, old: &str, new: &str| format!("rename `{table}.{old}` to `{new}`");
    make_room(planner, &renames)?;
    let mut waiting = Vec::new();
    let copied = unnameable(planner, &renames)?;
    for (table, old, new) in &renames {
        if is_rowid(old) || is_rowid(new) || copied.contains(table) {
            planner
                .copied
                .push((table.clone(), old.clone(), new.clone()));
            continue;
        }
        let now = planner.now()?;
        let holder = now.table(table).and_then(|it| it.column(new));
        let taken = holder.is_some();
        let made_no_room = holder.is_some_and(|holder| {
            let moves = |(of, old, _): &&(String, String, String)| {
                of == table && same_name(old, &holder.name)
            };
            !renames.iter().any(|it| moves(&it))
        });
        if made_no_room {
            planner
                .copied
                .push((table.clone(), old.clone(), new.clone()));
        } else if taken && !same_name(old, new) {
            let mut between = format!("{new}__new");
            while now
                .table(table)
                .is_some_and(|it| it.column(&between).is_some())
            {
                between.push('_');
            }
            rename_column(planner, (table, old, &between), reason(table, old, new))?;
            waiting.push((table, between, old, new));
        } else {
            rename_column(planner, (table, old, new), reason(table, old, new))?;
        }
    }
    for (table, between, old, new) in waiting {
        rename_column(planner, (table, &between, new), reason(table, old, new))?;
    }
    let change = |(table, old, new)| Change::RenameColumn(table, old, new);
    changes.extend(renames.into_iter().map(change));
    Ok(())
}

/// Some tables SQLite cannot rename a column of, whatever else is taken down: there, all that get a new name are copied.
fn unnameable(planner: &Planner<'_>, renames: &[(String, String, String)]) -> Result<Names, Stop> {
    let mut tables = Names::default();
    if planner.level < Level::Rebuild {
        return Ok(tables);
    }
    for (table, old, new) in renames {
        let now = planner.now()?;
        let taken = now.table(table).is_some_and(|it| it.column(new).is_some());
        let between = format!("{new}__new");
        let new = if taken && !same_name(old, new) {
            &between
        } else {
            new
        };
        if !is_rowid(old) && !is_rowid(new) && !planner.runs(&rename_sql(table, old, new)) {
            tables.insert(table);
        }
    }
    Ok(tables)
}

fn rename_column(
    planner: &mut Planner<'_>,
    (table, from, to): (&str, &str, &str),
    reason: String,
) -> Result<(), Stop> {
    planner.step(Cost::Instant, reason, rename_sql(table, from, to))
}

fn rename_sql(table: &str, from: &str, to: &str) -> String {
    format!(
        "ALTER TABLE {} RENAME COLUMN {} TO {}",
        name(table),
        name(from),
        name(to)
    )
}

/// A column that goes makes room for the one that gets its name.
fn make_room(planner: &mut Planner<'_>, renames: &[(String, String, String)]) -> Result<(), Stop> {
    for (table, _, new) in renames {
        let now = planner.now()?;
        let Some(table) = now.table(table) else {
            continue;
        };
        let goes = |name: &str| {
            !renames
                .iter()
                .any(|(of, old, _)| *of == table.name && same_name(old, name))
        };
        let Some(holder) = table.column(new).filter(|it| goes(&it.name)) else {
            continue;
        };
        let mut aside = format!("{}__old", holder.name);
        while table.column(&aside).is_some() {
            aside.push('_');
        }
        let sql = rename_sql(&table.name, &holder.name, &aside);
        if is_rowid(new) || (planner.level >= Level::Rebuild && !planner.runs(&sql)) {
            // It cannot be renamed, and the copied values take its place.
            let what = format!("drop:{}.{}", table.name, holder.name);
            if planner.hints.allows(&what) {
                continue;
            }
            let reason = format!("`{}.{new}` gives way to another column", table.name);
            let hazard = Hazard::new(
                Code::DropColumn,
                reason,
                format!("agree with `--allow {what}`"),
            );
            return Err(Stop::Error(PlanError::Refused(vec![hazard])));
        }
        let reason = format!("`{}.{new}` makes room", table.name);
        rename_column(planner, (&table.name, &holder.name, &aside), reason)?;
        planner
            .aside
            .push((table.name.clone(), Some(aside), holder.name.clone()));
    }
    Ok(())
}

/// SQLite renames no column from or to a name of the rowid; its values can only be copied.
fn is_rowid(name: &str) -> bool {
    ["rowid", "oid", "_rowid_"]
        .iter()
        .any(|it| same_name(it, name))
}

/// The name that a table has after the renames, whichever was given.
pub(super) fn current(planner: &Planner<'_>, table: &str) -> String {
    let mut renamed = planner.hints.renamed_tables().iter();
    let new = renamed
        .find(|(old, _)| same_name(old, table))
        .map(|(_, new)| new.clone());
    new.unwrap_or_else(|| table.to_owned())
}

/// The columns of a table that were renamed: old name, new name.
pub(super) fn of_columns(planner: &Planner<'_>, table: &str) -> Vec<(String, String)> {
    let renamed = planner.hints.renamed_columns().iter();
    let here = renamed.filter(|(of, ..)| same_name(&current(planner, of), table));
    here.map(|(_, old, new)| (old.clone(), new.clone()))
        .collect()
}

fn unknown(hint: &str, what: &str, place: &'static str) -> Stop {
    Stop::Error(PlanError::Hint(BadHint::Unknown {
        hint: hint.to_owned(),
        what: format!("`{what}`"),
        place,
    }))
}
