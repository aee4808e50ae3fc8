use crate::answer::{example, flags};
use crate::arguments::HintArguments;
use crate::failure::Failure;
use anstyle::{AnsiColor, Style};
use std::io::{IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use tablature::Progress;
use tablature::plan::{Code, Hazard};

pub(crate) const HEADING: Style = Style::new().bold();
pub(crate) const WRONG: Style = AnsiColor::Red.on_default().bold();
pub(crate) const ADVICE: Style = AnsiColor::Cyan.on_default().bold();
pub(crate) const CAREFUL: Style = AnsiColor::Yellow.on_default();

/// Whether somebody is there to answer.
pub(crate) fn answers() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Prints to where the output is read, byte for byte: SQL and reports for programs.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    std::io::stdout()
        .write_all(text.as_bytes())
        .map_err(Failure::error)
}

/// Prints for people. Colours are taken out where there is no terminal, or where `NO_COLOR` is set.
pub(crate) fn show(text: &str) -> Result<(), Failure> {
    anstream::stdout()
        .write_all(text.as_bytes())
        .map_err(Failure::error)
}

/// Prints what is wrong. There is nowhere left to say that this failed.
pub(crate) fn complain(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// A line that stands on the terminal while it is waited for.
pub(crate) struct Waiting(bool);

pub(crate) fn waiting(text: &str) -> Waiting {
    let mut stderr = std::io::stderr();
    let shown = stderr.is_terminal();
    if shown {
        let _ = write!(stderr, "{text} …").and_then(|()| stderr.flush());
    }
    Waiting(shown)
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if self.0 {
            // Back to the start of the line, and away with it.
            let _ = std::io::stderr().write_all(b"\r\x1b[2K");
        }
    }
}

/// A line that says how far migrations are, where it can be seen.
pub(crate) fn progress() -> impl Fn(&Progress) -> ControlFlow<()> + Send + Sync + 'static {
    let line = std::io::stderr().is_terminal().then(|| Waiting(true));
    move |now| {
        if line.is_some() {
            let Progress {
                stem,
                statement,
                statements,
                rows,
                ..
            } = now;
            let rows = match now.of {
                Some(all) if all > 0 => format!(", {rows} of {all} rows"),
                _ if *rows > 0 => format!(", {rows} rows"),
                _ => String::new(),
            };
            let line = format!("\r\x1b[2K{stem}: statement {statement} of {statements}{rows}");
            let mut stderr = std::io::stderr();
            let _ = stderr
                .write_all(line.as_bytes())
                .and_then(|()| stderr.flush());
        }
        ControlFlow::Continue(())
    }
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
            (Code::NoValue | Code::NotNull | Code::NoConversion, [value_of, ..]) => {
                let value = question(&format!("{}: which value (SQL)?", hazard.reason));
                !value.is_empty() && give(hints, &value_of.replace('…', &value))
            }
            (Code::Conversion, [using, allow]) => {
                let example = example(&hazard.fix).map(|it| format!(": {it}"));
                let choice = format!("[y/n, or how, in SQL{}]", example.unwrap_or_default());
                match question(&format!("{}: agreed? {choice}", hazard.reason)).as_str() {
                    "y" | "yes" => give(hints, allow),
                    "" | "n" | "no" => false,
                    value => give(hints, &using.replace('…', value)),
                }
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
        "--using" => &mut hints.using,
        "--allow" => &mut hints.allow,
        _ => return false,
    };
    list.push(value.to_owned());
    true
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
