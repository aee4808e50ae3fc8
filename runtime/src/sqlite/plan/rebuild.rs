use super::objects;
use super::planner::{Planner, Stop, Written, name, names, text};
use super::tables::{self, Way, Work, children_first, refers};
use super::values::{self, Source};
use super::{Level, Names};
use crate::diff::same_names;
use crate::plan::{Cost, Version};
use crate::schema::{Action, Conflict, Index, Schema, Table, same_name};

/// The tables that are made anew together.
///
/// Where the runner checks foreign keys, dropping a table deletes its rows, and with them those that refer to it. So all
/// that refer to it, near or far, are made anew along with it: the old ones refer only to each other when they go.
pub(super) struct Group<'a> {
    members: Vec<Member<'a>>,
    /// Tables that are gone at the end, and refer to members until then.
    doomed: Vec<&'a Table>,
}

struct Member<'a> {
    old: &'a Table,
    new: &'a Table,
    /// The old table's name while both exist.
    aside: String,
    reason: String,
    discard: bool,
}

const ALTER_NULL: Version = Version::new(3, 53);

impl<'a> Group<'a> {
    pub(super) fn new(planner: &Planner<'a>, now: &'a Schema, work: &[Work<'a>]) -> Self {
        let mut group = Self {
            members: Vec::new(),
            doomed: Vec::new(),
        };
        for work in work {
            if let Way::Rebuild { reason, discard } = &work.way {
                let reason = format!("rebuild `{}`: {reason}", work.new.name);
                group.add(work.old, work.new, reason, *discard);
            }
        }
        while planner.target.keys_are_on() {
            let left = now.tables.iter().filter(|it| {
                !group.contains(&it.name) && !group.doomed.iter().any(|gone| gone.name == it.name)
            });
            let mut left = left.filter_map(|it| Some((it, group.parent(it)?)));
            let Some((child, parent)) = left.next() else {
                break;
            };
            match planner.to.table(&child.name) {
                Some(new) => {
                    let reason = format!("rebuild `{}`: it refers to `{parent}`", child.name);
                    group.add(child, new, reason, false);
                }
                None => group.doomed.push(child),
            }
        }
        group
    }

    fn add(&mut self, old: &'a Table, new: &'a Table, reason: String, discard: bool) {
        self.members.push(Member {
            old,
            new,
            aside: String::new(),
            reason,
            discard,
        });
    }

    /// The member, or doomed table, that a table refers to.
    fn parent(&self, child: &Table) -> Option<&str> {
        let members = self.members.iter().map(|it| it.old.name.as_str());
        let mut parents = members.chain(self.doomed.iter().map(|it| it.name.as_str()));
        parents.find(|parent| refers(child, parent))
    }

    pub(super) fn contains(&self, table: &str) -> bool {
        self.members.iter().any(|it| same_name(&it.new.name, table))
    }

    /// Whether tables that refer to a member follow its change of name.
    pub(super) fn renames_parents(&self, planner: &Planner<'_>) -> bool {
        planner.target.keys_are_on() && !self.members.is_empty()
    }

    pub(super) fn run(mut self, planner: &mut Planner<'a>, now: &Schema) -> Result<(), Stop> {
        if self.members.is_empty() {
            return Ok(());
        }
        let keys_on = planner.target.keys_are_on();
        if keys_on {
            planner.step(
                Cost::Instant,
                "check foreign keys at the end",
                "PRAGMA defer_foreign_keys = ON",
            )?;
            for member in &self.members {
                objects::silence(planner, &member.old.name)?;
            }
        }
        if planner.level >= Level::Aside {
            return self.copy_aside(planner, now);
        }
        self.rename_away(planner)?;
        self.create(planner, now)?;
        self.copy(planner)?;
        self.drop_old(planner)?;
        self.final_indexes(planner, now)
    }

    /// With the old way of renaming, views and triggers go on naming the table.
    fn rename_away(&mut self, planner: &mut Planner<'a>) -> Result<(), Stop> {
        for member in &mut self.members {
            member.aside = planner.free_name(&member.old.name, "__old")?;
        }
        let reason = self.members[0].reason.clone();
        planner.step(Cost::Instant, &reason, "PRAGMA legacy_alter_table = ON")?;
        for member in &self.members {
            let sql = format!(
                "ALTER TABLE {} RENAME TO {}",
                name(&member.old.name),
                name(&member.aside)
            );
            planner.step(Cost::Instant, &member.reason, sql)?;
        }
        let last = self.members.last().map_or(reason, |it| it.reason.clone());
        planner.step(Cost::Instant, last, "PRAGMA legacy_alter_table = OFF")
    }

    fn create(&self, planner: &mut Planner<'a>, now: &Schema) -> Result<(), Stop> {
        for member in &self.members {
            planner.step(Cost::Instant, &member.reason, member.new.sql.clone())?;
        }
        if !planner.target.keys_are_on() {
            return Ok(());
        }
        // A foreign key to a column needs the unique index of it as soon as a row comes in.
        for index in self.needed_indexes(planner) {
            let sql = if now.index(&index.name).is_some() {
                renamed_index(index, &planner.free_name(&index.name, "__new")?)
            } else {
                index.sql.clone()
            };
            planner.step(
                Cost::Instant,
                format!("foreign keys need `{}`", index.name),
                sql,
            )?;
        }
        tables::create(planner)
    }

    fn needed_indexes(&self, planner: &Planner<'a>) -> Vec<&'a Index> {
        let to = planner.to;
        let keys = to.tables.iter().flat_map(|it| &it.foreign_keys);
        let keys: Vec<_> = keys.filter(|key| self.contains(&key.parent)).collect();
        let is_target = |index: &&Index| {
            let columns: Vec<String> = index
                .parts
                .iter()
                .map(|part| part.expression.tokens().concat())
                .collect();
            keys.iter().any(|key| {
                let same = same_name(&key.parent, &index.table) && key.to.len() == columns.len();
                same && key
                    .to
                    .iter()
                    .all(|it| columns.iter().any(|column| same_name(it, column)))
            })
        };
        let unique = to
            .indexes
            .iter()
            .filter(|it| it.unique && it.filter.is_none() && self.contains(&it.table));
        unique.filter(is_target).collect()
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
            if sequences(member) {
                let clear = format!(
                    "DELETE FROM sqlite_sequence WHERE name = {}",
                    text(&member.new.name)
                );
                planner.step(Cost::Instant, &member.reason, clear)?;
                let keep = format!(
                    "INSERT INTO sqlite_sequence (name, seq) SELECT {}, seq FROM sqlite_sequence WHERE name = {}",
                    text(&member.new.name),
                    text(&member.aside)
                );
                planner.step(Cost::Instant, &member.reason, keep)?;
            }
        }
        Ok(())
    }

    fn drop_old(&self, planner: &mut Planner<'a>) -> Result<(), Stop> {
        let keys_on = planner.target.keys_are_on();
        let mut old: Vec<Table> = Vec::new();
        for table in self
            .members
            .iter()
            .map(|it| it.old)
            .chain(self.doomed.iter().copied())
        {
            old.push(self.aside(table, keys_on));
        }
        let old: Vec<&Table> = old.iter().collect();
        let reason = |table: &Table| {
            let member = self.members.iter().find(|it| it.aside == table.name);
            member.map_or_else(
                || format!("drop table `{}`", table.name),
                |it| it.reason.clone(),
            )
        };
        if !keys_on {
            for table in old {
                planner.step(
                    Cost::Rewrite,
                    reason(table),
                    format!("DROP TABLE {}", name(&table.name)),
                )?;
            }
            return Ok(());
        }
        let (children, circular) = children_first(&old);
        for table in &old {
            // A row of a circle may lose its parent before it goes itself.
            for column in self.must_become_nullable(table, &circular) {
                if planner.target.version >= ALTER_NULL {
                    let sql = format!(
                        "ALTER TABLE {} ALTER COLUMN {} DROP NOT NULL",
                        name(&table.name),
                        name(&column)
                    );
                    planner.step(Cost::Instant, reason(table), sql)?;
                }
            }
        }
        for table in children {
            planner.step(
                Cost::Rewrite,
                reason(table),
                format!("DROP TABLE {}", name(&table.name)),
            )?;
        }
        for table in &circular {
            planner.step(
                Cost::Rewrite,
                reason(table),
                format!("DELETE FROM {}", name(&table.name)),
            )?;
        }
        for table in &circular {
            drop_with_stub(planner, table, &circular, reason(table))?;
        }
        drop_stubs(planner, &circular)
    }

    /// An old table as it is called now, with references that have followed.
    fn aside(&self, table: &Table, keys_on: bool) -> Table {
        let moved = |name: &str| {
            self.members
                .iter()
                .find(|it| same_name(&it.old.name, name))
                .map(|it| it.aside.clone())
        };
        let mut table = table.clone();
        if let Some(aside) = moved(&table.name) {
            table.name = aside;
        }
        if keys_on {
            for key in &mut table.foreign_keys {
                if let Some(aside) = moved(&key.parent) {
                    key.parent = aside;
                }
            }
        }
        table
    }

    fn must_become_nullable(&self, table: &Table, circular: &[&Table]) -> Vec<String> {
        let in_circle = circular.iter().any(|it| it.name == table.name);
        let nulls = table.foreign_keys.iter().filter(|key| {
            key.on_delete == Action::SetNull && (in_circle || same_name(&key.parent, &table.name))
        });
        let columns = nulls.flat_map(|key| &key.from);
        let not_null =
            columns.filter(|it| table.column(it).is_some_and(|it| it.not_null.is_some()));
        not_null.cloned().collect()
    }

    fn final_indexes(&self, planner: &mut Planner<'a>, now: &Schema) -> Result<(), Stop> {
        let needed: Names = {
            let mut names = Names::default();
            if planner.target.keys_are_on() {
                for index in self.needed_indexes(planner) {
                    names.insert(&index.name);
                }
            }
            names
        };
        objects::create_indexes(planner, |index| self.contains(&index.table))?;
        let left = planner.now()?;
        for index in left.indexes.iter().filter(|it| self.contains(&it.table)) {
            let stands_in =
                planner.to.index(&index.name).is_none() && now.index(&index.name).is_none();
            let of = index.name.trim_end_matches('_').strip_suffix("__new");
            if stands_in && of.is_some_and(|of| needed.contains(of)) {
                let reason = format!("foreign keys have `{}` again", of.unwrap_or_default());
                planner.step(
                    Cost::Instant,
                    reason,
                    format!("DROP INDEX {}", name(&index.name)),
                )?;
            }
        }
        Ok(())
    }

    /// Where a table cannot change its name, since it names itself: its rows make room for the new one.
    fn copy_aside(&mut self, planner: &mut Planner<'a>, now: &Schema) -> Result<(), Stop> {
        let acting = |it: &Member<'_>| {
            let keys = now.tables.iter().flat_map(|table| &table.foreign_keys);
            keys.filter(|key| same_name(&key.parent, &it.old.name))
                .any(|key| key.acts())
        };
        if planner.target.keys_are_on() && self.members.iter().any(acting) {
            return Err(Stop::Failed(
                "a table that names itself cannot be rebuilt under foreign keys that act"
                    .to_owned(),
            ));
        }
        for member in &mut self.members {
            member.aside = planner.free_name(&member.old.name, "__copy")?;
            let rowid = member
                .old
                .rowid_name()
                .map(|it| format!("{it} AS rowid__, "))
                .unwrap_or_default();
            let table = name(&member.old.name);
            let aside = name(&member.aside);
            planner.step(
                Cost::Rewrite,
                &member.reason,
                format!("CREATE TABLE {aside} AS SELECT {rowid}* FROM {table}"),
            )?;
            let sequence = format!("{}__sequence", member.aside);
            if sequences(member) {
                let sql = format!(
                    "CREATE TABLE {} AS SELECT seq FROM sqlite_sequence WHERE name = {}",
                    name(&sequence),
                    text(&member.old.name)
                );
                planner.step(Cost::Instant, &member.reason, sql)?;
            }
            planner.step(Cost::Rewrite, &member.reason, format!("DROP TABLE {table}"))?;
            planner.step(Cost::Instant, &member.reason, member.new.sql.clone())?;
            member.copy(
                planner,
                &member.aside,
                member.old.rowid_name().map(|_| "rowid__"),
            )?;
            planner.step(Cost::Rewrite, &member.reason, format!("DROP TABLE {aside}"))?;
            if sequences(member) {
                let clear = format!(
                    "DELETE FROM sqlite_sequence WHERE name = {}",
                    text(&member.new.name)
                );
                planner.step(Cost::Instant, &member.reason, clear)?;
                let keep = format!(
                    "INSERT INTO sqlite_sequence (name, seq) SELECT {}, seq FROM {}",
                    text(&member.new.name),
                    name(&sequence)
                );
                planner.step(Cost::Instant, &member.reason, keep)?;
                planner.step(
                    Cost::Instant,
                    &member.reason,
                    format!("DROP TABLE {}", name(&sequence)),
                )?;
            }
        }
        objects::create_indexes(planner, |index| self.contains(&index.table))
    }
}

