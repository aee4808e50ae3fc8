//! A plan, executed on witness rows: up, down, and up again, in the way its runner will run it.

mod check;
mod prune;
mod rows;
mod scripts;

use self::rows::Snapshot;
pub use self::scripts::prove_scripts;
use crate::diff::diff;
use crate::migrations::Runner;
use crate::plan::{Hints, Kept, Plan, PlanError, Target};
use crate::schema::Schema;
use crate::sqlite::inspect::{InspectError, inspect};
use crate::sqlite::plan::{Level, hints_back, plan_from, undone};
use crate::sqlite::run::{ReplayError, as_written, run_script};
use crate::sqlite::scratch::scratch;
use crate::sqlite::witness;
use rusqlite::Connection;

pub(crate) use self::check::sound;

/// What has been proved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Proof {
    /// How many witness rows were there.
    pub rows: usize,
    /// The tables that could get no rows, each with the reason: there, only the schema is proved.
    pub unfilled: Vec<String>,
}

/// Why a migration is not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// It does not run.
    #[error("{direction} does not run on witness rows: {reason}")]
    Run {
        /// `up`, `down`, or `up again`.
        direction: &'static str,
        /// What SQLite says.
        reason: String,
    },
    /// It leads elsewhere.
    #[error("{direction} does not reach the schema: {change}")]
    Elsewhere {
        /// `up`, `down`, or `up again`.
        direction: &'static str,
        /// The first thing that is left.
        change: String,
    },
    /// Rows or values are others than before.
    #[error("{direction} does not keep the rows of `{table}`: {difference}")]
    Lost {
        /// `up`, `down`, or `up again`.
        direction: &'static str,
        /// The table.
        table: String,
        /// How many rows, or which values.
        difference: String,
    },
    /// The database is not sound afterwards.
    #[error("{direction} leaves the database unsound: {reason}")]
    Unsound {
        /// `up`, `down`, or `up again`.
        direction: &'static str,
        /// Which check says what.
        reason: String,
    },
    /// The witness database does not answer.
    #[error("cannot prove: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// Its schema cannot be read.
    #[error(transparent)]
    Inspect(#[from] InspectError),
    /// Its schema cannot be built.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

impl ProofError {
    /// Whether other rows might have done.
    fn is_about_rows(&self) -> bool {
        matches!(self, Self::Run { .. } | Self::Unsound { .. })
    }
}

/// A plan that has been proved, and the way back.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Proved {
    /// The way forth.
    pub up: Plan,
    /// The way back, or why there is none.
    pub down: Result<Plan, String>,
    /// On what both were run.
    pub proof: Proof,
}

/// How many witness rows each table gets, and from which number they come.
const ROWS: usize = 6;
const SEED: u64 = 0x7AB1_A705;

/// Plans both ways and proves them. Where the cheapest plan fails on rows, the next is tried.
///
/// ```
/// use tablature::plan::{Hints, Target, proved};
/// use tablature::{Connection, inspect, migrations::Runner};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let from = Connection::open_in_memory()?;
/// from.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY)")?;
/// let to = Connection::open_in_memory()?;
/// to.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)")?;
/// let proved = proved(&inspect(&from)?, &inspect(&to)?, &Hints::default(), Target::new(Runner::Tablature))?;
/// assert_eq!(proved.up.steps[0].sql, "ALTER TABLE posts ADD COLUMN title TEXT");
/// assert_eq!(proved.down.unwrap().steps[0].sql, "ALTER TABLE posts DROP COLUMN title");
/// # Ok(())
/// # }
/// ```
pub fn proved(
    from: &Schema,
    to: &Schema,
    hints: &Hints,
    target: Target,
) -> Result<Proved, ProofError> {
    let plan = |level| plan_from(level, from, to, hints, target);
    let (up, proof) = cheapest(
        plan,
        |up, rows| run((from, to), up, None, target, rows),
        |up| refuses(up, None),
    )?;
    let back = hints_back(from, to, hints);
    let plan = |level| plan_from(level, to, from, &back, target);
    let prove = |down: &Plan, rows| run((from, to), &up, Some(down), target, rows);
    // A way back that does not hold is none, and its reason is told.
    let down = match cheapest(plan, prove, |down| refuses(&up, Some(down))) {
        Ok((mut down, _)) => {
            down.hazards.extend(undone(from, to, hints));
            Ok(down)
        }
        Err(error) => Err(error.to_string()),
    };
    Ok(Proved { up, down, proof })
}

/// The first plan that holds for all rows; if there is none, the first that holds for those that it may not refuse. Else
/// the first way's error: it is the natural one, and says the most.
fn cheapest(
    plan: impl Fn(Level) -> Result<Plan, PlanError>,
    prove: impl Fn(&Plan, Rows) -> Result<Proof, ProofError>,
    refuses: impl Fn(&Plan) -> bool,
) -> Result<(Plan, Proof), ProofError> {
    let mut failed: Vec<(Plan, ProofError)> = Vec::new();
    for level in Level::ALL {
        let plan = match plan(level) {
            Ok(plan) => plan,
            Err(error) if failed.is_empty() => return Err(error.into()),
            Err(_) => break,
        };
        // From here on nothing would be another.
        if failed.iter().any(|it| it.0.steps == plan.steps) {
            continue;
        }
        match prove(&plan, Rows::All) {
            Ok(proof) => return Ok((plan, proof)),
            Err(error) => failed.push((plan, error)),
        }
    }
    let mut first = None;
    for (plan, mut error) in failed {
        if error.is_about_rows() && refuses(&plan) {
            match prove(&plan, Rows::NotRefused) {
                Ok(proof) => return Ok((plan, proof)),
                // That rows may be refused was known.
                Err(other) => error = other,
            }
        }
        first = first.or(Some(error));
    }
    Err(first.unwrap_or_else(|| ProofError::Run {
        direction: "up",
        reason: "no plan".to_owned(),
    }))
}

