mod base;

use crate::answer;
use crate::arguments::Check;
use crate::calls::Calls;
use crate::failure::Failure;
use crate::generate::{print_json, recorded_text};
use crate::next::schema_after;
use crate::project::Project;
use crate::report::on_rows;
use crate::statements::judge;
use crate::terminal::{show, waiting};
use serde_json::json;
use std::fmt::Write as _;
use tablature::diff::{Change, diff};
use tablature::inspect;
use tablature::migrations::{replay, without_histories};
use tablature::plan::{Hazard, Hints, PlanError, plan, prove_scripts};

/// Everything that has to hold of the migrations of a crate; each finding is told.
pub(crate) fn run(command: &Check) -> Result<(), Failure> {
    let project = Project::load(&command.package)?;
    let mut findings = changed(&project);
    drift(&project, &mut findings)?;
    if findings.is_empty() {
        findings.extend(recorded(&project));
    }
    let proving = waiting("proving the migrations");
    let proofs = proofs(&project, &mut findings)?;
    drop(proving);
    if let Some(branch) = &command.base {
        base::compare(&project, branch, &mut findings)?;
    }
    let calls = Calls::of(&project)?;
    let judged = match judge(&project, &calls, |_| Ok(())) {
        Ok(judged) => Some(judged),
        // Where the migrations do not run, that is the finding.
        Err(_) if !findings.is_empty() => None,
        Err(failure) => return Err(failure),
    };
    for marked in judged.iter().flat_map(|it| &it.marked) {
        findings.push(if command.json {
            marked.line()
        } else {
            marked.shown.clone()
        });
    }
    if command.json {
        print_json(&json!({
            "status": if findings.is_empty() { "ok" } else { "failed" },
            "migrations": project.migrations.len(),
            "rows": proofs.rows,
            "unfilled": proofs.unfilled,
            "unproved": proofs.unproved,
            "statements": judged.as_ref().map(|it| it.json(&calls)),
            "findings": findings,
            "safe_to_deploy": findings.is_empty(),
        }))?;
    }
    let statements = judged.map(|it| it.text(&calls, command.list));
    let statements = statements.unwrap_or_default();
    match findings.is_empty() {
        true if command.json => Ok(()),
        true => show(&format!("{}{statements}", proofs.text(&project))),
        false if command.json => Err(Failure::Found(Vec::new())),
        false => {
            show(&statements)?;
            Err(Failure::Found(findings))
        }
    }
}

/// What all proofs together have shown.
#[derive(Default)]
struct Proofs {
    rows: usize,
    unfilled: Vec<String>,
    /// The files that say that they cannot be proved.
    unproved: Vec<String>,
}

impl Proofs {
    fn text(&self, project: &Project) -> String {
        let proved = match project.migrations.len() {
            0 => return "no migrations, and no structs that need any\n".to_owned(),
            1 => "1 migration leads to the structs; proved".to_owned(),
            count => format!("{count} migrations lead to the structs; each was proved"),
        };
        let mut text = format!("{proved} up, down and up again, {}\n", on_rows(self.rows));
        for migration in project.migrations.iter().filter(|it| it.down.is_none()) {
            let stem = &migration.stem;
            let _ = writeln!(text, "  up alone: `{stem}` has no way back");
        }
        for file in &self.unproved {
            let _ = writeln!(text, "  not at all: `{file}` says that it cannot be proved");
        }
        for unfilled in &self.unfilled {
            let _ = writeln!(text, "  without rows: {unfilled}");
        }
        text
    }
}

/// The migrations that are others than `schema.sql` has recorded.
fn changed(project: &Project) -> Vec<String> {
    let changed = project.changed().map(|migration| {
        format!(
            "`{}` was changed after schema.sql was written; restore the file, or run `cargo tablature generate` if no database has had it yet",
            project.shown(&migration.up_path)
        )
    });
    changed.collect()
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
    let mut structs = project.structs()?;
    structs.take_over(&migrated, |_, _| true);
    let changes = diff(&migrated, &structs);
    for change in changes.iter().filter(|it| !matches!(it, Change::Drop(..))) {
        findings.push(format!("the structs differ from what the migrations lead to: {change}; run `cargo tablature generate`"));
    }
    Ok(())
}

fn proofs(project: &Project, findings: &mut Vec<String>) -> Result<Proofs, Failure> {
    let target = project.target()?;
    let mut proofs = Proofs::default();
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
            proofs.unproved.push(file);
            continue;
        }
        let down = migration.down.as_deref();
        match prove_scripts((&from, &to), &migration.up, down, &hints, target) {
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

/// What the file does not own up to: a loss, or values that become others. A plan tells it, and the file may do otherwise.
fn told(file: &str, hazard: &Hazard) -> String {
    let comments = answer::flags(&hazard.fix);
    let comment = |flag: &str| {
        let said = comments.iter().find_map(|it| it.strip_prefix(flag));
        said.map(|it| format!("`-- tablature: {}{it}`", flag.trim_start_matches('-')))
    };
    let fix = match (comment("--using "), comment("--allow ")) {
        (Some(using), Some(allow)) => format!(
            "; write {using} in the file where it does otherwise, or {allow} if that is meant"
        ),
        (Some(using), None) => format!("; write {using} in the file, with what it does"),
        (None, Some(allow)) => format!("; if that is meant, write {allow} in the file"),
        (None, None) => String::new(),
    };
    format!("`{file}`: {}: {}{fix}", hazard.code.code(), hazard.reason)
}
