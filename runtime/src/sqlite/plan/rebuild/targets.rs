use super::Group;
use crate::plan::Cost;
use crate::schema::{Index, Schema, same_name};
use crate::sqlite::plan::planner::{Planner, Stop, name, names};
use crate::sqlite::plan::{Names, objects};

impl<'a> Group<'a> {
    /// A foreign key to a column needs the unique index of it as soon as a row comes in. While the old table has the name
    /// of the index, another stands in.
    pub(super) fn create_targets(
        &self,
        planner: &mut Planner<'a>,
        is_taken: impl Fn(&Index) -> bool,
    ) -> Result<(), Stop> {
        for index in self.targets(planner) {
            let now = planner.now()?;
            if now.table(&index.table).is_none() {
                continue;
            }
            let sql = if is_taken(index) {
                let stand_in = planner.free_name(&index.name, "__new")?;
                let (stand_in, table) = (name(&stand_in), name(&index.table));
                let columns = names(&index.columns());
                format!("CREATE UNIQUE INDEX {stand_in} ON {table} ({columns})")
            } else if now.index(&index.name).is_some() {
                continue;
            } else {
                index.sql.clone()
            };
            let reason = format!("foreign keys need `{}`", index.name);
            planner.step(Cost::Instant, reason, sql)?;
        }
        Ok(())
    }

    fn targets(&self, planner: &Planner<'a>) -> Vec<&'a Index> {
        let to = planner.to;
        let keys = to.tables.iter().flat_map(|it| &it.foreign_keys);
        let keys: Vec<_> = keys.filter(|key| self.contains(&key.parent)).collect();
        let is_target = |index: &&Index| {
            let columns = index.columns();
            let names_all = |to: &[String]| {
                let has = |it: &String| columns.iter().any(|column| same_name(it, column));
                to.len() == columns.len() && to.iter().all(has)
            };
            let mut keys = keys.iter().filter(|key| same_name(&key.parent, &index.table));
            keys.any(|key| names_all(&key.to))
        };
        let unique = to.indexes.iter().filter(|it| it.unique && it.filter.is_none());
        let here = unique.filter(|it| self.contains(&it.table));
        here.filter(is_target).collect()
    }

    pub(super) fn final_indexes(
        &self,
        planner: &mut Planner<'a>,
        now: &Schema,
    ) -> Result<(), Stop> {
        let mut needed = Names::default();
        if planner.target.keys_are_on() {
            for index in self.targets(planner) {
                needed.insert(&index.name);
            }
        }
        objects::create_indexes(planner, |index| self.contains(&index.table))?;
        let left = planner.now()?;
        for index in left.indexes.iter().filter(|it| self.contains(&it.table)) {
            let is_new = planner.to.index(&index.name).is_none() && now.index(&index.name).is_none();
            let of = index.name.trim_end_matches('_').strip_suffix("__new");
            if let Some(of) = of.filter(|of| is_new && needed.contains(of)) {
                let reason = format!("foreign keys have `{of}` again");
                let sql = format!("DROP INDEX {}", name(&index.name));
                planner.step(Cost::Instant, reason, sql)?;
            }
        }
        Ok(())
    }
}
