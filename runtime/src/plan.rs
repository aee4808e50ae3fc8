//! What leads from one schema to another: steps, what they cost, and what they can lose.

mod comments;
mod hazard;
mod hints;
mod target;

use crate::diff::Change;
use std::fmt;

pub use crate::dialect::{
    Proof, ProofError, Proved, archives_of, down, plan, prove, prove_scripts, proved,
    proved_keeping, renamed, scratch,
};
pub use hazard::{Code, Hazard, Severity};
pub use hints::{BadHint, Hints, Orphans};
pub use target::{BadVersion, Target, Version};

/// The steps from one schema to another, in order.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Plan {
    /// What differs.
    pub changes: Vec<Change>,
    /// What is done about it.
    pub steps: Vec<Step>,
    /// What it can lose, or which rows it can refuse.
    pub hazards: Vec<Hazard>,
    /// Which values it promises to keep as they are.
    pub kept: Vec<Kept>,
}

/// A table whose rows a plan keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Kept {
    /// Its name before.
    pub from: String,
    /// Its name after.
    pub to: String,
    /// The columns whose values stay as they are: the name before, the name after.
    pub columns: Vec<(String, String)>,
    /// Whether the rows stay under their rowid.
    pub rowid: bool,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Step {
    /// The statement, without a semicolon at its end.
    pub sql: String,
    /// Why it is there.
    pub reason: String,
    /// What it costs.
    pub cost: Cost,
}

/// What a step costs, by what it does with the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "lowercase")
)]
#[non_exhaustive]
pub enum Cost {
    /// Nothing: only the catalogue changes.
    Instant,
    /// It reads the table.
    Scan,
    /// It writes the table's rows.
    Rewrite,
}

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// Something has to be answered or agreed to first.
    #[error("{}", list(.0))]
    Refused(Vec<Hazard>),
    /// A hint names something that is not there.
    #[error(transparent)]
    Hint(#[from] BadHint),
    /// One of the schemas cannot be built, or does not answer.
    #[error("{what}: {reason}")]
    Schema {
        /// Which schema, and which statement of it.
        what: String,
        /// What the database says.
        reason: String,
    },
    /// No order of steps was found that reaches the schema.
    #[error(
        "no plan reaches the schema: {reason}; write this migration by hand, or in smaller changes"
    )]
    Unreached {
        /// What the last attempt left different, or where it stopped.
        reason: String,
    },
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<8} {}", self.cost, self.sql)
    }
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The steps as a script, each with its reason above it, unless the statement says it as well.
    pub fn script(&self) -> String {
        let (mut script, mut last) = (String::new(), None::<&Step>);
        let mut told: Vec<&str> = Vec::new();
        for step in &self.steps {
            let same = last.is_some_and(|it| it.reason == step.reason);
            let short = |it: &Step| it.restates() && !it.sql.contains('\n');
            if !same {
                if last.is_some_and(|it| !(short(it) && short(step))) {
                    script.push('\n');
                }
                if !step.restates() {
                    let reason = step.reason.replace(['\n', '\r'], " ");
                    // The second time, the words before the colon are enough.
                    let again = told.contains(&step.reason.as_str());
                    let reason = match reason.split_once("`: ") {
                        Some((what, _)) if again => format!("{what}`"),
                        _ => reason,
                    };
                    script.push_str("-- ");
                    script.push_str(&reason);
                    script.push('\n');
                }
                told.push(&step.reason);
            }
            last = Some(step);
            script.push_str(step.sql.trim_end());
            // A comment at the end of a view or a trigger must not hide the semicolon.
            script.push_str(if ends_in_comment(&step.sql) {
                "\n;\n"
            } else {
                ";\n"
            });
        }
        script
    }
}

impl Step {
    /// Whether the reason is only the statement in other words: `create index …`.
    fn restates(&self) -> bool {
        let verb = self.reason.split(' ').next().unwrap_or_default();
        matches!(verb, "create" | "drop" | "add" | "rename")
            || (self.sql.starts_with("DROP") && self.reason.ends_with(" is gone"))
    }
}

fn ends_in_comment(sql: &str) -> bool {
    use crate::sql::lexer::{Kind, Lexer};
    let mut lexer = Lexer::new(sql);
    let mut comment = false;
    while let Some(token) = lexer.next() {
        match token.kind {
            Kind::Space => {}
            kind => comment = kind == Kind::Comment,
        }
    }
    comment
}

fn list(hazards: &[Hazard]) -> String {
    let lines: Vec<String> = hazards.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Instant => "instant",
            Self::Scan => "scan",
            Self::Rewrite => "rewrite",
        })
    }
}
