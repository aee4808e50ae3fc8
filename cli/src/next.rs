pub(crate) mod foreign;
mod name;
mod split;
pub(crate) mod text;

use crate::arguments::HintArguments;
use crate::failure::Failure;
use crate::project::Project;
use crate::source;
use crate::told::told;
use std::time::SystemTime;
use tablature::diff::{Change, Object};
use tablature::migrations::{self, Migration, Runner};
use tablature::plan::{Hints, ProofError, Proved, Target, prove_scripts, proved, proved_keeping};
use tablature::schema::Schema;

/// A migration that has been proved, and is not written yet.
pub(crate) struct Next {
    pub(crate) version: i64,
    pub(crate) name: String,
    pub(crate) up: String,
    pub(crate) down: Option<String>,
    pub(crate) proved: Proved,
    pub(crate) told: Vec<Change>,
    pub(crate) to: Schema,
}

/// Where a migration starts and where it is to lead.
pub(crate) struct Way {
    pub(crate) from: Schema,
    pub(crate) to: Schema,
    pub(crate) target: Target,
    pub(crate) hints: HintArguments,
}

impl Way {
    /// From the migrations to the structs. What migrations have made that no struct ever said is the user's own, and stays.
    pub(crate) fn of(
        project: &Project,
        migrations: &[Migration],
        given: &HintArguments,
    ) -> Result<Self, Failure> {
        let from = schema_after(migrations, project.dump.runner)?;
        let structs = project.structs()?;
        let mut hints = given.clone();
        let attributes = project.attribute_hints(&from, &structs);
        hints.rename.extend(attributes.rename);
        hints.backfill.extend(attributes.backfill);
        hints.using.extend(attributes.using);
        let target = project.target()?;
        let mut read = Hints::default();
        hints.read(&mut read)?;
        let mut said = foreign::said(project.recorded.as_deref())?;
        // What the migration that is written anew has taken away is not the user's own; one that does not run tells nothing.
        if migrations.len() < project.migrations.len()
            && let Ok(after) = schema_after(&project.migrations, project.dump.runner)
        {
            said.take_over(&from, |object, name| !foreign::has(&after, object, name));
        }
        let to = foreign::keep(&from, structs, &said, &read, target)?;
        Ok(Self {
            from,
            to,
            target,
            hints,
        })
    }

    /// The way, in as many steps as tables change.
    pub(crate) fn split(self) -> Vec<Self> {
        split::split(self)
    }
}

impl Next {
    /// Plans and proves; none when there is nothing to do.
    pub(crate) fn plan(
        way: Way,
        existing: &[Migration],
        name: Option<&str>,
        keep: bool,
    ) -> Result<Option<Self>, ProofError> {
        let mut way = way;
        let hints = way.hints.hints();
        let hints = hints.map_err(|error| ProofError::Plan(error.into()))?;
        let proved = if keep {
            let (proved, reached) = proved_keeping(&way.from, &way.to, &hints, way.target)?;
            way.hints.allow.extend(drops(&proved.up.changes));
            way.to = reached;
            proved
        } else {
            proved(&way.from, &way.to, &hints, way.target)?
        };
        if proved.up.is_empty() {
            return Ok(None);
        }
        let runner = way.target.runner;
        let told = told(&proved.up.changes, &way.from, &way.to);
        let version = migrations::next_version(runner, existing, SystemTime::now());
        let name = name.map_or_else(|| name::suggest(&told, existing.is_empty()), name::clean);
        let up = text::up(&way, &told, &way.hints, &proved.up);
        let mut proved = proved;
        let plan = proved.down.as_ref().ok();
        let mut down = plan.map(|plan| text::down(&name, runner, plan));
        // What is written is what `check` will judge, comments and all.
        if let Err(error) = prove_files(&way, &up, down.as_deref()) {
            prove_files(&way, &up, None)?;
            down = None;
            proved.down = Err(error.to_string());
        }
        Ok(Some(Self {
            version,
            name,
            up,
            down,
            proved,
            told,
            to: way.to,
        }))
    }
}

fn prove_files(way: &Way, up: &str, down: Option<&str>) -> Result<(), ProofError> {
    let hints = Hints::of_comments(up);
    prove_scripts((&way.from, &way.to), up, down, &hints, way.target).map(drop)
}

/// The schema after migrations.
pub(crate) fn schema_after(migrations: &[Migration], runner: Runner) -> Result<Schema, Failure> {
    let db = source::replayed(migrations, runner)?;
    tablature::inspect(&db)
        .map_err(Failure::error)
        .map(migrations::without_histories)
}

/// The agreements to what is kept elsewhere.
fn drops(changes: &[Change]) -> Vec<String> {
    let drop = |change: &Change| match change {
        Change::Drop(Object::Table, table) => Some(format!("drop:{table}")),
        Change::DropColumn(table, column) => Some(format!("drop:{table}.{column}")),
        _ => None,
    };
    changes.iter().filter_map(drop).collect()
}
