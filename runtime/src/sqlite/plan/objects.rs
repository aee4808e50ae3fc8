use super::planner::{Planner, Stop, name};
use super::tables::{Way, Work};
use super::{Names, in_place};
use crate::diff::{Change, Object};
use crate::plan::Cost;
use crate::schema::{Index, Schema, Trigger, same_name};
use crate::sql::tokens::Tokens;

/// All views and triggers; what is needed at the end is made again.
pub(super) fn drop_dependants(planner: &mut Planner<'_>) -> Result<(), Stop> {
    let reason = "views and triggers would stand in the way, and come back at the end";
    for trigger in &planner.from.triggers {
        planner.step(
            Cost::Instant,
            reason,
            format!("DROP TRIGGER {}", name(&trigger.name)),
        )?;
    }
    for view in &planner.from.views {
        planner.step(
            Cost::Instant,
            reason,
            format!("DROP VIEW {}", name(&view.name)),
        )?;
    }
    Ok(())
}

/// What is gone or defined in another way, before the tables under it change.
pub(super) fn drop_changed(
    planner: &mut Planner<'_>,
    now: &Schema,
    changes: &[Change],
    work: &[Work<'_>],
) -> Result<(), Stop> {
    triggers(planner, now, changes, work)?;
    for (object, name, words) in taken(changes) {
        if object == Object::View {
            planner.step(
                Cost::Instant,
                format!("view `{name}` {words}"),
                format!("DROP VIEW {}", super::planner::name(name)),
            )?;
        }
    }
    for (object, name, words) in taken(changes) {
        match object {
            Object::Fts => super::fts::take_down(planner, now, name, words)?,
            Object::Virtual => {
                let sql = format!("DROP TABLE {}", super::planner::name(name));
                planner.step(
                    Cost::Rewrite,
                    format!("virtual table `{name}` {words}"),
                    sql,
                )?;
            }
            _ => {}
        }
    }
    let rebuilt = |table: &str| {
        work.iter()
            .any(|it| matches!(it.way, Way::Rebuild { .. }) && same_name(&it.new.name, table))
    };
    for (object, name, words) in taken(changes) {
        let Some(index) = now.index(name).filter(|_| object == Object::Index) else {
            continue;
        };
        // It goes with its table; and while the table is being copied, foreign keys may need it.
        let goes = rebuilt(&index.table) || planner.to.table(&index.table).is_none();
        if !goes {
            drop_index(planner, index, format!("index `{name}` {words}"))?;
        }
    }
    regenerated(planner, now, work)
}

/// An index over a column that comes back with another expression.
fn regenerated(planner: &mut Planner<'_>, now: &Schema, work: &[Work<'_>]) -> Result<(), Stop> {
    for work in work {
        if !matches!(work.way, Way::InPlace(_)) {
            continue;
        }
        for column in &work.new.columns {
            let before = work.old.column(&column.name);
            if !before.is_some_and(|it| it.generated.is_some() && it.generated != column.generated)
            {
                continue;
            }
            for index in now
                .indexes_of(&work.new.name)
                .filter(|it| it.mentions(&column.name))
            {
                if planner.now()?.index(&index.name).is_some() {
                    let reason = format!(
                        "index `{}` stands on `{}.{}`",
                        index.name, work.new.name, column.name
                    );
                    drop_index(planner, index, reason)?;
                }
            }
        }
    }
    Ok(())
}

fn drop_index(planner: &mut Planner<'_>, index: &Index, reason: String) -> Result<(), Stop> {
    planner.step(
        Cost::Instant,
        reason,
        format!("DROP INDEX {}", name(&index.name)),
    )
}

/// What is dropped, and maybe made anew.
fn taken(changes: &[Change]) -> impl Iterator<Item = (Object, &str, &'static str)> {
    changes.iter().filter_map(|change| match change {
        Change::Drop(object, name) => Some((*object, name.as_str(), "is gone")),
        Change::Replace(object, name) => {
            Some((*object, name.as_str(), "is defined in another way"))
        }
        _ => None,
    })
}

