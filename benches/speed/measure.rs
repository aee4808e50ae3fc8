use crate::Result;
use crate::arguments::Arguments;
use crate::candidates::{ALL, Candidate, RAW};
use crate::clock::Taken;
use crate::rows::Random;
use std::time::Duration;

/// One work at one place, by all candidates that do it.
pub(crate) struct Comparison {
    pub(crate) place: &'static str,
    pub(crate) work: &'static str,
    /// What a run does so many times: a row, a key, a page.
    pub(crate) unit: &'static str,
    pub(crate) operations: usize,
    /// The raw C API first.
    pub(crate) candidates: Vec<Timed>,
}

/// What each round took.
pub(crate) struct Timed {
    pub(crate) name: &'static str,
    rounds: Vec<Taken>,
}

#[derive(Clone, Copy)]
pub(crate) enum Clock {
    Cpu,
    Wall,
}

impl Timed {
    /// Of one operation, in microseconds.
    pub(crate) fn median(&self, clock: Clock, operations: usize) -> f64 {
        let rounds = self.rounds.iter().map(|taken| clock.of(taken));
        median(rounds.map(|time| time.as_secs_f64() * 1e6 / as_f64(operations)))
    }

    /// The median of the rounds' ratios, rather than the ratio of two medians: a round is a few moments of one machine.
    pub(crate) fn ratio(&self, clock: Clock, to: &Self) -> f64 {
        let rounds = self.rounds.iter().zip(&to.rounds);
        median(rounds.map(|(this, to)| clock.of(this).div_duration_f64(clock.of(to))))
    }
}

impl Clock {
    fn of(self, taken: &Taken) -> Duration {
        match self {
            Self::Cpu => taken.cpu,
            Self::Wall => taken.wall,
        }
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len().is_multiple_of(2) {
        f64::midpoint(values[middle - 1], values[middle])
    } else {
        values[middle]
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "no more than a hundred thousand"
)]
fn as_f64(count: usize) -> f64 {
    count as f64
}

/// Runs the candidates that do the work, in rounds. Each round has an order of its own, since what a candidate leaves in the
/// caches and on the heap is the next one's to pay for. A first round, which warms up, does not count.
pub(crate) fn rounds<F: Copy>(
    arguments: &Arguments,
    rounds: usize,
    of: impl Fn(&Candidate) -> Option<F>,
    mut run: impl FnMut(F) -> Result<Taken>,
) -> Result<Vec<Timed>> {
    let functions: Vec<(&'static str, F)> = ALL
        .iter()
        .filter(|candidate| arguments.wants_candidate(candidate.name))
        .filter_map(|candidate| Some((candidate.name, of(candidate)?)))
        .collect();
    let mut timed: Vec<Timed> = functions
        .iter()
        .map(|(name, _)| Timed {
            name,
            rounds: Vec::new(),
        })
        .collect();
    debug_assert_eq!(functions[0].0, RAW);
    let mut random = Random::new();
    for round in 0..=rounds {
        for candidate in random.order(functions.len()) {
            let (name, function) = functions[candidate];
            let taken = run(function).map_err(|error| format!("{name}: {error}"))?;
            if round > 0 {
                timed[candidate].rounds.push(taken);
            }
        }
    }
    Ok(timed)
}
