use crate::arguments::{Diff, Direction};
use crate::failure::Failure;
use crate::source;
use std::io::Write as _;
use tablature::migrations::Runner;
use tablature::plan::{Hints, plan};

pub(crate) fn run(command: &Diff) -> Result<(), Failure> {
    let from = source::schema(&command.from)?;
    let to = source::schema(&command.to)?;
    let mut hints = Hints::default();
    command.hints.read(&mut hints)?;
    let target = command.target.target(Runner::Tablature, None);
    let plan = match command.print {
        Some(Direction::Down) => plan(&to, &from, &hints, target)?,
        _ => plan(&from, &to, &hints, target)?,
    };
    std::io::stdout()
        .write_all(plan.script().as_bytes())
        .map_err(Failure::error)
}
