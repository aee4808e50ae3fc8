mod count;
mod untouched;

use super::run_script;
use crate::migrations::Script;
use crate::schema::{ForeignKey, Schema, Table, same_name};
use crate::sqlite::inspect::inspect;
use crate::sqlite::scratch::scratch;
use count::Stage;
use rusqlite::Connection;
use std::fmt;
use untouched::Untouched;

/// Rows that a migration would refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Refusal {
    /// The migration's file without its endings.
    pub stem: String,
    /// The table of the rows.
    pub table: String,
    /// What is the matter with them: `` `age` is NULL``.
    pub reason: String,
    /// How many there are.
    pub rows: i64,
    /// Whether it is for a parent that is not there.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) orphans: bool,
    /// The columns by which a row is known.
    pub key: String,
    /// The first keys.
    pub first: Vec<String>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            stem,
            table,
            reason,
            rows,
            key,
            first,
            ..
        } = self;
        let s = if *rows == 1 { "" } else { "s" };
        write!(f, "`{stem}` refuses {rows} row{s} of `{table}`: {reason}")?;
        if first.is_empty() {
            return Ok(());
        }
        write!(f, ", at {key} {}", first.join(", "))?;
        let all = i64::try_from(first.len()).is_ok_and(|shown| shown >= *rows);
        f.write_str(if all { "" } else { ", …" })
    }
}

/// Counts the rows that new constraints of the pending migrations refuse, as far as that is certain: the rows are then
/// as they are now. What is not certain, the migration itself will tell.
pub(super) fn preflight(
    db: &Connection,
    pending: &[&Script<'_>],
    has_hook: impl Fn(&Script<'_>) -> bool,
) -> rusqlite::Result<Vec<Refusal>> {
    let mut found = Vec::new();
    // A schema that cannot be made anew, or a script that fails on it, fails for another reason than rows.
    let Some(mut stages) = Stages::of(db) else {
        return Ok(found);
    };
    let mut untouched = Untouched::of(&stages.now);
    for script in pending {
        let from = stages.now.clone();
        if stages.go(script).is_none() {
            break;
        }
        untouched.after(script.up, &from);
        for table in &from.tables {
            if let Some(to) = stages.now.table(&table.name) {
                let stage = Stage {
                    script,
                    from: (&from, table),
                    to: (&stages.now, to),
                    columns: untouched.columns(table, to),
                };
                found.extend(stage.refusals(db, |key| {
                    is_whole(&untouched, (&from, table), &stages.now, key)
                })?);
            }
        }
        if has_hook(script) {
            break;
        }
    }
    // Foreign keys are checked at the end: what comes after may mend the rows.
    let last = pending.last().filter(|script| !has_hook(script));
    found.retain(|it| !it.orphans || last.is_some_and(|script| script.stem == it.stem));
    if found.iter().any(|it| it.orphans) && has_orphans(db)? {
        found.retain(|it| !it.orphans);
    }
    Ok(found)
}

/// Whether the values that a foreign key looks for are certain, and compared as they are.
fn is_whole(
    untouched: &Untouched,
    (from, table): (&Schema, &Table),
    to: &Schema,
    key: &ForeignKey,
) -> bool {
    let targets = to.target(key);
    let Some((old, new)) = from.table(&key.parent).zip(to.table(&key.parent)) else {
        return false;
    };
    let columns = untouched.columns(old, new);
    let same_type = |(child, parent): (&String, &String)| {
        let pair = table.column(child).zip(old.column(parent));
        pair.is_some_and(|(child, parent)| same_name(&child.declared_type, &parent.declared_type))
    };
    targets.len() == key.from.len()
        && targets
            .iter()
            .all(|it| columns.iter().any(|column| same_name(column, it)))
        && key.from.iter().zip(targets).all(same_type)
}

/// Rows that refer to nothing already are not a migration's fault, and it may be that others go with it.
fn has_orphans(db: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM pragma_foreign_key_check)";
    db.query_row(sql, (), |row| row.get(0))
}

/// The schemas between the migrations, on a scratch database.
struct Stages {
    db: Connection,
    now: Schema,
}

impl Stages {
    fn of(db: &Connection) -> Option<Self> {
        let now = inspect(db).ok()?;
        let db = scratch(&now, "the schema").ok()?;
        Some(Self { db, now })
    }

    fn go(&mut self, script: &Script<'_>) -> Option<()> {
        run_script(&self.db, script.up).ok()?;
        self.now = inspect(&self.db).ok()?;
        Some(())
    }
}
