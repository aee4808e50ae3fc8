mod base;

use crate::arguments::Check;
use crate::failure::Failure;
use crate::generate::{print_json, recorded_text};
use crate::next::schema_after;
use crate::project::Project;
use crate::terminal::print;
use serde_json::json;
use tablature::diff::{Change, diff};
use tablature::inspect;
use tablature::migrations::{replay, without_histories};
use tablature::plan::{Hazard, Hints, PlanError, plan, prove_scripts};

/// Everything that has to hold of the migrations of a crate; each finding is told.
pub(crate) fn run(command: &Check) -> Result<(), Failure> {
    let project = Project::load(&command.package)?;
    let mut findings = Vec::new();
    recorded(&project, &mut findings);
    drift(&project, &mut findings)?;
    let (rows, unproved) = proofs(&project, &mut findings)?;
    if let Some(branch) = &command.base {
        base::compare(&project, branch, &mut findings)?;
    }
    if command.json {
        print_json(&json!({
            "status": if findings.is_empty() { "ok" } else { "failed" },
            "migrations": project.migrations.len(),
            "rows": rows,
            "unproved": unproved,
            "findings": findings,
            "safe_to_deploy": findings.is_empty(),
        }))?;
    }
    if findings.is_empty() {
        let mut proved = format!(
            "{} migrations lead to the structs; each was proved up, down and up again, on {rows} witness rows in all\n",
            project.migrations.len()
        );
        for file in unproved {
            proved.push_str(&format!("{file} says that it cannot be proved\n"));
        }
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

/// How many witness rows there were, and which files are not shown any.
fn proofs(project: &Project, findings: &mut Vec<String>) -> Result<(usize, Vec<String>), Failure> {
    let target = project.target()?;
    let (mut rows, mut unproved) = (0, Vec::new());
    let db = tablature::plan::scratch().map_err(Failure::error)?;
    let now = || inspect(&db).map(without_histories).map_err(Failure::error);
    let mut to = now()?;
    for migration in &project.migrations {
        // A file that does not run has been told already.
        if replay(&db, target.runner, &migration.up).is_err() {
            break;
        }
        let from = std::mem::replace(&mut to, now()?);
        let file = project.shown(&migration.up_path);
        let hints = Hints::of_comments(&migration.up);
        // There may be no plan for what a hand has written; it is judged by what it does.
        if let Err(PlanError::Refused(hazards)) = plan(&from, &to, &hints, target) {
            findings.extend(hazards.iter().map(|hazard| told(&file, hazard)));
        }
        if hints.allows_by_name("unproved") {
            unproved.push(file);
            continue;
        }
        let down = migration.down.as_deref();
        match prove_scripts((&from, &to), &migration.up, down, &hints, target) {
            Ok(proof) => rows += proof.rows,
            Err(error) => findings.push(format!("{file}: {error}")),
        }
    }
    Ok((rows, unproved))
}

/// A loss that the file does not own up to.
fn told(file: &str, hazard: &Hazard) -> String {
    let agreement = hazard
        .fix
        .split("--allow ")
        .nth(1)
        .and_then(|it| it.split('`').next());
    let fix = agreement
        .map(|it| format!("; if that is meant, write `-- tablature: allow {it}` in the file"));
    let (code, reason) = (hazard.code.code(), &hazard.reason);
    format!("{file}: {code}: {reason}{}", fix.unwrap_or_default())
}
