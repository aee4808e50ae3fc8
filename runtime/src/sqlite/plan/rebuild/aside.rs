use super::Group;
use crate::diff::same_names;
use crate::plan::Cost;
use crate::schema::{ForeignKey, Schema, Table};
use crate::sqlite::plan::objects;
use crate::sqlite::plan::planner::{Planner, Stop, name, names, text};

impl<'a> Group<'a> {
    /// A row that comes back takes its broken references with it, whatever became of the table in between. See
    /// <https://www.sqlite.org/foreignkeys.html#fk_deferred>.
    pub(super) fn aside(mut self, planner: &mut Planner<'a>, now: &Schema) -> Result<(), Stop> {
        let keys_on = planner.target.keys_are_on();
        if keys_on && self.is_acted_on(now) {
            let why = "a table that names itself cannot be rebuilt under foreign keys that act";
            return Err(Stop::Failed(why.to_owned()));
        }
        let helpers = if keys_on { self.index_children(planner)? } else { Vec::new() };
        for at in 0..self.members.len() {
            self.members[at].aside = planner.free_name(&self.members[at].old.name, "__copy")?;
            self.replace(planner, at)?;
        }
        for helper in helpers {
            let sql = format!("DROP INDEX {}", name(&helper));
            planner.step(Cost::Instant, "the rows are found", sql)?;
        }
        objects::create_indexes(planner, |index| self.contains(&index.table))
    }

    fn replace(&self, planner: &mut Planner<'a>, at: usize) -> Result<(), Stop> {
        let member = &self.members[at];
        let (table, aside) = (name(&member.old.name), name(&member.aside));
        if !member.discard {
            let rowid = member.old.rowid_name();
            let rowid = rowid.map(|it| format!("{it} AS rowid__, ")).unwrap_or_default();
            let sql = format!("CREATE TABLE {aside} AS SELECT {rowid}* FROM {table}");
            planner.step(Cost::Rewrite, &member.reason, sql)?;
        }
        let sequence = format!("{}__sequence", member.aside);
        if member.counts() {
            let (sequence, old) = (name(&sequence), text(&member.old.name));
            let sql = format!(
                "CREATE TABLE {sequence} AS SELECT name, seq FROM sqlite_sequence WHERE name = {old}"
            );
            planner.step(Cost::Instant, &member.reason, sql)?;
        }
        planner.step(Cost::Rewrite, &member.reason, format!("DROP TABLE {table}"))?;
        planner.step(Cost::Instant, &member.reason, member.new.sql.clone())?;
        if planner.target.keys_are_on() {
            self.create_targets(planner, |_| false)?;
        }
        member.copy(planner, &member.aside, member.old.rowid_name().map(|_| "rowid__"))?;
        if !member.discard {
            Self::drop_table(planner, member.reason.clone(), &member.aside)?;
        }
        if member.counts() {
            member.count_on_from(planner, &name(&sequence), &member.old.name)?;
            Self::drop_table(planner, member.reason.clone(), &sequence)?;
        }
        Ok(())
    }

    /// Each row that goes and comes is looked for among the children: without an index, in all of them each time.
    fn index_children(&self, planner: &mut Planner<'a>) -> Result<Vec<String>, Stop> {
        let now = planner.now()?;
        let mut helpers = Vec::new();
        for (child, key) in self.incoming(&now) {
            // A member's own index would go with it.
            if has_index(&now, child, key) || self.contains(&child.name) {
                continue;
            }
            let helper = planner.free_name(&child.name, "__parent")?;
            let (index, table) = (name(&helper), name(&child.name));
            let sql = format!("CREATE INDEX {index} ON {table} ({})", names(&key.from));
            planner.step(Cost::Scan, format!("find the rows of `{}`", child.name), sql)?;
            helpers.push(helper);
        }
        Ok(helpers)
    }
}

fn has_index(now: &Schema, child: &Table, key: &ForeignKey) -> bool {
    let begins = |columns: &[String]| {
        columns.len() >= key.from.len() && same_names(&columns[..key.from.len()], &key.from)
    };
    let mut indexes = now.indexes_of(&child.name).filter(|it| it.filter.is_none());
    indexes.any(|it| begins(&it.columns()))
        || child.uniques.iter().any(|it| begins(&it.columns))
        || child.primary_key.iter().any(|it| begins(&it.columns))
}
