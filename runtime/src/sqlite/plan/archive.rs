#[cfg(test)]
mod tests;

use super::planner::name;
use super::undone::{Converted, converted, undone};
use super::{hints_back, plan};
use crate::diff::{Change, Object};
use crate::plan::{Cost, Hazard, Hints, Plan, PlanError, ProofError, Proved, Step, Target};
use crate::schema::{Expression, Index, Schema, Table, Trigger, same_name};
use crate::sqlite::inspect::inspect;
use crate::sqlite::prove::prove;
use crate::sqlite::scratch::scratch;

/// The end of the names of tables in which dropped values are kept.
const KEPT: &str = "__kept";

/// Plans and proves like [`proved`](crate::plan::proved); what is dropped is copied to tables of its own first, from which
/// the way back takes it. Also returns the schema that is reached, which has these tables.
///
/// ```
/// use tablature::plan::{Hints, Target, proved_keeping};
/// use tablature::{Connection, inspect, migrations::Runner};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let from = Connection::open_in_memory()?;
/// from.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, body TEXT)")?;
/// let to = Connection::open_in_memory()?;
/// to.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY)")?;
/// let target = Target::new(Runner::Tablature);
/// let (proved, schema) = proved_keeping(&inspect(&from)?, &inspect(&to)?, &Hints::default(), target)?;
/// assert_eq!(proved.up.steps[0].sql, "CREATE TABLE posts__kept AS SELECT id, body FROM posts");
/// assert!(schema.table("posts__kept").is_some());
/// # Ok(())
/// # }
/// ```
pub fn proved_keeping(
    from: &Schema,
    to: &Schema,
    hints: &Hints,
    target: Target,
) -> Result<(Proved, Schema), ProofError> {
    let mut agreed = hints.clone();
    agreed.allow("all").map_err(PlanError::from)?;
    let bare = plan(from, to, &agreed, target)?;
    let archives = archives(from, &bare.changes, hints);
    let hints = &agreeing(hints, &bare.changes)?;
    let mut steps = Vec::new();
    for archive in &archives {
        steps.push(Step {
            sql: archive.sql(),
            reason: format!("keep what `{}` loses", archive.table.name),
            cost: Cost::Rewrite,
        });
        steps.extend(archive.index().map(|sql| Step {
            sql,
            reason: format!("find what was kept of a row of `{}`", archive.table.name),
            cost: Cost::Scan,
        }));
    }
    let db = scratch(from, "the schema as it is")?;
    for step in &steps {
        db.execute_batch(&step.sql)?;
    }
    let with_archives = inspect(&db)?;
    let kept = |table: &&Table| archives.iter().any(|it| same_name(&it.name, &table.name));
    let mut reached = to.clone();
    reached
        .tables
        .extend(with_archives.tables.iter().filter(kept).cloned());
    reached
        .indexes
        .extend(indexes_of(&archives, &with_archives));

    let triggers = archives.iter().filter_map(|it| it.trigger(to, hints));
    reached.triggers.extend(triggers);

    let planned = plan(&with_archives, &reached, hints, target);
    let (mut up, converts) = asking(planned, not_kept(from, to, hints), hints)?;
    steps.append(&mut up.steps);
    up.steps = steps;
    let proof = prove((from, &reached), &up, None, target)?;
    let down = way_back(from, &reached, hints, target, &archives)
        .map_err(ProofError::Plan)
        .and_then(|down| prove((from, &reached), &up, Some(&down), target).map(|_| down));
    // What is told here has no part in the proof: of no row it is said that it may be refused.
    up.hazards.extend(converts);
    let down = down.map_err(|error| error.to_string()).map(|mut down| {
        down.hazards.extend(undone(from, to, hints));
        down
    });
    Ok((Proved { up, down, proof }, reached))
}

/// What is dropped is not lost, and needs no agreement. What is lost without being dropped does.
fn agreeing(hints: &Hints, changes: &[Change]) -> Result<Hints, PlanError> {
    let mut hints = hints.clone();
    for change in changes {
        match change {
            Change::Drop(Object::Table, table) => hints.allow(&format!("drop:{table}"))?,
            Change::DropColumn(table, column) => hints.allow(&format!("drop:{table}.{column}"))?,
            _ => {}
        }
    }
    Ok(hints)
}

/// What is converted, column by column, with the words that agree to it.
fn not_kept(from: &Schema, to: &Schema, hints: &Hints) -> Vec<(String, Hazard)> {
    let converted = converted(from, to, hints);
    let hazard = |it: &Converted| Some((format!("convert:{}", it.place()), it.not_kept()?));
    converted.iter().filter_map(hazard).collect()
}

