mod files;

use crate::arguments::Generate;
use crate::failure::Failure;
use crate::next::{Next, Way};
use crate::project::Project;
use crate::report::{self, MigrationReport, Report};
use crate::terminal;
use tablature::migrations::Migration;
use tablature::plan::{Hazard, PlanError, ProofError};

pub(crate) use files::put as write_file;

/// Replay, inspect, diff, ask, plan, prove, write.
pub(crate) fn run(command: &Generate) -> Result<(), Failure> {
    let project = Project::load(&command.package)?;
    let base = base(&project, command.amend)?;
    let mut hints = command.hints.clone();
    let found = loop {
        let way = Way::of(&project, base, &hints)?;
        match plan(way, base, command) {
            Ok(found) => break found,
            Err(ProofError::Plan(PlanError::Refused(hazards))) => {
                let answered =
                    !command.json && terminal::answers() && terminal::ask(&hazards, &mut hints);
                if !answered {
                    return Err(refused(&hazards, command.json));
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
    for next in &found {
        terminal::print(&format!(
            "{:04} {}\n{}",
            next.version,
            next.name,
            report::text(next)
        ))?;
    }
    for path in written {
        terminal::print(&format!("wrote {path}\n"))?;
    }
    Ok(())
}

/// The migrations that stay as they are.
fn base(project: &Project, amend: bool) -> Result<&[Migration], Failure> {
    match project.migrations.split_last() {
        Some((newest, before)) if amend => {
            if let Some(branch) = crate::history::is_on_main(&newest.up_path) {
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

/// Nothing was written; the flags that would answer, ready to paste.
fn refused(hazards: &[Hazard], json: bool) -> Failure {
    if json && let Err(failure) = print_json(&Report::refused(hazards)) {
        return failure;
    }
    let mut lines: Vec<String> = hazards.iter().map(ToString::to_string).collect();
    let answers: Vec<String> = hazards
        .iter()
        .filter_map(|it| terminal::flags(&it.fix).into_iter().next())
        .collect();
    if !answers.is_empty() {
        let flags: Vec<String> = answers.iter().map(|it| quoted(it)).collect();
        lines.push(format!(
            "nothing was written; for example: cargo tablature generate {}",
            flags.join(" ")
        ));
    }
    Failure::Refused(lines.join("\n"))
}

/// A flag as a shell takes it.
fn quoted(flag: &str) -> String {
    let Some((name, value)) = flag.split_once(' ') else {
        return flag.to_owned();
    };
    let plain = value
        .chars()
        .all(|it| it.is_ascii_alphanumeric() || "._:=-".contains(it));
    if plain {
        flag.to_owned()
    } else {
        format!("{name} '{}'", value.replace('\'', r"'\''"))
    }
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