/// Whether keys that were given out are remembered on both sides.
fn sequences(member: &Member<'_>) -> bool {
    let counts = |table: &Table| {
        table
            .primary_key
            .as_ref()
            .is_some_and(|key| key.autoincrement)
    };
    counts(member.old) && counts(member.new)
}

impl Member<'_> {
    /// By name of column, never by position; rows keep their rowid.
    fn copy(&self, planner: &mut Planner<'_>, from: &str, rowid: Option<&str>) -> Result<(), Stop> {
        let (old, new) = (self.old, self.new);
        if self.discard {
            planner
                .written
                .push((new.name.clone(), Written::Everything));
            return Ok(());
        }
        let (mut targets, mut values, mut expressions) = (Vec::new(), Vec::new(), false);
        if new.rowid_column().is_none() && !new.without_rowid {
            match (new.rowid_name(), rowid) {
                (Some(new), Some(old)) => {
                    targets.push(new.to_owned());
                    values.push(old.to_owned());
                }
                _ => planner
                    .written
                    .push((new.name.clone(), Written::Everything)),
            }
        }
        for column in new.columns.iter().filter(|it| it.generated.is_none()) {
            let value = match values::source(planner, old, new, column) {
                Source::Same => name(&column.name),
                Source::Expression(value) => {
                    expressions = true;
                    planner
                        .written
                        .push((new.name.clone(), Written::Column(column.name.clone())));
                    match old.rowid_name() {
                        Some(of_old) if value == of_old => rowid.unwrap_or(of_old).to_owned(),
                        _ => value,
                    }
                }
                Source::Default => continue,
            };
            let retyped = |before: &crate::schema::Column| {
                !crate::diff::same_type(&before.declared_type, &column.declared_type)
            };
            if old.column(&column.name).is_some_and(retyped) {
                planner
                    .written
                    .push((new.name.clone(), Written::Column(column.name.clone())));
            }
            targets.push(name(&column.name));
            values.push(value);
        }
        if targets.is_empty() {
            return Err(Stop::Failed(format!("nothing of `{}` stays", new.name)));
        }
        // A conflict clause of the table would leave rows out in silence.
        let insert = if has_conflict_clause(new) {
            "INSERT OR ABORT INTO"
        } else {
            "INSERT INTO"
        };
        let alias = if expressions {
            format!(" AS {}", name(&new.name))
        } else {
            String::new()
        };
        let sql = format!(
            "{insert} {} ({}) SELECT {} FROM {}{alias}",
            name(&new.name),
            targets.join(", "),
            values.join(", "),
            name(from)
        );
        planner.step(Cost::Rewrite, &self.reason, sql)
    }
}

