use super::filler::Filler;
use rusqlite::types::Value;

/// Enum variants of a table that get a row each, at most.
const MUSTS: usize = 60;

/// What a row is made for.
#[derive(Clone, Debug)]
pub(super) enum Goal {
    /// The n-th of the ordinary rows.
    Nth(usize),
    Null(usize),
    NotNull(usize),
    Holds(usize, Value),
    Defaults,
}

impl Filler<'_> {
    /// What the ordinary rows may not have reached.
    pub(super) fn goals(&self) -> Vec<Goal> {
        let mut goals = Vec::new();
        for (at, slot) in self.slots.iter().enumerate() {
            if slot.nullable {
                goals.push(Goal::Null(at));
                if !slot.is_unknown() {
                    goals.push(Goal::NotNull(at));
                }
            }
            let musts = slot.musts.iter();
            goals.extend(musts.map(|value| Goal::Holds(at, value.clone())));
        }
        goals.truncate(2 * self.slots.len() + MUSTS);
        if self.slots.iter().any(|it| it.has_default) {
            goals.push(Goal::Defaults);
        }
        goals
    }

    pub(super) fn is_reached(&self, goal: &Goal) -> bool {
        self.kept.iter().any(|row| {
            let given = |at: usize| !(row.short && self.slots[at].has_default);
            match goal {
                Goal::Nth(_) => false,
                Goal::Null(at) => given(*at) && row.values[*at] == Value::Null,
                Goal::NotNull(at) => given(*at) && row.values[*at] != Value::Null,
                Goal::Holds(at, value) => given(*at) && row.values[*at] == *value,
                Goal::Defaults => row.short,
            }
        })
    }
}