/// All questions at once: those of the plan, and those about what is not kept. If all are agreed to, the latter are told.
fn asking(
    planned: Result<Plan, PlanError>,
    converts: Vec<(String, Hazard)>,
    hints: &Hints,
) -> Result<(Plan, Vec<Hazard>), PlanError> {
    let agreed = |(what, _): &(String, Hazard)| hints.allows(what);
    let (agreed, refused): (Vec<_>, Vec<_>) = converts.into_iter().partition(agreed);
    let mut refused: Vec<Hazard> = refused.into_iter().map(|it| it.1).collect();
    match planned {
        Err(PlanError::Refused(mut all)) => {
            all.append(&mut refused);
            Err(PlanError::Refused(all))
        }
        Ok(_) if !refused.is_empty() => Err(PlanError::Refused(refused)),
        planned => Ok((planned?, agreed.into_iter().map(|it| it.1).collect())),
    }
}

/// The tables of kept values that a schema still has.
pub fn archives_of(schema: &Schema) -> impl Iterator<Item = &Table> {
    schema
        .tables
        .iter()
        .filter(|it| it.name.trim_end_matches('_').ends_with(KEPT))
}

/// What one table loses: some columns, or everything.
struct Archive<'a> {
    table: &'a Table,
    /// The columns; none when the table itself goes.
    columns: Vec<String>,
    name: String,
}

fn archives<'a>(from: &'a Schema, changes: &[Change], hints: &Hints) -> Vec<Archive<'a>> {
    let mut archives: Vec<Archive<'_>> = Vec::new();
    for change in changes {
        let (table, column) = match change {
            Change::Drop(Object::Table, table) => (table, None),
            Change::DropColumn(table, column) => (table, Some(column)),
            _ => continue,
        };
        let old = hints
            .renamed_tables()
            .iter()
            .find(|(_, new)| same_name(new, table));
        let Some(old) = from.table(old.map_or(table, |(old, _)| old)) else {
            continue;
        };
        let stored =
            column.is_none_or(|it| old.column(it).is_some_and(|it| it.generated.is_none()));
        if !stored {
            continue;
        }
        match archives.iter_mut().find(|it| it.table.name == old.name) {
            Some(archive) => archive.columns.extend(column.cloned()),
            None => {
                let mut free = format!("{}{KEPT}", old.name);
                while from.table(&free).is_some() {
                    free.push('_');
                }
                archives.push(Archive {
                    table: old,
                    columns: column.cloned().into_iter().collect(),
                    name: free,
                });
            }
        }
    }
    archives
}

impl Archive<'_> {
    /// What tells one row from another: the primary key, or else the rowid.
    fn key(&self) -> Vec<(String, String)> {
        let key = self.table.primary_key.as_ref().filter(|key| {
            key.columns.iter().all(|it| {
                self.table
                    .column(it)
                    .is_some_and(|it| self.table.refuses_null(it))
            }) && !key
                .columns
                .iter()
                .any(|it| self.columns.iter().any(|gone| same_name(gone, it)))
        });
        match (key, self.table.rowid_name()) {
            (Some(key), _) => key
                .columns
                .iter()
                .map(|it| (it.clone(), it.clone()))
                .collect(),
            (None, Some(rowid)) => vec![(rowid.to_owned(), "rowid__".to_owned())],
            (None, None) => Vec::new(),
        }
    }

    /// What was kept of a row goes with it, or a later row under its key would get it on the way back.
    fn trigger(&self, to: &Schema, hints: &Hints) -> Option<Trigger> {
        let old = &self.table.name;
        let renamed = hints.renamed_tables().iter();
        let new = renamed.clone().find(|(from, _)| same_name(from, old));
        let table = to.table(new.map_or(old, |(_, new)| new))?;
        let column = |column: &str| {
            let here = |of: &str| same_name(of, old) || same_name(of, &table.name);
            let mut renamed = hints.renamed_columns().iter();
            let new = renamed.find(|(of, from, _)| here(of) && same_name(from, column));
            new.map_or_else(|| column.to_owned(), |(_, _, new)| new.clone())
        };
        let mut equal = Vec::new();
        for (key, kept) in self.key() {
            let key = if key == kept { column(&key) } else { key };
            let is_there = table.column(&key).is_some() || table.rowid_name() == Some(key.as_str());
            if !is_there {
                return None;
            }
            equal.push(format!("{} = old.{}", name(&kept), name(&key)));
        }
        let trigger = format!("{}_delete", self.name);
        let sql = format!(
            "CREATE TRIGGER {} AFTER DELETE ON {} BEGIN\n  DELETE FROM {} WHERE {};\nEND",
            name(&trigger),
            name(&table.name),
            name(&self.name),
            equal.join(" AND ")
        );
        Some(Trigger {
            name: trigger,
            table: table.name.clone(),
            sql: Expression::new(sql),
        })
    }

    /// Rows are looked up one by one: as they are deleted, and on the way back.
    fn index(&self) -> Option<String> {
        let key: Vec<String> = self.key().iter().map(|(_, kept)| name(kept)).collect();
        (!self.columns.is_empty() && !key.is_empty()).then(|| {
            format!(
                "CREATE INDEX {} ON {} ({})",
                name(&format!("{}_key", self.name)),
                name(&self.name),
                key.join(", ")
            )
        })
    }

    fn whole(&self) -> Vec<String> {
        let stored = self
            .table
            .columns
            .iter()
            .filter(|it| it.generated.is_none());
        stored.map(|it| it.name.clone()).collect()
    }

    fn sql(&self) -> String {
        let key = self.key();
        let mut values: Vec<String> = Vec::new();
        for (column, kept) in &key {
            values.push(if column == kept {
                name(column)
            } else {
                format!("{column} AS {kept}")
            });
        }
        let columns = if self.columns.is_empty() {
            self.whole()
        } else {
            self.columns.clone()
        };
        let others = columns
            .iter()
            .filter(|it| !key.iter().any(|(key, _)| same_name(key, it)));
        values.extend(others.map(|it| name(it)));
        format!(
            "CREATE TABLE {} AS SELECT {} FROM {}",
            name(&self.name),
            values.join(", "),
            name(&self.table.name)
        )
    }
}

