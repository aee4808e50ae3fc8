use super::member::Member;
use super::{Group, drop_stubs, drop_with_stub};
use crate::plan::{Cost, Version};
use crate::schema::{Action, Schema, Table, same_name};
use crate::sqlite::plan::Level;
use crate::sqlite::plan::planner::{Planner, Stop, name};
use crate::sqlite::plan::tables::{self, children_first};

const ALTER_NULL: Version = Version::new(3, 53);

impl<'a> Group<'a> {
    pub(super) fn beside(mut self, planner: &mut Planner<'a>, now: &Schema) -> Result<(), Stop> {
        self.rename_away(planner)?;
        self.create(planner, now)?;
        self.copy(planner)?;
        self.drop_old(planner)?;
        self.final_indexes(planner, now)
    }

    /// With the old way of renaming, views and triggers go on naming the table; but a check that names its table cannot
    /// follow. Where they have been taken down, the new way does no harm: all that it would rewrite is made anew.
    fn rename_away(&mut self, planner: &mut Planner<'a>) -> Result<(), Stop> {
        for member in &mut self.members {
            member.aside = planner.free_name(&member.old.name, "__old")?;
        }
        let reason = self.members[0].reason.clone();
        let legacy = !planner.target.keys_are_on() || planner.level < Level::Dependants;
        if legacy {
            planner.step(Cost::Instant, &reason, "PRAGMA legacy_alter_table = ON")?;
        }
        for member in &self.members {
            let (old, aside) = (name(&member.old.name), name(&member.aside));
            let sql = format!("ALTER TABLE {old} RENAME TO {aside}");
            planner.step(Cost::Instant, &member.reason, sql)?;
        }
        let last = self.members.last().map_or(reason, |it| it.reason.clone());
        if legacy {
            planner.step(Cost::Instant, last, "PRAGMA legacy_alter_table = OFF")?;
        }
        Ok(())
    }

    fn create(&self, planner: &mut Planner<'a>, now: &Schema) -> Result<(), Stop> {
        for member in &self.members {
            planner.step(Cost::Instant, &member.reason, member.new.sql.clone())?;
        }
        if !planner.target.keys_are_on() {
            return Ok(());
        }
        self.create_targets(planner, |index| now.index(&index.name).is_some())?;
        tables::create(planner)
    }

    fn copy(&self, planner: &mut Planner<'a>) -> Result<(), Stop> {
        let new: Vec<&Table> = self.members.iter().map(|it| it.new).collect();
        let (children, circular) = children_first(&new);
        let parents_first = circular.into_iter().chain(children.into_iter().rev());
        for table in parents_first {
            let Some(member) = self.members.iter().find(|it| it.new.name == table.name) else {
                continue;
            };
            member.copy(planner, &member.aside, member.old.rowid_name())?;
            member.count_on(planner, &member.aside)?;
        }
        Ok(())
    }

    fn drop_old(&self, planner: &mut Planner<'a>) -> Result<(), Stop> {
        let keys_on = planner.target.keys_are_on();
        let members = self.members.iter().map(|it| it.old);
        let tables = members.chain(self.doomed.iter().copied());
        let old: Vec<Table> = tables.map(|it| self.as_called_now(it, keys_on)).collect();
        let old: Vec<&Table> = old.iter().collect();
        if !keys_on {
            for table in old {
                Self::drop_table(planner, self.reason(table), &table.name)?;
            }
            return Ok(());
        }
        let (children, circular) = children_first(&old);
        for table in &old {
            // A row of a circle may lose its parent before it goes itself.
            for column in must_become_nullable(table, &circular) {
                if planner.target.version >= ALTER_NULL {
                    let (table_name, column) = (name(&table.name), name(&column));
                    let sql =
                        format!("ALTER TABLE {table_name} ALTER COLUMN {column} DROP NOT NULL");
                    planner.step(Cost::Instant, self.reason(table), sql)?;
                }
            }
        }
        // Nobody refers to these; what they refer to, circles among it, comes after them.
        for table in children {
            Self::drop_table(planner, self.reason(table), &table.name)?;
        }
        for table in &circular {
            let sql = format!("DELETE FROM {}", name(&table.name));
            planner.step(Cost::Rewrite, self.reason(table), sql)?;
        }
        for table in &circular {
            drop_with_stub(planner, table, &circular, self.reason(table))?;
        }
        drop_stubs(planner, &circular)
    }

    fn reason(&self, table: &Table) -> String {
        let member = self.members.iter().find(|it| it.aside == table.name);
        let dropped = || format!("drop table `{}`", table.name);
        member.map_or_else(dropped, |it| it.reason.clone())
    }

    /// An old table under its name of now, with references that have followed.
    fn as_called_now(&self, table: &Table, keys_on: bool) -> Table {
        let moved = |name: &str| {
            let is_it = |it: &&Member<'_>| same_name(&it.old.name, name);
            self.members.iter().find(is_it).map(|it| it.aside.clone())
        };
        let mut table = table.clone();
        if let Some(aside) = moved(&table.name) {
            table.name = aside;
        }
        for key in table.foreign_keys.iter_mut().filter(|_| keys_on) {
            if let Some(aside) = moved(&key.parent) {
                key.parent = aside;
            }
        }
        table
    }
}

fn must_become_nullable(table: &Table, circular: &[&Table]) -> Vec<String> {
    let in_circle = circular.iter().any(|it| it.name == table.name);
    let nulls = table.foreign_keys.iter().filter(|key| {
        key.on_delete == Action::SetNull && (in_circle || same_name(&key.parent, &table.name))
    });
    let required = |it: &&String| table.column(it).is_some_and(|it| it.not_null.is_some());
    nulls
        .flat_map(|key| &key.from)
        .filter(required)
        .cloned()
        .collect()
}
