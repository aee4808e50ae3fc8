use super::Way;
use crate::arguments::HintArguments;
use tablature::diff::Change;
use tablature::migrations::Runner;
use tablature::plan::{Code, Hazard, Plan};

/// The file of the way forth: what changes, what its author has said, and the plan.
pub(super) fn up(way: &Way, told: &[Change], hints: &HintArguments, plan: &Plan) -> String {
    let mut text = String::new();
    for change in told {
        // A line in a name or an expression must not end the comment.
        let change = change.to_string().replace(['\n', '\r'], " ");
        text.extend(["-- ", change.as_str(), "\n"]);
    }
    text.push_str(guard(way.target.runner));
    text.push_str(&hints.comments());
    format!("{text}\n{}", plan.script())
}

/// The file of the way back. It is not asked about, so it says itself where values become others.
pub(crate) fn down(name: &str, runner: Runner, plan: &Plan) -> String {
    let mut text = format!("-- The way back from {name}.\n");
    let converts = |it: &&Hazard| it.code == Code::Conversion;
    for hazard in plan.hazards.iter().filter(converts) {
        let (code, reason) = (hazard.code.code(), hazard.reason.replace(['\n', '\r'], " "));
        text.extend(["-- ", code, ": ", reason.as_str(), "\n"]);
    }
    text.push_str(guard(runner));
    format!("{text}\n{}", plan.script())
}

/// What the file takes for granted.
fn guard(runner: Runner) -> &'static str {
    match runner {
        Runner::Tablature => {
            "-- Runs in a transaction with foreign keys off, and they are checked before it ends.\n"
        }
        _ => "-- Runs in one transaction, with foreign keys on.\n",
    }
}