fn has_conflict_clause(table: &Table) -> bool {
    let given = |conflict| conflict != Conflict::Abort;
    table
        .primary_key
        .as_ref()
        .is_some_and(|key| given(key.conflict))
        || table.uniques.iter().any(|it| given(it.conflict))
        || table
            .columns
            .iter()
            .any(|it| it.not_null.is_some_and(|it| given(it.conflict)))
}

fn renamed_index(index: &Index, new: &str) -> String {
    let columns: Vec<String> = index
        .parts
        .iter()
        .map(|part| part.expression.text().to_owned())
        .collect();
    format!(
        "CREATE UNIQUE INDEX {} ON {} ({})",
        name(new),
        name(&index.table),
        columns.join(", ")
    )
}

/// Drops a table that others in its circle still refer to: an empty one of its name lets them go too.
pub(super) fn drop_with_stub(
    planner: &mut Planner<'_>,
    table: &Table,
    circle: &[&Table],
    reason: String,
) -> Result<(), Stop> {
    planner.step(
        Cost::Rewrite,
        &reason,
        format!("DROP TABLE {}", name(&table.name)),
    )?;
    let now = planner.now()?;
    let refers_still = |it: &&&Table| {
        it.name != table.name && now.table(&it.name).is_some() && refers(it, &table.name)
    };
    let mut keys: Vec<Vec<String>> = Vec::new();
    for child in circle.iter().filter(refers_still) {
        for key in child
            .foreign_keys
            .iter()
            .filter(|key| same_name(&key.parent, &table.name))
        {
            let primary = table
                .primary_key
                .as_ref()
                .map(|key| key.columns.clone())
                .unwrap_or_default();
            let target = if key.to.is_empty() {
                primary
            } else {
                key.to.clone()
            };
            if !target.is_empty() && !keys.iter().any(|it| same_names(it, &target)) {
                keys.push(target);
            }
        }
    }
    if keys.is_empty() {
        return Ok(());
    }
    let mut columns = Names::default();
    keys.iter()
        .flatten()
        .for_each(|it| drop(columns.insert(it)));
    let columns: Vec<String> = columns.iter().map(name).collect();
    let primary = table.primary_key.as_ref().map(|it| &it.columns);
    let keys = keys.iter().map(|key| {
        let kind = if primary.is_some_and(|it| same_names(it, key)) {
            "PRIMARY KEY"
        } else {
            "UNIQUE"
        };
        format!("{kind} ({})", names(key))
    });
    let keys: Vec<String> = keys.collect();
    let sql = format!(
        "CREATE TABLE {} ({}, {})",
        name(&table.name),
        columns.join(", "),
        keys.join(", ")
    );
    planner.step(Cost::Instant, reason, sql)
}

pub(super) fn drop_stubs(planner: &mut Planner<'_>, circle: &[&Table]) -> Result<(), Stop> {
    // A stub may refer to nothing, so any order does once the tables are gone.
    for table in circle {
        if planner.now()?.table(&table.name).is_some() {
            planner.step(
                Cost::Instant,
                format!("`{}` was only referred to", table.name),
                format!("DROP TABLE {}", name(&table.name)),
            )?;
        }
    }
    Ok(())
}
