use crate::arguments::{Check, HintArguments};
use crate::failure::Failure;
use crate::generate::{print_json, recorded_text};
use crate::history;
use crate::next::schema_after;
use crate::project::Project;
use crate::terminal::print;
use serde_json::json;
use tablature::diff::{Change, diff};
use tablature::migrations::{Migration, checksum};
use tablature::plan::{Hints, PlanError, plan, prove_scripts};

/// Everything that has to hold of the migrations of a crate; each finding is told.
pub(crate) fn run(command: &Check) -> Result<(), Failure> {
    let project = Project::load(&command.package)?;
    let mut findings = Vec::new();
    recorded(&project, &mut findings);
    drift(&project, &mut findings)?;
    let rows = proofs(&project, &mut findings)?;
    if let Some(branch) = &command.base {
        base(&project, branch, &mut findings)?;
    }
    if command.json {
        print_json(&json!({
            "status": if findings.is_empty() { "ok" } else { "failed" },
            "migrations": project.migrations.len(),
            "rows": rows,
            "findings": findings,
            "safe_to_deploy": findings.is_empty(),
        }))?;
    }
    if findings.is_empty() {
        let proved = format!(
            "{} migrations lead to the structs; each was proved up, down and up again, on {rows} witness rows in all\n",
            project.migrations.len()
        );
        return if command.json { Ok(()) } else { print(&proved) };
    }
    Err(Failure::Found(if command.json {
        String::new()
    } else {
        findings.join("\n")
    }))
}

fn recorded(project: &Project, findings: &mut Vec<String>) {
    let Some(found) = &project.recorded else {
        findings.push("there is no schema.sql; run `cargo tablature generate`".to_owned());
        return;
    };
    let listed = |stem: &str| {
        let line = found.lines().find_map(|line| {
            line.strip_prefix("-- migration ")?
                .strip_prefix(stem)?
                .strip_prefix(' ')
        });
        line.map(str::to_owned)
    };
    for migration in &project.migrations {
        let now = migration.checksum();
        if let Some(then) = listed(&migration.stem).filter(|then| *then != now) {
            findings.push(format!(
                "`{}` was changed after schema.sql was written: its checksum is {now}, schema.sql has {then}; restore the file, or run `cargo tablature generate` if it was applied nowhere",
                project.shown(&migration.up_path)
            ));
        }
    }
    if findings.is_empty() && *found != recorded_text(project) {
        findings
            .push("schema.sql is not what `cargo tablature generate` writes; run it".to_owned());
    }
}

/// What the migrations have made besides the structs' tables is the user's own.
fn drift(project: &Project, findings: &mut Vec<String>) -> Result<(), Failure> {
    let migrated = match schema_after(&project.migrations, project.dump.runner) {
        Ok(schema) => schema,
        Err(Failure::Error(message)) => {
            findings.push(message);
            return Ok(());
        }
        Err(other) => return Err(other),
    };
    let changes = diff(&migrated, &project.structs()?);
    for change in changes.iter().filter(|it| !matches!(it, Change::Drop(..))) {
        findings.push(format!("the structs differ from what the migrations lead to: {change}; run `cargo tablature generate`"));
    }
    Ok(())
}

fn proofs(project: &Project, findings: &mut Vec<String>) -> Result<usize, Failure> {
    let target = project.target()?;
    let mut rows = 0;
    for (at, migration) in project.migrations.iter().enumerate() {
        let schemas = schema_after(&project.migrations[..at], target.runner).and_then(|from| {
            Ok((
                from,
                schema_after(&project.migrations[..=at], target.runner)?,
            ))
        });
        // A file that does not run has been told already.
        let Ok((from, to)) = schemas else { break };
        let file = project.shown(&migration.up_path);
        let mut hints = Hints::default();
        if let Err(error) = HintArguments::of_comments(&migration.up).read(&mut hints) {
            findings.push(format!("{file}: {error}"));
            continue;
        }
        match plan(&from, &to, &hints, target) {
            Err(PlanError::Refused(hazards)) => {
                for hazard in hazards {
                    let comment = hazard
                        .fix
                        .split("--allow ")
                        .nth(1)
                        .and_then(|it| it.split('`').next());
                    let fix = comment
                        .map(|it| {
                            format!(
                                "; if that is meant, write `-- tablature: allow {it}` in the file"
                            )
                        })
                        .unwrap_or_default();
                    findings.push(format!(
                        "{file}: {}: {}{fix}",
                        hazard.code.code(),
                        hazard.reason
                    ));
                }
            }
            // There may be no plan for what a hand has written; it is judged by what it does.
            Ok(_) | Err(_) => {}
        }
        match prove_scripts(
            (&from, &to),
            &migration.up,
            migration.down.as_deref(),
            &hints,
            target,
        ) {
            Ok(proof) => rows += proof.rows,
            Err(error) => findings.push(format!("{file}: {error}")),
        }
    }
    Ok(rows)
}

/// What is on the base branch may have been applied: it stays as it is, and new numbers come after it.
fn base(project: &Project, branch: &str, findings: &mut Vec<String>) -> Result<(), Failure> {
    let Some(names) = history::names_on(&project.folder, branch) else {
        return Err(Failure::Error(format!(
            "cannot read the migrations on `{branch}`; is it a branch of this repository?"
        )));
    };
    let mut newest: Option<&Migration> = None;
    for name in names
        .iter()
        .filter(|it| it.ends_with(".sql") && !it.ends_with(".down.sql"))
    {
        let path = project.folder.join(name);
        let Some(theirs) = history::text_on(&path, branch) else {
            continue;
        };
        match project.migrations.iter().find(|it| it.up_path == path) {
            None => findings.push(format!(
                "`{name}` is on `{branch}` and not here; restore it"
            )),
            Some(ours) => {
                newest = newest.max_by_version(ours);
                let (theirs, found) = (checksum(&theirs), ours.checksum());
                if theirs != found {
                    findings.push(format!("`{name}` is another than on `{branch}`: its checksum is {found}, there it is {theirs}; restore it, and make a new migration for the change"));
                }
            }
        }
    }
    for migration in &project.migrations {
        let new = !names
            .iter()
            .any(|name| project.folder.join(name) == migration.up_path);
        if let Some(newest) = newest.filter(|newest| new && migration.version < newest.version) {
            findings.push(format!("`{}` is new and comes before `{}`, which is on `{branch}`; give it a number after it", migration.stem, newest.stem));
        }
    }
    Ok(())
}

trait Newest<'a> {
    fn max_by_version(self, other: &'a Migration) -> Option<&'a Migration>;
}

impl<'a> Newest<'a> for Option<&'a Migration> {
    fn max_by_version(self, other: &'a Migration) -> Option<&'a Migration> {
        match self {
            Some(newest) if newest.version >= other.version => Some(newest),
            _ => Some(other),
        }
    }
}
