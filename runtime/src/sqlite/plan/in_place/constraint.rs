use super::{CONSTRAINTS, Draft, Order};
use crate::diff::{same_check, same_foreign_key, unmatched};
use crate::plan::Cost;
use crate::schema::{Check, Column, Deferrable, ForeignKey, Schema, same_name};
use crate::sqlite::plan::planner::{name, names};
use std::fmt::Write as _;

impl Draft<'_> {
    pub(super) fn checks(&mut self) -> Result<(), String> {
        let (gone, added) = unmatched(&self.old.checks, &self.new.checks, same_check);
        for check in gone {
            // It goes with its column.
            if check
                .column
                .as_ref()
                .is_some_and(|column| self.new.column(column).is_none())
            {
                continue;
            }
            let words = format!("CHECK ({}) is gone", check.expression);
            self.drop_constraint(check.name.as_deref(), words)?;
        }
        let is_new = |column: &Option<String>| {
            column
                .as_ref()
                .is_some_and(|it| self.old.column(it).is_none())
        };
        let added: Vec<Check> = added
            .into_iter()
            .filter(|check| !is_new(&check.column))
            .cloned()
            .collect();
        for check in added {
            self.since(CONSTRAINTS, format!("CHECK ({}) is new", check.expression))?;
            self.add_check(&check);
        }
        Ok(())
    }

    pub(super) fn add_check(&mut self, check: &Check) {
        let reason = format!("`{}` gets CHECK ({})", self.new.name, check.expression);
        self.op(
            Order::Tighten,
            Cost::Scan,
            reason,
            format!("ADD {}", check_clause(check)),
        );
    }

    fn drop_constraint(&mut self, constraint: Option<&str>, words: String) -> Result<(), String> {
        let Some(constraint) = constraint else {
            return Err(format!(
                "{words}, and has no name by which it could be dropped"
            ));
        };
        self.since(CONSTRAINTS, words.clone())?;
        let reason = format!("`{}`: {words}", self.new.name);
        self.op(
            Order::Loosen,
            Cost::Instant,
            reason,
            format!("DROP CONSTRAINT {}", name(constraint)),
        );
        Ok(())
    }

    pub(super) fn foreign_keys(&mut self, now: &Schema) -> Result<(), String> {
        let to = self.planner.to;
        let (gone, added) = unmatched(&self.old.foreign_keys, &self.new.foreign_keys, |a, b| {
            same_foreign_key((now, a), (to, b))
        });
        for key in gone {
            if key
                .column
                .as_ref()
                .is_some_and(|column| self.new.column(column).is_none())
            {
                continue;
            }
            let words = format!("the foreign key of ({}) is gone", key.from.join(", "));
            self.drop_constraint(key.name.as_deref(), words)?;
        }
        for key in added {
            if key
                .column
                .as_ref()
                .is_none_or(|column| self.old.column(column).is_some())
            {
                return Err(format!(
                    "the foreign key of ({}) is new",
                    key.from.join(", ")
                ));
            }
        }
        Ok(())
    }
}

pub(super) fn check_clause(check: &Check) -> String {
    let constraint = check.name.as_ref();
    let constraint = constraint.map(|it| format!("CONSTRAINT {} ", name(it)));
    format!(
        "{}CHECK ({})",
        constraint.unwrap_or_default(),
        check.expression
    )
}

pub(super) fn is_of(holder: Option<&String>, column: &Column) -> bool {
    holder.is_some_and(|holder| same_name(holder, &column.name))
}

/// A foreign key in the definition of its column.
pub(super) fn references(key: &ForeignKey) -> String {
    let mut text = String::new();
    if let Some(constraint) = &key.name {
        let _ = write!(text, "CONSTRAINT {} ", name(constraint));
    }
    let _ = write!(text, "REFERENCES {}", name(&key.parent));
    if !key.to.is_empty() {
        let _ = write!(text, " ({})", names(&key.to));
    }
    for (on, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if action != crate::schema::Action::NoAction {
            let _ = write!(text, " ON {on} {}", action.sql());
        }
    }
    if key.deferrable == Deferrable::Deferred {
        text.push_str(" DEFERRABLE INITIALLY DEFERRED");
    }
    text
}
