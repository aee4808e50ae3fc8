use crate::arguments::{Check, HintArguments};
use crate::failure::Failure;
use crate::generate::{print_json, recorded_text};
use crate::history;
use crate::next::schema_after;
use crate::project::Project;
use crate::report::on_rows;
use crate::terminal::show;
use serde_json::json;
use tablature::diff::{Change, diff};
use tablature::migrations::{Migration, checksum};
use tablature::plan::{PlanError, plan, prove_scripts};

/// Everything that has to hold of the migrations of a crate; each finding is told.
pub(crate) fn run(command: &Check) -> Result<(), Failure> {
    let project = Project::load(&command.package)?;
    let mut findings = changed(&project);
    drift(&project, &mut findings)?;
    if findings.is_empty() {
        findings.extend(recorded(&project));
    }
    let proofs = proofs(&project, &mut findings)?;
    if let Some(branch) = &command.base {
        base(&project, branch, &mut findings)?;
    }
    if command.json {
        print_json(&json!({
            "status": if findings.is_empty() { "ok" } else { "failed" },
            "migrations": project.migrations.len(),
            "rows": proofs.rows,
            "unfilled": proofs.unfilled,
            "findings": findings,
            "safe_to_deploy": findings.is_empty(),
        }))?;
    }
    match findings.is_empty() {
        true if command.json => Ok(()),
        true => show(&proofs.text(&project)),
        false if command.json => Err(Failure::Found(Vec::new())),
        false => Err(Failure::Found(findings)),
    }
}

/// What all proofs together have shown.
#[derive(Default)]
struct Proofs {
    rows: usize,
    unfilled: Vec<String>,
}

impl Proofs {
    fn text(&self, project: &Project) -> String {
        let mut text = match project.migrations.len() {
            0 => return "no migrations, and no structs that need any\n".to_owned(),
            1 => "1 migration leads to the structs; proved".to_owned(),
            count => format!("{count} migrations lead to the structs; each was proved"),
        };
        text.push_str(&format!(" up, down and up again, {}\n", on_rows(self.rows)));
        for migration in project.migrations.iter().filter(|it| it.down.is_none()) {
            text.push_str(&format!(
                "  up alone: `{}` has no way back\n",
                migration.stem
            ));
        }
        for unfilled in &self.unfilled {
            text.push_str(&format!("  without rows: {unfilled}\n"));
        }
        text
    }
}

/// The migrations that are others than `schema.sql` has recorded.
fn changed(project: &Project) -> Vec<String> {
    let recorded = project.recorded.as_deref().unwrap_or_default();
    let listed = |stem: &str| {
        recorded.lines().find_map(|line| {
            line.strip_prefix("-- migration ")?
                .strip_prefix(stem)?
                .strip_prefix(' ')
        })
    };
    let mut findings = Vec::new();
    for migration in &project.migrations {
        let now = migration.checksum();
        if let Some(then) = listed(&migration.stem).filter(|then| *then != now) {
            findings.push(format!(
                "`{}` was changed after schema.sql was written: its checksum is {now}, schema.sql has {then}; restore the file, or run `cargo tablature generate` if no database has had it yet",
                project.shown(&migration.up_path)
            ));
        }
    }
    findings
}

/// Where nothing else is wrong, `schema.sql` says what is there.
fn recorded(project: &Project) -> Option<String> {
    match &project.recorded {
        None if project.migrations.is_empty() && project.dump.tables.is_empty() => None,
        None => Some("there is no schema.sql; run `cargo tablature generate`".to_owned()),
        Some(found) if *found == recorded_text(project) => None,
        Some(_) => {
            Some("schema.sql is not what `cargo tablature generate` writes; run it".to_owned())
        }
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

fn proofs(project: &Project, findings: &mut Vec<String>) -> Result<Proofs, Failure> {
    let target = project.target()?;
    let mut proofs = Proofs::default();
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
        let hints = match HintArguments::of_comments(&migration.up).over(&from, &to) {
            Ok(hints) => hints,
            Err(error) => {
                findings.push(format!("`{file}`: {error}"));
                continue;
            }
        };
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
                        "`{file}`: {}: {}{fix}",
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
            Ok(proof) => {
                proofs.rows += proof.rows;
                let unfilled = proof.unfilled.iter();
                proofs
                    .unfilled
                    .extend(unfilled.map(|it| format!("`{file}`: {it}")));
            }
            Err(error) => findings.push(format!("`{file}`: {error}")),
        }
    }
    Ok(proofs)
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
