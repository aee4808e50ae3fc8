use crate::arguments::HintArguments;
use crate::failure::Failure;
use std::io::{IsTerminal as _, Write as _};
use tablature::plan::{Code, Hazard};

/// Whether somebody is there to answer.
pub(crate) fn answers() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Prints to where the output is read.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    std::io::stdout()
        .write_all(text.as_bytes())
        .map_err(Failure::error)
}

/// Asks what only the author of a change knows. False when an answer is left out, or is no.
pub(crate) fn ask(hazards: &[Hazard], hints: &mut HintArguments) -> bool {
    hazards.iter().all(|hazard| {
        let flags = flags(&hazard.fix);
        match (hazard.code, flags.as_slice()) {
            (Code::Rename, [rename, allow]) => {
                match question(&format!("{}: renamed? [y/n]", hazard.reason)).as_str() {
                    "y" | "yes" => give(hints, rename),
                    "n" | "no" => confirm("drop it with its values? [y/n]") && give(hints, allow),
                    _ => false,
                }
            }
            (Code::NoValue, [backfill, ..]) => {
                let value = question(&format!("{}: which value (SQL)?", hazard.reason));
                !value.is_empty() && give(hints, &backfill.replace('…', &value))
            }
            (_, [allow]) => {
                confirm(&format!("{}: agreed? [y/n]", hazard.reason)) && give(hints, allow)
            }
            _ => false,
        }
    })
}

fn give(hints: &mut HintArguments, flag: &str) -> bool {
    let Some((name, value)) = flag.split_once(' ') else {
        return false;
    };
    let list = match name {
        "--rename" => &mut hints.rename,
        "--backfill" => &mut hints.backfill,
        "--allow" => &mut hints.allow,
        _ => return false,
    };
    list.push(value.to_owned());
    true
}

/// The flags that a hazard's advice names: `` `--allow drop:posts` ``.
pub(crate) fn flags(fix: &str) -> Vec<String> {
    let quoted = fix.split('`').skip(1).step_by(2);
    quoted
        .filter(|it| it.starts_with("--"))
        .map(str::to_owned)
        .collect()
}

fn confirm(text: &str) -> bool {
    matches!(question(text).as_str(), "y" | "yes")
}

fn question(text: &str) -> String {
    let mut stderr = std::io::stderr();
    let asked = write!(stderr, "{text} ").and_then(|()| stderr.flush());
    let mut answer = String::new();
    match asked.and_then(|()| std::io::stdin().read_line(&mut answer).map(drop)) {
        Ok(()) => answer.trim().to_owned(),
        Err(_) => String::new(),
    }
}
