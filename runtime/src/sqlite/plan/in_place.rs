//! Tables that are altered as they are.

mod column;
mod constraint;

use super::planner::{Planner, Stop, Written, name};
use super::rebuild::Group;
use super::tables::{Way, Work};
use super::values::{self, Source};
use crate::diff::Change;
use crate::plan::{Cost, Version};
use crate::schema::{Column, Schema, Table};
use std::fmt::Write as _;

/// A statement that alters a table.
#[derive(Debug)]
pub(super) struct Op {
    order: Order,
    cost: Cost,
    reason: String,
    sql: String,
    /// The column whose values it writes.
    writes: Option<String>,
}

/// Constraints go before the values that they would refuse, and come after those that they demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    Loosen,
    Regenerate,
    Add,
    Write,
    Drop,
    Tighten,
}

/// `ALTER TABLE … SET NOT NULL`, `ADD` and `DROP CONSTRAINT`. See <https://www.sqlite.org/lang_altertable.html>.
const CONSTRAINTS: Version = Version::new(3, 53);
const DROP_COLUMN: Version = Version::new(3, 35);

pub(super) fn run(
    planner: &mut Planner<'_>,
    group: &Group<'_>,
    work: &[Work<'_>],
) -> Result<(), Stop> {
    for work in work.iter().filter(|it| !group.contains(&it.new.name)) {
        let Way::InPlace(ops) = &work.way else {
            continue;
        };
        for op in ops {
            if let Some(column) = &op.writes {
                planner
                    .written
                    .push((work.new.name.clone(), Written::Column(column.clone())));
            }
            planner.step(op.cost, op.reason.clone(), op.sql.clone())?;
        }
    }
    Ok(())
}

/// The columns whose values are written, which fires the table's triggers.
pub(super) fn written(ops: &[Op]) -> impl Iterator<Item = &str> {
    ops.iter().filter_map(|op| op.writes.as_deref())
}

/// The statements that alter the table, or why it has to be rebuilt.
pub(super) fn ops(
    planner: &Planner<'_>,
    (now, old): (&Schema, &Table),
    new: &Table,
    changes: &[&Change],
) -> Result<Vec<Op>, String> {
    let mut draft = Draft {
        planner,
        table: name(&new.name),
        old,
        new,
        ops: Vec::new(),
    };
    for change in changes {
        match change {
            Change::PrimaryKey(_) => return Err("its primary key changes".to_owned()),
            Change::Strict(_, on) => {
                return Err(format!(
                    "it becomes {}strict",
                    if *on { "" } else { "not " }
                ));
            }
            Change::WithoutRowid(_, on) => {
                return Err(format!(
                    "it {} its rowid",
                    if *on { "loses" } else { "gets" }
                ));
            }
            Change::AddConstraint(_, words) | Change::DropConstraint(_, words)
                if words.starts_with("UNIQUE") =>
            {
                return Err(format!("{words} belongs to its statement"));
            }
            Change::AlterColumn(_, column, aspect) => draft.alter(column, aspect)?,
            Change::AddColumn(_, column) => draft.add(column)?,
            Change::DropColumn(_, column) => draft.drop(column)?,
            _ => {}
        }
    }
    draft.checks()?;
    draft.foreign_keys(now)?;
    for column in new
        .columns
        .iter()
        .filter(|it| old.column(&it.name).is_some())
    {
        if let Source::Expression(value) = values::source(planner, old, new, column) {
            draft.write(
                column,
                &value,
                Some(planner.hints.mapped(&new.name, &column.name)),
            );
        }
    }
    draft.ops.sort_by_key(|op| op.order);
    Ok(draft.ops)
}

struct Draft<'a> {
    planner: &'a Planner<'a>,
    table: String,
    old: &'a Table,
    new: &'a Table,
    ops: Vec<Op>,
}

impl Draft<'_> {
    fn op(&mut self, order: Order, cost: Cost, reason: String, action: String) {
        let sql = format!("ALTER TABLE {} {action}", self.table);
        self.ops.push(Op {
            order,
            cost,
            reason,
            sql,
            writes: None,
        });
    }

    fn write(&mut self, column: &Column, value: &str, mapped: Option<&[(String, String)]>) {
        let mut sql = format!(
            "UPDATE {} SET {} = ({value})",
            self.table,
            name(&column.name)
        );
        if let Some(pairs) = mapped.filter(|it| !it.is_empty()) {
            let old: Vec<String> = pairs
                .iter()
                .map(|(old, _)| super::planner::text(old))
                .collect();
            sql = format!(
                "UPDATE {} SET {} = {value} WHERE {} IN ({})",
                self.table,
                name(&column.name),
                name(&column.name),
                old.join(", ")
            );
        }
        if value.starts_with(&format!("COALESCE({}, ", name(&column.name))) && mapped.is_some() {
            let _ = write!(sql, " WHERE {} IS NULL", name(&column.name));
        }
        self.ops.push(Op {
            order: Order::Write,
            cost: Cost::Rewrite,
            reason: format!("fill `{}.{}`", self.new.name, column.name),
            sql,
            writes: Some(column.name.clone()),
        });
    }

    fn since(&self, version: Version, why: impl Into<String>) -> Result<(), String> {
        if self.planner.target.version >= version {
            Ok(())
        } else {
            Err(format!(
                "{}, which SQLite alters in place since {version}",
                why.into()
            ))
        }
    }

    fn place(&self, column: &str) -> String {
        format!("`{}.{column}`", self.new.name)
    }
}