fn indexes_of(archives: &[Archive<'_>], schema: &Schema) -> Vec<Index> {
    let is_kept = |it: &&Index| archives.iter().any(|kept| same_name(&kept.name, &it.table));
    schema.indexes.iter().filter(is_kept).cloned().collect()
}

/// Columns take their values as they come back; tables get their rows before anything stands on them.
fn way_back(
    from: &Schema,
    reached: &Schema,
    hints: &Hints,
    target: Target,
    archives: &[Archive<'_>],
) -> Result<Plan, PlanError> {
    let mut back = hints_back(from, reached, hints);
    for archive in archives.iter().filter(|it| !it.columns.is_empty()) {
        let table = name(&archive.table.name);
        // A hint speaks of a table by the name that it has before the way back.
        let renamed = hints.renamed_tables().iter();
        let new = renamed
            .clone()
            .find(|(old, _)| same_name(old, &archive.table.name));
        let after = new.map_or_else(|| archive.table.name.clone(), |(_, new)| new.clone());
        let equal = archive
            .key()
            .into_iter()
            .map(|(column, kept)| format!("kept.{} = {table}.{}", name(&kept), name(&column)));
        let equal: Vec<String> = equal.collect();
        for column in &archive.columns {
            let value = format!(
                "(SELECT kept.{} FROM {} AS kept WHERE {})",
                name(column),
                name(&archive.name),
                equal.join(" AND ")
            );
            // Rows that have come since have nothing that was kept.
            let value = match back.value(&archive.table.name, column) {
                Some(neutral) => format!("COALESCE({value}, {neutral})"),
                None => value,
            };
            back.give(&after, column, value, false);
        }
    }
    let mut kept = from.clone();
    let tables = archives
        .iter()
        .filter_map(|it| reached.table(&it.name))
        .cloned();
    kept.tables.extend(tables);
    kept.indexes.extend(indexes_of(archives, reached));
    let mut down = plan(reached, &kept, &back, target)?;
    let is_table = |step: &Step| {
        step.sql
            .get(..12)
            .is_some_and(|it| it.eq_ignore_ascii_case("CREATE TABLE"))
    };
    let at = down.steps.iter().rposition(is_table).map_or(0, |at| at + 1);
    let restored = archives
        .iter()
        .filter(|it| it.columns.is_empty())
        .map(|archive| {
            let mut columns: Vec<String> = archive.whole().iter().map(|it| name(it)).collect();
            let mut values = columns.clone();
            if let (None, [(rowid, kept)]) =
                (archive.table.rowid_column(), archive.key().as_slice())
                && kept == "rowid__"
            {
                columns.insert(0, rowid.clone());
                values.insert(0, kept.clone());
            }
            Step {
                sql: format!(
                    "INSERT INTO {} ({}) SELECT {} FROM {}",
                    name(&archive.table.name),
                    columns.join(", "),
                    values.join(", "),
                    name(&archive.name)
                ),
                reason: format!("bring back the rows of `{}`", archive.table.name),
                cost: Cost::Rewrite,
            }
        });
    let restored: Vec<Step> = restored.collect();
    down.steps.splice(at..at, restored);
    for archive in archives {
        down.steps.push(Step {
            sql: format!("DROP TABLE {}", name(&archive.name)),
            reason: format!("`{}` has back what was kept", archive.table.name),
            cost: Cost::Instant,
        });
    }
    Ok(down)
}
