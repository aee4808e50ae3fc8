use super::rows::{self, Snapshot};
use super::{Proof, ProofError, ROWS, SEED, check, execute, first_rows, prune, sound};
use crate::diff::diff;
use crate::plan::{Cost, Hints, Plan, Step, Target};
use crate::schema::Schema;
use crate::sqlite::inspect::inspect;
use crate::sqlite::plan::plan;
use crate::sqlite::scratch::scratch;
use crate::sqlite::witness;

/// Runs migrations as they are written, by hand or not, on witness rows: up, down, and up again.
///
/// Where the changes have a plan, it tells which rows a new constraint may refuse. Values are the file's own business;
/// rows are not: a table that stays keeps all of them, or a comment in the file agrees to the loss.
///
/// ```
/// use tablature::plan::{Hints, Target, prove_scripts};
/// use tablature::{Connection, inspect, migrations::Runner};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let db = Connection::open_in_memory()?;
/// let from = inspect(&db)?;
/// db.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY)")?;
/// let to = inspect(&db)?;
/// let (up, down) = ("CREATE TABLE posts (id INTEGER PRIMARY KEY)", "DROP TABLE posts");
/// let target = Target::new(Runner::Tablature);
/// prove_scripts((&from, &to), up, Some(down), &Hints::default(), target)?;
/// assert!(prove_scripts((&from, &to), up, Some("SELECT 1"), &Hints::default(), target).is_err());
/// # Ok(())
/// # }
/// ```
pub fn prove_scripts(
    (from, to): (&Schema, &Schema),
    up: &str,
    down: Option<&str>,
    hints: &Hints,
    target: Target,
) -> Result<Proof, ProofError> {
    let db = scratch(from, "the schema before it")?;
    let unfilled = witness::fill(&db, from, ROWS, SEED)?;
    let mut agreed = hints.clone();
    // What it loses is told elsewhere; here it only matters whether it runs.
    let _ = agreed.allow("all");
    if let Ok(planned) = plan(from, to, &agreed, target).map(|planned| in_words_of(planned, up))
        && prune::may_refuse(&planned)
    {
        prune::prune(&db, from, &[&planned], target)?;
    }
    let start = Snapshot::take(&db, from)?;
    let orphans = check::orphans(&db)?;
    let step = |direction: &'static str, script: &str, to: &Schema| {
        execute(&db, script, target).map_err(|reason| ProofError::Run { direction, reason })?;
        if let Some(change) = diff(&inspect(&db)?, to).first() {
            return Err(ProofError::Elsewhere {
                direction,
                change: change.to_string(),
            });
        }
        sound(&db, to, orphans).map_err(|reason| ProofError::Unsound { direction, reason })
    };
    step("up", up, to)?;
    rows::none_lost("up", (&start, from), &Snapshot::take(&db, to)?, hints)?;
    let first = first_rows(&db, from, to)?;
    if let Some(down) = down {
        step("down", down, from)?;
        rows::none_lost("down", (&start, from), &Snapshot::take(&db, from)?, hints)?;
        step("up again", up, to)?;
    }
    Ok(Proof {
        rows: start.rows() + first,
        unfilled: unfilled
            .into_iter()
            .map(|it| format!("`{}`: {}", it.table, it.reason))
            .collect(),
    })
}

/// The plan, with what the file does in the place of its steps.
fn in_words_of(planned: Plan, script: &str) -> Plan {
    let step = Step {
        sql: script.to_owned(),
        reason: String::new(),
        cost: Cost::Rewrite,
    };
    Plan {
        steps: vec![step],
        ..planned
    }
}
