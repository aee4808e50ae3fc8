//! From two schemas to the steps between them.
//!
//! Every step is executed on a scratch database as soon as it is planned, and what is there afterwards decides the next:
//! what was dropped along with a table is missing, and is made again. See <https://www.sqlite.org/lang_altertable.html>.

mod archive;
mod down;
mod fts;
mod in_place;
mod kept;
mod objects;
mod planner;
mod questions;
mod rebuild;
mod renamed;
mod renames;
mod tables;
mod undone;
mod values;
mod wrangler;

pub use self::archive::{archives_of, proved_keeping};
pub use self::down::down;
pub(crate) use self::down::hints_back;
use self::planner::{Planner, Stop};
pub use self::renamed::renamed;
pub(crate) use self::undone::{By, converted, not_undone, undone};
use crate::diff::{Change, Object, diff};
use crate::plan::{Hints, Plan, PlanError, Target};
use crate::schema::{Schema, same_name};

/// The steps that lead from one schema to another, the cheapest that are safe where the target runs them.
///
/// ```
/// use tablature::plan::{Hints, Target};
/// use tablature::{Connection, inspect, migrations::Runner};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let from = Connection::open_in_memory()?;
/// from.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY)")?;
/// let to = Connection::open_in_memory()?;
/// to.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)")?;
/// let plan = tablature::plan::plan(&inspect(&from)?, &inspect(&to)?, &Hints::default(), Target::new(Runner::Sqlx))?;
/// assert_eq!(plan.steps[0].sql, "ALTER TABLE posts ADD COLUMN title TEXT");
/// # Ok(())
/// # }
/// ```
pub fn plan(from: &Schema, to: &Schema, hints: &Hints, target: Target) -> Result<Plan, PlanError> {
    plan_from(Level::Least, from, to, hints, target)
}

/// The same, without the ways below a level: those that have failed on rows.
pub(crate) fn plan_from(
    level: Level,
    from: &Schema,
    to: &Schema,
    hints: &Hints,
    target: Target,
) -> Result<Plan, PlanError> {
    let mut reason = String::new();
    for level in Level::ALL.into_iter().filter(|it| *it >= level) {
        match attempt(from, to, hints, target, level) {
            Ok(plan) => return Ok(plan),
            Err(Stop::Error(error)) => return Err(error),
            // The first way is the natural one: its failure says the most.
            Err(Stop::Failed(why)) if reason.is_empty() => reason = why,
            Err(Stop::Failed(_)) => {}
        }
    }
    Err(PlanError::Unreached { reason })
}

/// How much is taken down before the tables change. Each level is tried when the one before does not run, or does not
/// reach the schema: a broken view stops every `DROP COLUMN`, for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// Only what changes.
    Least,
    /// All views and triggers.
    Dependants,
    /// These, and tables are rebuilt that might have been altered.
    Rebuild,
    /// These, and rows are copied aside, so that no table has to change its name.
    Aside,
}

impl Level {
    pub(crate) const ALL: [Self; 4] = [Self::Least, Self::Dependants, Self::Rebuild, Self::Aside];
}

fn attempt(
    from: &Schema,
    to: &Schema,
    hints: &Hints,
    target: Target,
    level: Level,
) -> Result<Plan, Stop> {
    let mut planner = Planner::new(from, to, hints, target, level)?;
    if level >= Level::Dependants {
        objects::drop_dependants(&mut planner)?;
    }
    let renames = renames::run(&mut planner)?;
    let now = planner.now()?;
    let differences = diff(&now, to);
    let hazards = questions::ask(&planner, &now, &differences)?;
    run(&mut planner, &now, &differences)?;

    let reached = planner.now()?;
    let left = diff(&reached, to);
    if let Some(change) = left.first() {
        return Err(Stop::Failed(format!("at the end {change}")));
    }
    let kept = kept::kept(&planner, &now);
    let mut changes = renames;
    let differences = differences
        .into_iter()
        .filter(|it| !only_taken_down(it, from, to));
    changes.extend(differences.filter_map(|it| planner.as_written(it)));
    Ok(Plan {
        changes,
        steps: planner.into_steps(),
        hazards,
        kept,
    })
}

fn run<'a>(planner: &mut Planner<'a>, now: &'a Schema, changes: &[Change]) -> Result<(), Stop> {
    let work = tables::decide(planner, now, changes);
    let group = rebuild::Group::new(planner, now, &work);
    objects::drop_changed(planner, now, changes, &work, &group)?;
    if !group.renames_parents(planner) {
        tables::create(planner)?;
    }
    in_place::run(planner, &group, &work)?;
    objects::create_indexes(planner, |index| !group.contains(&index.table))?;
    group.run(planner, now)?;
    tables::create(planner)?;
    tables::follow(planner, now)?;
    tables::drop_gone(planner)?;
    objects::create_indexes(planner, |_| true)?;
    fts::create(planner, now)?;
    objects::create_views_and_triggers(planner)
}

/// A view or trigger that is made again as it was.
fn only_taken_down(change: &Change, from: &Schema, to: &Schema) -> bool {
    let Change::Create(object, name) = change else {
        return false;
    };
    let text = |schema: &Schema| match object {
        Object::View => schema.view(name).map(|it| it.sql.clone()),
        Object::Trigger => schema.trigger(name).map(|it| it.sql.clone()),
        _ => None,
    };
    text(from).is_some_and(|before| text(to).is_some_and(|after| before == after))
}

/// A set of names that does not look at their case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names(Vec<String>);

impl Names {
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|it| same_name(it, name))
    }

    /// Whether it was not there yet.
    pub(crate) fn insert(&mut self, name: &str) -> bool {
        let new = !self.contains(name);
        if new {
            self.0.push(name.to_owned());
        }
        new
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}
