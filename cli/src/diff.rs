use crate::arguments::{Diff, Direction};
use crate::failure::Failure;
use crate::generate::print_json;
use crate::report::{self, Report};
use crate::source;
use crate::terminal::print;
use tablature::plan::{Hints, PlanError, ProofError, proved};

/// The plan from one schema to another, proved; or its SQL alone.
pub(crate) fn run(command: &Diff) -> Result<(), Failure> {
    let from = source::schema(&command.from, &command.package)?;
    let to = source::schema(&command.to, &command.package)?;
    let mut hints = Hints::default();
    command.hints.read(&mut hints)?;
    let proved = match proved(&from, &to, &hints, command.target.target()) {
        Ok(proved) => proved,
        Err(error) => {
            if let (true, ProofError::Plan(PlanError::Refused(hazards))) = (command.json, &error) {
                print_json(&Report::refused(hazards))?;
            }
            return Err(error.into());
        }
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
            let mut text = String::new();
            report::plan(&mut text, &proved.up, &proved.proof);
            if let Err(reason) = &proved.down {
                text.push_str(&format!("no way back: {reason}\n"));
            }
            print(&text)
        }
    }
}