/// Runs a plan on witness rows, and the way back and the plan again if it is given. Where the plan says that it may refuse
/// rows, those that it refuses are taken away first: they are the user's to answer for.
pub fn prove(
    schemas: (&Schema, &Schema),
    up: &Plan,
    down: Option<&Plan>,
    target: Target,
) -> Result<Proof, ProofError> {
    match run(schemas, up, down, target, Rows::All) {
        Err(error) if error.is_about_rows() && refuses(up, down) => {
            run(schemas, up, down, target, Rows::NotRefused).map_err(|_| error)
        }
        proof => proof,
    }
}

/// Where nothing was before, the way back has rows to pass all the same. How many there are.
fn first_rows(db: &Connection, from: &Schema, to: &Schema) -> Result<usize, ProofError> {
    if !from.tables.is_empty() {
        return Ok(0);
    }
    witness::fill(db, to, ROWS, SEED)?;
    Ok(Snapshot::take(db, to)?.rows())
}

fn refuses(up: &Plan, down: Option<&Plan>) -> bool {
    prune::may_refuse(up) || down.is_some_and(prune::may_refuse)
}

/// On which witness rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    All,
    NotRefused,
}

fn run(
    (from, to): (&Schema, &Schema),
    up: &Plan,
    down: Option<&Plan>,
    target: Target,
    rows: Rows,
) -> Result<Proof, ProofError> {
    let db = scratch(from, "the schema as it is")?;
    let unfilled = witness::fill(&db, from, ROWS, SEED)?;
    if rows == Rows::NotRefused {
        let plans: Vec<&Plan> = [Some(up), down].into_iter().flatten().collect();
        prune::prune(&db, from, &plans, target)?;
    }
    let start = Snapshot::take(&db, from)?;
    let orphans = check::orphans(&db)?;
    let mut proof = Proof {
        rows: start.rows(),
        unfilled: unfilled
            .into_iter()
            .map(|it| format!("`{}`: {}", it.table, it.reason))
            .collect(),
    };
    step(&db, "up", up, to, target, orphans)?;
    let there = Snapshot::take(&db, to)?;
    rows::compare("up", (&start, from), (&there, to), &up.kept)?;
    proof.rows += first_rows(&db, from, to)?;
    let Some(down) = down else { return Ok(proof) };
    step(&db, "down", down, from, target, orphans)?;
    let back = Snapshot::take(&db, from)?;
    rows::compare(
        "down",
        (&start, from),
        (&back, from),
        &both_ways(&up.kept, &down.kept),
    )?;
    step(&db, "up again", up, to, target, orphans)?;
    Ok(proof)
}

fn step(
    db: &Connection,
    direction: &'static str,
    plan: &Plan,
    to: &Schema,
    target: Target,
    orphans: usize,
) -> Result<(), ProofError> {
    execute(db, &plan.script(), target).map_err(|reason| ProofError::Run { direction, reason })?;
    if let Some(change) = diff(&inspect(db)?, to).first() {
        return Err(ProofError::Elsewhere {
            direction,
            change: change.to_string(),
        });
    }
    sound(db, to, orphans).map_err(|reason| ProofError::Unsound { direction, reason })
}

/// As the runner does it: ours with foreign keys off outside the transaction, the others with keys on inside one.
pub(crate) fn execute(db: &Connection, script: &str, target: Target) -> Result<(), String> {
    let keys = if target.runner == Runner::Tablature {
        "OFF"
    } else {
        "ON"
    };
    let run = || {
        as_written(target.runner, script)?;
        db.execute_batch(&format!("PRAGMA foreign_keys = {keys}; BEGIN IMMEDIATE"))?;
        run_script(db, script)?;
        db.execute_batch("COMMIT; PRAGMA foreign_keys = OFF")?;
        Ok(())
    };
    run().map_err(|error: ReplayError| {
        // The connection ends with the proof; what cannot be undone is of no use to anybody.
        let _ = db.execute_batch("ROLLBACK");
        error.to_string()
    })
}

/// What is kept on the way there and back again.
fn both_ways(up: &[Kept], down: &[Kept]) -> Vec<Kept> {
    let back = |kept: &Kept| {
        let down = down
            .iter()
            .find(|it| it.from == kept.to && it.to == kept.from)?;
        let returns = |(old, new): &&(String, String)| {
            down.columns
                .iter()
                .any(|(from, to)| from == new && to == old)
        };
        Some(Kept {
            from: kept.from.clone(),
            to: kept.from.clone(),
            columns: kept
                .columns
                .iter()
                .filter(returns)
                .map(|(old, _)| (old.clone(), old.clone()))
                .collect(),
            rowid: kept.rowid && down.rowid,
        })
    };
    up.iter().filter_map(back).collect()
}
