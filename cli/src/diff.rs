use crate::arguments::{Diff, Direction};
use crate::failure::Failure;
use crate::generate::{print_json, refused};
use crate::next::foreign;
use crate::project::Project;
use crate::report::{self, Report};
use crate::source;
use crate::terminal::{print, show};
use crate::told::told;
use tablature::plan::{PlanError, ProofError, proved};

/// The plan from one schema to another, proved; or its SQL alone.
pub(crate) fn run(command: &Diff) -> Result<(), Failure> {
    let from = source::schema(&command.from, &command.package)?;
    let mut to = source::schema(&command.to, &command.package)?;
    let hints = command.hints.hints()?;
    if command.to == source::STRUCTS {
        // What no struct ever said is the user's own, as for `generate`.
        let project = Project::load(&command.package)?;
        let said = foreign::said(project.recorded.as_deref())?;
        to = foreign::keep(&from, to, &said, &hints, command.target.target())?;
    }
    let proved = match proved(&from, &to, &hints, command.target.target()) {
        Ok(proved) => proved,
        Err(ProofError::Plan(PlanError::Refused(hazards))) => {
            return Err(refused(hazards, &to, command.json));
        }
        Err(error) => return Err(error.into()),
    };
    match command.print {
        Some(Direction::Up) => print(&proved.up.script()),
        Some(Direction::Down) => print(&proved.down.map_err(Failure::Refused)?.script()),
        None if command.json => {
            let report = Report::of(
                &proved.up,
                &to,
                &proved.proof,
                proved.down.as_ref().map(drop),
            );
            print_json(&report)
        }
        None if proved.up.is_empty() => print("no changes\n"),
        None => {
            let told = told(&proved.up.changes, &from, &to);
            show(&report::text(&told, &proved))
        }
    }
}
