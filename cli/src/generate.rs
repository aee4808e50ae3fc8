mod files;

use crate::answer;
use crate::arguments::Generate;
use crate::failure::Failure;
use crate::history;
use crate::next::{Next, Way};
use crate::project::Project;
use crate::report::{self, MigrationReport, Report};
use crate::terminal::{self, HEADING};
use tablature::migrations::{Migration, checksum};
use tablature::plan::{Code, Hazard, PlanError, ProofError};
use tablature::schema::Schema;

pub(crate) use files::put as write_file;

/// Replay, inspect, diff, ask, plan, prove, write.
pub(crate) fn run(command: &Generate) -> Result<(), Failure> {
    let project = Project::load(&command.package)?;
    unchanged(&project)?;
    complete(&project)?;
    let base = base(&project, command.amend)?;
    let mut hints = command.hints.clone();
    let found = loop {
        let way = Way::of(&project, base, &hints)?;
        let to = way.to.clone();
        let proving = terminal::waiting("proving the migration");
        let planned = plan(way, base, command);
        drop(proving);
        let planned = match planned {
            Ok(found) => match unanswered(&found, &hints.allow) {
                open if open.is_empty() => break found,
                open => Err(ProofError::Plan(PlanError::Refused(open))),
            },
            other => other,
        };
        match planned {
            Ok(found) => break found,
            Err(ProofError::Plan(PlanError::Refused(hazards))) => {
                let answered =
                    !command.json && terminal::answers() && terminal::ask(&hazards, &mut hints);
                if !answered {
                    return Err(refused(hazards, &to, command.json));
                }
            }
            Err(error) => return Err(error.into()),
        }
    };
    if found.is_empty() {
        return nothing(&project, base, command);
    }
    let written = if command.dry_run {
        Vec::new()
    } else {
        files::write(&project, base, &found, command.amend)?
    };
    if command.json {
        return json(&project, &found, command.dry_run);
    }
    tell(&found)?;
    for path in written {
        terminal::print(&format!("wrote {path}\n"))?;
    }
    Ok(())
}

/// What a plan lets fail, and its author may not have thought of: old rows whose value is NULL, or no longer allowed.
fn unanswered(found: &[Next], allowed: &[String]) -> Vec<Hazard> {
    let asks = |hazard: &&Hazard| matches!(hazard.code, Code::NotNull | Code::ListedValues);
    let is_allowed = |code: &str| {
        allowed
            .iter()
            .any(|it| it.eq_ignore_ascii_case(code) || it == "all")
    };
    let hazards = found.iter().flat_map(|next| &next.proved.up.hazards);
    let open = hazards
        .filter(asks)
        .filter(|it| !is_allowed(it.code.code()));
    open.map(|hazard| {
        let fix = format!(
            "{}, or let the migration fail there with `--allow {}`",
            hazard.fix,
            hazard.code.code()
        );
        Hazard::new(hazard.code, hazard.reason.clone(), fix)
    })
    .collect()
}

/// Each migration: its name, its changes and steps, and what was proved.
pub(crate) fn tell(found: &[Next]) -> Result<(), Failure> {
    found.iter().try_for_each(|next| {
        terminal::show(&format!(
            "{HEADING}{:04} {}{HEADING:#}\n{}",
            next.version,
            next.name,
            report::text(&next.told, &next.proved)
        ))
    })
}

/// What is on the main branch may have been applied: a migration behind a changed one would lead nowhere.
fn unchanged(project: &Project) -> Result<(), Failure> {
    for migration in project.changed() {
        let branch = history::is_on_main(&migration.up_path);
        let theirs = branch.and_then(|it| history::text_on(&migration.up_path, it));
        if let (Some(branch), Some(theirs)) = (branch, theirs)
            && checksum(&theirs) != migration.checksum()
        {
            return Err(Failure::Refused(format!(
                "`{}` is another than on `{branch}`, where others may have applied it; restore the file, and make a new migration for the change",
                project.shown(&migration.up_path)
            )));
        }
    }
    Ok(())
}

/// What the structs had said stands in `schema.sql`, as it was after its last migration.
fn complete(project: &Project) -> Result<(), Failure> {
    match project.missing() {
        None => Ok(()),
        Some(stem) => Err(Failure::Refused(format!(
            "`{}` lists the migration `{stem}`, whose file is not there; bring it back, and write it anew with `--amend`, or bring back `{}` from before it",
            project.shown(&project.recorded_path()),
            project.shown(&project.recorded_path())
        ))),
    }
}

