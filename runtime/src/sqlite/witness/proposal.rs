use super::class::Class;
use super::filler::{Filler, Row};
use super::form::{Form, Kind};
use super::goal::Goal;
use super::link::{Choice, Parent, Wanted};
use super::refusal::{Refusal, RefusalKind};
use rusqlite::types::Value;

/// Tries to find parents that foreign keys with a common column agree about.
const AGREEMENTS: usize = 12;

impl Filler<'_> {
    pub(super) fn propose(&mut self, goal: &Goal, wanted: &[Wanted]) -> Option<Row> {
        let nth = match goal {
            Goal::Nth(row) => *row,
            _ => self.kept.len(),
        };
        let mut values = Vec::with_capacity(self.slots.len());
        for slot in &self.slots {
            let null = slot.nullable
                && match goal {
                    Goal::Nth(0) => false,
                    Goal::Nth(1) => true,
                    _ => self.random.once_in(6),
                };
            values.push(if null { Value::Null } else { slot.first(nth) });
        }
        let mut wanted_slots = vec![false; values.len()];
        for it in wanted {
            let key = it.keys.get(nth).into_iter().flatten();
            for (&slot, value) in it.slots(&self.slots).iter().zip(key) {
                values[slot] = value.clone();
                wanted_slots[slot] = true;
            }
        }
        let mut row = Row {
            values,
            wanted: wanted_slots,
            short: matches!(goal, Goal::Nth(2) | Goal::Defaults),
        };
        let choice = match goal {
            Goal::Nth(row) => Choice::Row(*row),
            _ => Choice::Random,
        };
        self.refer(&mut row, choice, goal)?;
        self.insist(&mut row, goal);
        Some(row)
    }

    /// Sets the columns of the foreign keys; none if one of them can refer to nothing.
    fn refer(&mut self, row: &mut Row, mut choice: Choice, goal: &Goal) -> Option<()> {
        for _ in 0..AGREEMENTS {
            if self.try_to_refer(row, choice, goal)? {
                break;
            }
            choice = Choice::Random;
        }
        Some(())
    }

    /// Whether all of the foreign keys agree about the columns that they share.
    fn try_to_refer(&mut self, row: &mut Row, choice: Choice, goal: &Goal) -> Option<bool> {
        let mut taken = row.wanted.clone();
        let mut agree = true;
        for link in &self.links {
            let free = |&&slot: &&usize| {
                self.slots[slot].nullable && !matches!(goal, Goal::NotNull(it) if *it == slot)
            };
            let nullable: Vec<usize> = link.slots.iter().filter(free).copied().collect();
            let wants_null = match (goal, choice) {
                (Goal::Nth(0), Choice::Row(_)) => false,
                (Goal::Nth(1), Choice::Row(_)) => true,
                _ => self.random.once_in(4),
            };
            let null = wants_null && nullable.iter().any(|&it| !taken[it]);
            if !null && link.refer(&mut row.values, &mut taken, &choice, &mut self.random) {
                continue;
            }
            if nullable.is_empty() {
                if link.has_no_parents() {
                    self.refused.get_or_insert(Refusal::ignored());
                    return None;
                }
                // Without keys, the rows of the parent will be made for these values.
                agree &= link.keys.is_empty();
                continue;
            }
            for slot in nullable {
                if !taken[slot] || link.parent == Parent::Missing {
                    row.values[slot] = Value::Null;
                    taken[slot] = true;
                }
            }
        }
        Some(agree)
    }

    /// Gives other values to those columns that may have been the reason.
    pub(super) fn vary(&mut self, row: &mut Row, refusal: &Refusal, goal: &Goal) {
        let mut suspects = refusal.suspects(self.schema, self.table, &self.slots, &self.forms);
        // What one check wants may be what another one forbids: they have to move together.
        if refusal.kind() == RefusalKind::Check && self.random.once_in(3) {
            let shares = |form: &&Form| form.slots.iter().any(|it| suspects.contains(it));
            let checks = self.forms.iter().filter(|it| it.kind == Kind::Check);
            let wider: Vec<usize> = checks
                .filter(shares)
                .flat_map(|it| it.slots.clone())
                .collect();
            suspects.extend(wider);
            suspects.sort_unstable();
            suspects.dedup();
        }
        let mut refer = false;
        // Small steps and large ones.
        let only = self
            .random
            .once_in(2)
            .then(|| self.random.pick(&suspects).copied());
        for &at in &suspects {
            let skipped = match only {
                Some(only) => only != Some(at),
                None => suspects.len() > 1 && self.random.once_in(2),
            };
            if skipped || row.wanted[at] {
                continue;
            }
            if self.links.iter().any(|it| it.slots.contains(&at)) {
                refer = true;
                continue;
            }
            let slot = &self.slots[at];
            let null = slot.nullable && self.random.once_in(3);
            row.values[at] = match refusal.kind() {
                _ if null => Value::Null,
                RefusalKind::Unique => slot.another(&mut self.random),
                _ => slot.any(&mut self.random),
            };
            row.short &= !slot.has_default || matches!(goal, Goal::Defaults);
        }
        if refer {
            // Without parents there would have been no row to vary.
            let _ = self.refer(row, Choice::Random, goal);
        }
        self.insist(row, goal);
    }

    /// Two rows cannot have the same id.
    pub(super) fn renew_ids(&mut self, row: &mut Row) {
        for (at, slot) in self.slots.iter().enumerate() {
            let refers = self.links.iter().any(|it| it.slots.contains(&at));
            if slot.class == Class::Id && !refers {
                row.values[at] = slot.another(&mut self.random);
            }
        }
    }

    /// Sets what the row is made for.
    pub(super) fn insist(&mut self, row: &mut Row, goal: &Goal) {
        match goal {
            Goal::Null(at) => row.values[*at] = Value::Null,
            // Where it refers to a row that is not there yet, that row will be made for this value.
            Goal::NotNull(at) if row.values[*at] == Value::Null => {
                row.values[*at] = self.slots[*at].any(&mut self.random);
            }
            Goal::Holds(at, value) => row.values[*at] = value.clone(),
            Goal::NotNull(_) | Goal::Nth(_) | Goal::Defaults => {}
        }
    }
}
