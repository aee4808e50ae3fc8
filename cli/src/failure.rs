use crate::terminal::{ADVICE, WRONG, complain};
use std::fmt::{Display, Write as _};
use std::process::ExitCode;
use tablature::MigrateError;
use tablature::migrations::State;
use tablature::plan::{BadHint, Hazard, PlanError, ProofError};

/// Why a command did not do what it was asked to.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something has to be answered first; nothing was written.
    Refused(String),
    /// The same, and the command line that would answer.
    Hazards(Vec<Hazard>, Option<String>),
    /// Something went wrong.
    Error(String),
    /// A check found something.
    Found(Vec<String>),
}

impl Failure {
    pub(crate) fn error(what: impl Display) -> Self {
        Self::Error(what.to_string())
    }

    /// 0: done; 1: a check found something, or an error; 2: refused.
    pub(crate) fn report(self) -> ExitCode {
        let mut text = String::new();
        let code = match self {
            Self::Refused(message) => {
                error(&mut text, &message);
                2
            }
            Self::Hazards(hazards, answer) => {
                for hazard in hazards {
                    let (code, reason) = (hazard.code.code(), &hazard.reason);
                    error(&mut text, &format!("{code}: {reason}"));
                    if !hazard.fix.is_empty() {
                        let _ = writeln!(text, "{ADVICE}hint:{ADVICE:#} {}", hazard.fix);
                    }
                }
                if let Some(answer) = answer {
                    let _ = writeln!(text, "nothing was written; for example: {answer}");
                }
                2
            }
            Self::Error(message) => {
                error(&mut text, &message);
                1
            }
            Self::Found(findings) => {
                for finding in findings {
                    error(&mut text, &finding);
                }
                1
            }
        };
        complain(&text);
        ExitCode::from(code)
    }
}

/// A message whose paths are told from here.
pub(crate) fn from_here(message: &str) -> String {
    let here = std::env::current_dir()
        .ok()
        .map(|it| format!("{}{}", it.display(), std::path::MAIN_SEPARATOR));
    match here.filter(|it| it.len() > 1) {
        Some(here) => message.replace(&here, ""),
        None => message.to_owned(),
    }
}

/// Other programs begin their messages as we do.
fn error(text: &mut String, message: &str) {
    let message = message.trim_end();
    let message = from_here(message.strip_prefix("error: ").unwrap_or(message));
    let _ = writeln!(text, "{WRONG}error:{WRONG:#} {message}");
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Refused(hazards) => Self::Hazards(hazards, None),
            PlanError::Hint(_) => Self::Refused(error.to_string()),
            _ => Self::error(error),
        }
    }
}

impl From<MigrateError> for Failure {
    /// Where the library advises its own methods, the commands that do the same.
    fn from(error: MigrateError) -> Self {
        Self::Error(match &error {
            MigrateError::Ahead { unknown, newest } => ahead(unknown, *newest),
            MigrateError::Another {
                stem,
                version,
                name,
            } => format!(
                "the database has had another migration {version}, `{name}`, where there is `{stem}` here; undo it with `cargo tablature down`, if it is the newest that was applied, or give yours another number"
            ),
            _ => error.to_string(),
        })
    }
}

fn ahead(unknown: &[State], newest: i64) -> String {
    let names = unknown
        .iter()
        .map(|it| format!("{:04} `{}`", it.version, it.name));
    let names = names.collect::<Vec<_>>().join(", ");
    let way = if unknown.iter().all(|it| it.version > newest) {
        format!(
            "go back with `cargo tablature down --count {}`",
            unknown.len()
        )
    } else {
        "restore theirs".to_owned()
    };
    format!(
        "the database is ahead: it has had migration {names}, of which there is no file here; get the newer files, or {way}"
    )
}

impl From<ProofError> for Failure {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::Plan(error) => error.into(),
            _ => Self::error(error),
        }
    }
}

impl From<BadHint> for Failure {
    fn from(error: BadHint) -> Self {
        Self::Refused(error.to_string())
    }
}
