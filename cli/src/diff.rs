use crate::arguments::{Diff, Direction};
use crate::failure::Failure;
use crate::source;
use std::io::Write as _;
use tablature::migrations::Runner;
use tablature::plan::{Hints, proved};

pub(crate) fn run(command: &Diff) -> Result<(), Failure> {
    let from = source::schema(&command.from)?;
    let to = source::schema(&command.to)?;
    let mut hints = Hints::default();
    command.hints.read(&mut hints)?;
    let target = command.target.target(Runner::Tablature, None);
    let proved = proved(&from, &to, &hints, target)?;
    let script = match command.print {
        Some(Direction::Down) => proved.down.map_err(Failure::Refused)?.script(),
        _ => proved.up.script(),
    };
    std::io::stdout()
        .write_all(script.as_bytes())
        .map_err(Failure::error)
}
