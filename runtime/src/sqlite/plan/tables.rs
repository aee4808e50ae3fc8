use super::in_place::{self, Op};
use super::planner::{Planner, Stop, Written, name};
use super::values::{self, Source};
use super::{Level, Names, questions};
use crate::diff::Change;
use crate::plan::{Cost, Orphans};
use crate::schema::{Action, ForeignKey, Schema, Table, same_name};

/// What is done with a table that stays.
#[derive(Debug)]
pub(super) struct Work<'a> {
    pub(super) old: &'a Table,
    pub(super) new: &'a Table,
    pub(super) way: Way,
}

#[derive(Debug)]
pub(super) enum Way {
    /// It is altered.
    InPlace(Vec<Op>),
    /// It is made anew, and its rows are copied.
    Rebuild { reason: String, discard: bool },
}

/// For each table that changes, the cheapest way.
pub(super) fn decide<'a>(
    planner: &Planner<'a>,
    now: &'a Schema,
    changes: &[Change],
) -> Vec<Work<'a>> {
    let mut work = Vec::new();
    for new in &planner.to.tables {
        let Some(old) = now.table(&new.name) else {
            continue;
        };
        let changes: Vec<&Change> = changes
            .iter()
            .filter(|it| is_about(it, &new.name))
            .collect();
        let sources = |column| values::source(planner, old, new, column);
        let valued = new
            .columns
            .iter()
            .any(|column| old.column(&column.name).is_some() && sources(column) != Source::Same);
        if changes.is_empty() && !valued {
            continue;
        }
        let discard = questions::discards(planner, old, new);
        let in_place = if discard {
            Err("its rows are discarded".to_owned())
        } else if planner.copied.iter().any(|it| it.0 == new.name) {
            Err("SQLite does not rename a column from or to a name of the rowid".to_owned())
        } else if planner.level >= Level::Rebuild {
            Err("it cannot be altered as it is".to_owned())
        } else {
            in_place::ops(planner, (now, old), new, &changes)
        };
        let way = match in_place {
            Ok(ops) => Way::InPlace(ops),
            Err(reason) => Way::Rebuild { reason, discard },
        };
        work.push(Work { old, new, way });
    }
    work
}

/// Whether a change is one of a table that stays.
pub(super) fn is_about(change: &Change, table: &str) -> bool {
    let whole = matches!(
        change,
        Change::Create(..) | Change::Drop(..) | Change::Replace(..)
    );
    !whole && same_name(change.subject(), table)
}

/// The tables that are new, parents first where they refer to each other.
pub(super) fn create(planner: &mut Planner<'_>) -> Result<(), Stop> {
    let now = planner.now()?;
    let to = planner.to;
    for table in to.tables.iter().filter(|it| now.table(&it.name).is_none()) {
        planner.step(
            Cost::Instant,
            format!("create table `{}`", table.name),
            table.sql.clone(),
        )?;
    }
    for table in &to.virtuals {
        if !now
            .virtuals
            .iter()
            .any(|it| same_name(&it.name, &table.name))
        {
            planner.step(
                Cost::Instant,
                format!("create virtual table `{}`", table.name),
                table.sql.text(),
            )?;
        }
    }
    Ok(())
}

/// The tables that are gone, children first. Of those that refer to each other in a circle the rows go before the tables,
/// since dropping a table deletes its rows one table at a time.
pub(super) fn drop_gone(planner: &mut Planner<'_>) -> Result<(), Stop> {
    let now = planner.now()?;
    let to = planner.to;
    let gone: Vec<&Table> = now
        .tables
        .iter()
        .filter(|it| to.table(&it.name).is_none())
        .collect();
    let reason = |table: &Table| format!("drop table `{}`", table.name);
    let (ordered, circular) = children_first(&gone);
    // RESTRICT looks at each row as it goes, even at those of the table itself.
    let restricts = |table: &&Table| {
        let mut keys = table.foreign_keys.iter();
        keys.any(|it| it.on_delete == Action::Restrict && same_name(&it.parent, &table.name))
    };
    let keys_on = planner.target.keys_are_on();
    if keys_on && (!circular.is_empty() || ordered.iter().any(restricts)) {
        planner.defer()?;
    }
    for table in ordered {
        planner.step(
            Cost::Instant,
            reason(table),
            format!("DROP TABLE {}", name(&table.name)),
        )?;
    }
    if keys_on && !circular.is_empty() {
        for table in &circular {
            planner.step(
                Cost::Rewrite,
                reason(table),
                format!("DELETE FROM {}", name(&table.name)),
            )?;
        }
        // Without keys to look up, the order is free.
        for table in &circular {
            super::rebuild::drop_with_stub(planner, table, &circular, reason(table))?;
        }
        super::rebuild::drop_stubs(planner, &circular)?;
    } else {
        for table in &circular {
            planner.step(
                Cost::Instant,
                reason(table),
                format!("DROP TABLE {}", name(&table.name)),
            )?;
        }
    }
    Ok(())
}

