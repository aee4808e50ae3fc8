//! Tables that are made anew, since SQLite cannot alter them as they have to be.
//!
//! Where the runner checks foreign keys, dropping a table deletes its rows, and with them, or not at all, those that refer
//! to it. There are two ways around. Where nobody's ON DELETE acts, the rows are copied aside, and come back under the same
//! name before the keys are checked. Else all that refer to the table, near or far, are made anew along with it: the old
//! ones refer only to each other when they go.

mod aside;
mod beside;
mod member;
mod stub;
mod targets;

pub(super) use self::stub::{drop_stubs, drop_with_stub};

use self::member::Member;
use super::planner::{Planner, Stop};
use super::tables::{Way, Work, refers};
use super::{Level, objects};
use crate::plan::Cost;
use crate::schema::{Action, ForeignKey, Schema, Table, same_name};

/// The tables that are made anew together.
pub(super) struct Group<'a> {
    members: Vec<Member<'a>>,
    /// Tables that are gone at the end, and refer to members until then.
    doomed: Vec<&'a Table>,
    recipe: Recipe,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Recipe {
    /// The new table stands beside the old one, which has changed its name.
    Beside,
    /// The rows are copied aside, and the new table takes the place of the old one.
    Aside,
}

impl<'a> Group<'a> {
    pub(super) fn new(planner: &Planner<'a>, now: &'a Schema, work: &[Work<'a>]) -> Self {
        let mut group = Self {
            members: Vec::new(),
            doomed: Vec::new(),
            recipe: Recipe::Beside,
        };
        for work in work {
            if let Way::Rebuild { reason, discard } = &work.way {
                let reason = format!("rebuild `{}`: {reason}", work.new.name);
                group
                    .members
                    .push(Member::new(work.old, work.new, reason, *discard));
            }
        }
        let named = group.members.iter().any(|it| it.names_itself(now));
        if planner.level >= Level::Aside || (named && !planner.target.keys_are_on()) {
            group.recipe = Recipe::Aside;
        } else if planner.target.keys_are_on() {
            if planner.level == Level::Least && group.spares_children(now) {
                group.recipe = Recipe::Aside;
            } else {
                group.close(planner, now);
            }
        }
        group
    }

    /// Adds all that refer to a member.
    fn close(&mut self, planner: &Planner<'a>, now: &'a Schema) {
        loop {
            let known = |it: &&Table| {
                self.contains(&it.name) || self.doomed.iter().any(|gone| gone.name == it.name)
            };
            let mut left = now.tables.iter().filter(|it| !known(it));
            let Some((child, parent)) = left.find_map(|it| Some((it, self.parent(it)?))) else {
                return;
            };
            let reason = format!("rebuild `{}`: it refers to `{parent}`", child.name);
            match planner.to.table(&child.name) {
                Some(new) => self.members.push(Member::new(child, new, reason, false)),
                None => self.doomed.push(child),
            }
        }
    }

    /// The member, or doomed table, that a table refers to.
    fn parent(&self, child: &Table) -> Option<&str> {
        let members = self.members.iter().map(|it| it.old.name.as_str());
        let mut parents = members.chain(self.doomed.iter().map(|it| it.name.as_str()));
        parents.find(|parent| refers(child, parent))
    }

    /// Whether there are others that refer to members, and none of them would follow a row that goes.
    fn spares_children(&self, now: &Schema) -> bool {
        let outside = |it: &&Table| !self.contains(&it.name) && self.parent(it).is_some();
        now.tables.iter().any(|it| outside(&it)) && !self.is_acted_on(now)
    }

    fn is_acted_on(&self, now: &Schema) -> bool {
        self.incoming(now)
            .any(|(_, key)| !matches!(key.on_delete, Action::NoAction | Action::Restrict))
    }

    /// The foreign keys to members: the table that has them, the key.
    fn incoming<'n>(&self, now: &'n Schema) -> impl Iterator<Item = (&'n Table, &'n ForeignKey)> {
        let keys = now
            .tables
            .iter()
            .flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)));
        keys.filter(|(_, key)| {
            self.members
                .iter()
                .any(|it| same_name(&it.old.name, &key.parent))
        })
    }

    pub(super) fn contains(&self, table: &str) -> bool {
        self.members.iter().any(|it| same_name(&it.new.name, table))
    }

    /// Whether tables that refer to a member follow its change of name.
    pub(super) fn renames_parents(&self, planner: &Planner<'_>) -> bool {
        planner.target.keys_are_on() && self.recipe == Recipe::Beside && !self.members.is_empty()
    }

    pub(super) fn run(self, planner: &mut Planner<'a>, now: &Schema) -> Result<(), Stop> {
        if self.members.is_empty() {
            return Ok(());
        }
        if planner.target.keys_are_on() {
            let referred = self.incoming(now).next().is_some();
            let refer = |it: &Member<'_>| {
                !(it.old.foreign_keys.is_empty() && it.new.foreign_keys.is_empty())
            };
            if referred || self.members.iter().any(refer) {
                planner.defer()?;
            }
            // What a key does to the rows of old tables must not be seen.
            if referred && self.recipe == Recipe::Beside {
                for member in &self.members {
                    objects::silence(planner, &member.old.name)?;
                }
            }
        }
        match self.recipe {
            Recipe::Beside => self.beside(planner, now),
            Recipe::Aside => self.aside(planner, now),
        }
    }

    fn drop_table(planner: &mut Planner<'_>, reason: String, table: &str) -> Result<(), Stop> {
        let sql = format!("DROP TABLE {}", super::planner::name(table));
        planner.step(Cost::Rewrite, reason, sql)
    }
}