/// The migrations that stay as they are.
fn base(project: &Project, amend: bool) -> Result<&[Migration], Failure> {
    match project.migrations.split_last() {
        Some((newest, before)) if amend => {
            if let Some(branch) = history::is_on_main(&newest.up_path) {
                return Err(Failure::Refused(format!(
                    "`{}` is on `{branch}`, where others may have applied it; leave out `--amend`, and a new migration is written",
                    newest.stem
                )));
            }
            Ok(before)
        }
        None if amend => Err(Failure::Refused(
            "there is no migration to write anew; leave out `--amend`".to_owned(),
        )),
        _ => Ok(&project.migrations),
    }
}

fn plan(way: Way, base: &[Migration], command: &Generate) -> Result<Vec<Next>, ProofError> {
    let name = command.name.as_deref();
    if !command.split {
        return Ok(Next::plan(way, base, name, command.keep)?
            .into_iter()
            .collect());
    }
    let mut existing = base.to_vec();
    let mut found = Vec::new();
    for way in way.split() {
        if let Some(next) = Next::plan(way, &existing, name, false)? {
            existing.push(Migration::new(next.version, &next.name, &next.up));
            found.push(next);
        }
    }
    Ok(found)
}

/// The migrations lead to the structs; `schema.sql` may still say it in another way.
fn nothing(project: &Project, base: &[Migration], command: &Generate) -> Result<(), Failure> {
    let text = files::record(project, base, &[]);
    let path = project.recorded_path();
    let fresh = project.recorded.as_deref() == Some(text.as_str());
    let dropped = if command.amend {
        files::remove(project, command.dry_run)?
    } else {
        None
    };
    if !fresh && !command.dry_run {
        files::write_recorded(project, &text)?;
    }
    if command.json {
        return print_json(&Report::nothing());
    }
    if let Some(stem) = dropped {
        terminal::print(&format!(
            "took away {stem}: the migrations before it lead to the structs\n"
        ))?;
    }
    if fresh {
        terminal::print("nothing to do: the migrations lead to the structs\n")
    } else {
        let wrote = if command.dry_run {
            "would write"
        } else {
            "wrote"
        };
        terminal::print(&format!(
            "no migration is needed; {wrote} {}\n",
            project.shown(&path)
        ))
    }
}

/// Nothing was written; the command that would answer, ready to paste.
pub(crate) fn refused(hazards: Vec<Hazard>, to: &Schema, json: bool) -> Failure {
    let answer = answer::command(&hazards, to);
    let report = Report::refused(&hazards, answer.as_deref());
    if json && let Err(failure) = print_json(&report) {
        return failure;
    }
    Failure::Hazards(hazards, answer)
}

fn json(project: &Project, found: &[Next], dry_run: bool) -> Result<(), Failure> {
    let reports = found.iter().map(|next| {
        let proved = &next.proved;
        let mut report = Report::of(
            &proved.up,
            &next.to,
            &proved.proof,
            proved.down.as_ref().map(drop),
        );
        let (up, down) = files::paths(project, next);
        report.status = if dry_run { "planned" } else { "written" };
        report.migration = Some(MigrationReport {
            version: next.version,
            name: next.name.clone(),
            up: project.shown(&up),
            down: next.down.as_ref().map(|_| project.shown(&down)),
        });
        report
    });
    let reports: Vec<Report> = reports.collect();
    match reports.as_slice() {
        [one] => print_json(one),
        all => print_json(&all),
    }
}

/// Writes new migrations behind all others.
pub(crate) fn write_all(project: &Project, found: &[Next]) -> Result<Vec<String>, Failure> {
    files::write(project, &project.migrations, found, false)
}

/// What `schema.sql` is to say now.
pub(crate) fn recorded_text(project: &Project) -> String {
    files::record(project, &project.migrations, &[])
}

/// What it is to say with other migrations.
pub(crate) fn recorded_with(project: &Project, migrations: &[Migration]) -> String {
    files::record(project, migrations, &[])
}

pub(crate) fn print_json(report: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(report).map_err(Failure::error)?;
    terminal::print(&format!("{text}\n"))
}