fn triggers(
    planner: &mut Planner<'_>,
    now: &Schema,
    changes: &[Change],
    work: &[Work<'_>],
) -> Result<(), Stop> {
    let mut dropped = Names::default();
    for (object, name, words) in taken(changes) {
        let goes = now.trigger(name).is_some_and(|it| {
            now.table(&it.table).is_some() && planner.to.table(&it.table).is_none()
        });
        if object == Object::Trigger && !goes && dropped.insert(name) {
            planner.step(
                Cost::Instant,
                format!("trigger `{name}` {words}"),
                format!("DROP TRIGGER {}", super::planner::name(name)),
            )?;
        }
    }
    for work in work {
        let Way::InPlace(ops) = &work.way else { continue };
        let columns: Vec<&str> = in_place::written(ops).collect();
        let fires = |it: &Trigger| columns.iter().any(|column| is_fired_by_update(it, column));
        silence_those(planner, &work.new.name, fires)?;
    }
    Ok(())
}

/// Whether `UPDATE t SET column = …` fires a trigger: SQLite compares the names, and nothing else. See
/// <https://www.sqlite.org/lang_createtrigger.html>.
fn is_fired_by_update(trigger: &Trigger, column: &str) -> bool {
    let mut tokens = Tokens::new(trigger.sql.text());
    tokens.eat(&["create"]);
    tokens.eat(&["trigger"]);
    tokens.eat(&["if", "not", "exists"]);
    tokens.name();
    let _ = tokens.eat(&["before"]) || tokens.eat(&["after"]) || tokens.eat(&["instead", "of"]);
    if tokens.is("insert") || tokens.is("delete") {
        return false;
    }
    if !tokens.eat(&["update", "of"]) {
        return true;
    }
    while let Some(name) = tokens.name() {
        if same_name(&name, column) {
            return true;
        }
        if !tokens.eat(&[","]) {
            break;
        }
    }
    false
}

/// The triggers of a table whose rows are about to be written by the migration, and by nobody who uses it.
pub(super) fn silence(planner: &mut Planner<'_>, table: &str) -> Result<(), Stop> {
    silence_those(planner, table, |_| true)
}

fn silence_those(
    planner: &mut Planner<'_>,
    table: &str,
    fires: impl Fn(&Trigger) -> bool,
) -> Result<(), Stop> {
    let now = planner.now()?;
    for trigger in now.triggers_of(table).filter(|it| fires(it)) {
        let reason = format!("triggers of `{table}` must not fire, and come back at the end");
        let sql = format!("DROP TRIGGER {}", name(&trigger.name));
        planner.step(Cost::Instant, reason, sql)?;
    }
    Ok(())
}

/// The indexes that are missing, of some tables.
pub(super) fn create_indexes(
    planner: &mut Planner<'_>,
    of: impl Fn(&Index) -> bool,
) -> Result<(), Stop> {
    let (now, to) = (planner.now()?, planner.to);
    for index in &to.indexes {
        if now.index(&index.name).is_none() && now.table(&index.table).is_some() && of(index) {
            planner.step(
                Cost::Scan,
                format!("create index `{}`", index.name),
                index.sql.clone(),
            )?;
        }
    }
    Ok(())
}

pub(super) fn create_views_and_triggers(planner: &mut Planner<'_>) -> Result<(), Stop> {
    let (now, to) = (planner.now()?, planner.to);
    for view in to.views.iter().filter(|it| now.view(&it.name).is_none()) {
        planner.step(
            Cost::Instant,
            format!("create view `{}`", view.name),
            view.sql.text(),
        )?;
    }
    for trigger in to
        .triggers
        .iter()
        .filter(|it| now.trigger(&it.name).is_none())
    {
        planner.step(
            Cost::Instant,
            format!("create trigger `{}`", trigger.name),
            trigger.sql.text(),
        )?;
    }
    Ok(())
}
