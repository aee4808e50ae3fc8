use std::fmt::Display;
use std::io::Write as _;
use std::process::ExitCode;
use tablature::plan::{BadHint, PlanError, ProofError};

/// Why a command did not do what it was asked to.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something has to be answered first; nothing was written.
    Refused(String),
    /// Something went wrong.
    Error(String),
    /// A check found something.
    Found(String),
}

impl Failure {
    pub(crate) fn error(what: impl Display) -> Self {
        Self::Error(what.to_string())
    }

    /// 0: done; 1: a check found something, or an error; 2: refused.
    pub(crate) fn report(self) -> ExitCode {
        let (code, message) = match self {
            Self::Refused(message) => (2, message),
            Self::Error(message) | Self::Found(message) => (1, message),
        };
        let mut stderr = std::io::stderr();
        for (at, line) in message.lines().enumerate() {
            // What the compiler says comes as it is. There is nowhere left to say that writing failed.
            let ours = at == 0 || !message.contains("does not compile");
            let _ = writeln!(stderr, "{}{line}", if ours { "error: " } else { "" });
        }
        ExitCode::from(code)
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Refused(_) | PlanError::Hint(_) => Self::Refused(error.to_string()),
            _ => Self::error(error),
        }
    }
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