/// Tables that no other of them refers to, in this order; and those of circles. A circle's children come before it.
pub(super) fn children_first<'a>(tables: &[&'a Table]) -> (Vec<&'a Table>, Vec<&'a Table>) {
    let mut left: Vec<&Table> = tables.to_vec();
    let mut ordered = Vec::new();
    loop {
        let free = |table: &&&Table| {
            !left
                .iter()
                .any(|it| it.name != table.name && refers(it, &table.name))
        };
        let Some(at) = left.iter().position(|it| free(&it)) else {
            break;
        };
        ordered.push(left.remove(at));
    }
    (ordered, left)
}

pub(super) fn refers(child: &Table, parent: &str) -> bool {
    child
        .foreign_keys
        .iter()
        .any(|key| same_name(&key.parent, parent))
}

/// Rows that a new foreign key does not allow follow its action; then those that referred to them, and so on.
pub(super) fn follow(planner: &mut Planner<'_>, before: &Schema) -> Result<(), Stop> {
    if planner.hints.orphans == Orphans::Fail {
        return Ok(());
    }
    let to = planner.to;
    let mut reached = Names::default();
    let mut waiting: Vec<(&Table, &ForeignKey)> = Vec::new();
    for table in &to.tables {
        let Some(old) = before.table(&table.name) else {
            continue;
        };
        let known = |key: &&ForeignKey| {
            old.foreign_keys
                .iter()
                .any(|it| crate::diff::same_foreign_key((before, it), (to, key)))
        };
        waiting.extend(
            table
                .foreign_keys
                .iter()
                .filter(|key| !known(key))
                .map(|key| (table, key)),
        );
    }
    while !waiting.is_empty() {
        let (table, key) = waiting.remove(0);
        let deletes = follow_key(planner, table, key)?;
        if deletes && reached.insert(&table.name) {
            for child in &to.tables {
                let keys = child
                    .foreign_keys
                    .iter()
                    .filter(|key| same_name(&key.parent, &table.name));
                waiting.extend(keys.map(|key| (child, key)));
            }
        }
    }
    Ok(())
}

fn follow_key(planner: &mut Planner<'_>, table: &Table, key: &ForeignKey) -> Result<bool, Stop> {
    let to = planner.to;
    let target = to.target(key);
    if target.len() != key.from.len() || to.table(&key.parent).is_none() {
        return Ok(false);
    }
    let (child, parent) = (name(&table.name), name(&key.parent));
    let given: Vec<String> = key
        .from
        .iter()
        .map(|it| format!("{child}.{} IS NOT NULL", name(it)))
        .collect();
    let equal = key.from.iter().zip(target);
    let equal: Vec<String> = equal
        .map(|(from, to)| format!("parent.{} = {child}.{}", name(to), name(from)))
        .collect();
    let orphans = format!(
        "{} AND NOT EXISTS (SELECT 1 FROM {parent} AS parent WHERE {})",
        given.join(" AND "),
        equal.join(" AND ")
    );
    let reason = format!(
        "rows of `{}` without a parent in `{}` follow its ON DELETE",
        table.name, key.parent
    );
    let set = |value: &dyn Fn(&String) -> String| {
        let sets: Vec<String> = key
            .from
            .iter()
            .map(|it| format!("{} = {}", name(it), value(it)))
            .collect();
        format!("UPDATE {child} SET {} WHERE {orphans}", sets.join(", "))
    };
    let sql = match key.on_delete {
        Action::Cascade => format!("DELETE FROM {child} WHERE {orphans}"),
        Action::SetNull => set(&|_| "NULL".to_owned()),
        Action::SetDefault => set(&|column| {
            let default = table.column(column).and_then(|it| it.default.as_ref());
            default.map_or("NULL".to_owned(), ToString::to_string)
        }),
        Action::NoAction | Action::Restrict => return Ok(false),
    };
    super::objects::silence(planner, &table.name)?;
    planner
        .written
        .push((table.name.clone(), Written::Everything));
    planner.step(Cost::Rewrite, reason, sql)?;
    Ok(key.on_delete == Action::Cascade)
}
