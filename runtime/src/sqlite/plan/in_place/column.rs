use super::constraint::{check_clause, is_of, references};
use super::{CONSTRAINTS, DROP_COLUMN, Draft, Order};
use crate::diff::Aspect;
use crate::plan::Cost;
use crate::schema::{Check, Column, Expression, same_name};
use crate::sqlite::plan::planner::name;
use crate::sqlite::plan::values::{self, Source};
use std::fmt::Write as _;

impl Draft<'_> {
    pub(super) fn alter(&mut self, column: &str, aspect: &Aspect) -> Result<(), String> {
        let (Some(old), Some(new)) = (self.old.column(column), self.new.column(column)) else {
            return Err(format!("`{column}` changes"));
        };
        let is_virtual = |it: &Column| it.generated.as_ref().is_some_and(|it| !it.stored);
        if is_virtual(old) && is_virtual(new) {
            return self.regenerate(new);
        }
        let column_name = name(column);
        match aspect {
            Aspect::NotNull(true) => {
                self.since(CONSTRAINTS, format!("`{column}` becomes NOT NULL"))?;
                self.set_not_null(new);
            }
            Aspect::NotNull(false) => {
                self.since(CONSTRAINTS, format!("`{column}` becomes nullable"))?;
                let reason = format!("{} becomes nullable", self.place(column));
                self.op(
                    Order::Loosen,
                    Cost::Instant,
                    reason,
                    format!("ALTER COLUMN {column_name} DROP NOT NULL"),
                );
            }
            Aspect::NotNullConflict => {
                self.since(
                    CONSTRAINTS,
                    format!("`{column}` treats NULL in another way"),
                )?;
                let reason = format!("{} treats NULL in another way", self.place(column));
                self.op(
                    Order::Loosen,
                    Cost::Instant,
                    reason,
                    format!("ALTER COLUMN {column_name} DROP NOT NULL"),
                );
                self.set_not_null(new);
            }
            other => return Err(format!("`{column}` {other}")),
        }
        Ok(())
    }

    fn set_not_null(&mut self, column: &Column) {
        let conflict = column.not_null.map_or("", |it| it.conflict.clause());
        let reason = format!("{} becomes NOT NULL", self.place(&column.name));
        let action = format!("ALTER COLUMN {} SET NOT NULL{conflict}", name(&column.name));
        self.op(Order::Tighten, Cost::Scan, reason, action);
    }

    /// A column that holds nothing comes and goes for free; once, however much of it changes.
    fn regenerate(&mut self, column: &Column) -> Result<(), String> {
        let reason = format!("{} is generated in another way", self.place(&column.name));
        if self.ops.iter().any(|op| op.reason == reason) {
            return Ok(());
        }
        self.since(
            DROP_COLUMN,
            format!("`{}` is generated in another way", column.name),
        )?;
        self.op(
            Order::Regenerate,
            Cost::Instant,
            reason.clone(),
            format!("DROP COLUMN {}", name(&column.name)),
        );
        self.op(
            Order::Regenerate,
            Cost::Instant,
            reason,
            format!("ADD COLUMN {}", column.definition),
        );
        Ok(())
    }

    pub(super) fn add(&mut self, column: &str) -> Result<(), String> {
        let Some(column) = self.new.column(column) else {
            return Ok(());
        };
        let place = self.place(&column.name);
        let reason = format!("add {place}");
        let checks: Vec<&Check> = self
            .new
            .checks
            .iter()
            .filter(|it| is_of(it.column.as_ref(), column))
            .collect();
        if let Some(generated) = &column.generated {
            if generated.stored {
                return Err(format!("`{}` is new and stored", column.name));
            }
            let cost = if column.not_null.is_some() || !checks.is_empty() {
                Cost::Scan
            } else {
                Cost::Instant
            };
            self.op(
                Order::Add,
                cost,
                reason,
                format!("ADD COLUMN {}", column.definition),
            );
            return Ok(());
        }
        if let Some(default) = &column.default
            && !self.is_constant(default)
        {
            return Err(format!(
                "`{}` is new and its default is computed",
                column.name
            ));
        }
        let refers = self
            .new
            .foreign_keys
            .iter()
            .any(|key| key.from.iter().any(|it| same_name(it, &column.name)));
        if refers && column.default.is_some() && self.planner.target.keys_are_on() {
            return Err(format!(
                "`{}` is new, refers and has a default",
                column.name
            ));
        }
        let value = match values::source(self.planner, self.old, self.new, column) {
            Source::Expression(value) => Some(value),
            _ => None,
        };
        let late_null = column.not_null.is_some() && column.default.is_none();
        if late_null && value.is_none() {
            return Err(format!(
                "`{}` is new, NOT NULL and without a default",
                column.name
            ));
        }
        let Some(value) = value else {
            let scans = self.new.strict || !checks.is_empty();
            let cost = if scans { Cost::Scan } else { Cost::Instant };
            self.op(
                Order::Add,
                cost,
                reason,
                format!("ADD COLUMN {}", column.definition),
            );
            return Ok(());
        };
        // NULL passes a check, and in the column's definition it goes with the column; a default may not pass.
        let (early, late): (Vec<&Check>, Vec<&Check>) =
            checks.into_iter().partition(|_| column.default.is_none());
        if late_null || !late.is_empty() {
            self.since(
                CONSTRAINTS,
                format!("`{}` gets its values before its constraints", column.name),
            )?;
        }
        let mut definition = self.bare_definition(column, !late_null);
        for check in &early {
            let _ = write!(definition, " {}", check_clause(check));
        }
        let cost = if early.is_empty() {
            Cost::Instant
        } else {
            Cost::Scan
        };
        self.op(Order::Add, cost, reason, format!("ADD COLUMN {definition}"));
        self.write(column, &value, None);
        if late_null {
            self.set_not_null(column);
        }
        for check in late {
            self.add_check(check);
        }
        Ok(())
    }

    /// Without what the values must satisfy once they are there.
    fn bare_definition(&self, column: &Column, not_null: bool) -> String {
        let mut text = name(&column.name);
        if !column.declared_type.is_empty() {
            text.push(' ');
            text.push_str(&column.declared_type);
        }
        if let Some(not_null) = column.not_null.filter(|_| not_null) {
            text.push_str(" NOT NULL");
            text.push_str(not_null.conflict.clause());
        }
        if let Some(default) = &column.default {
            let _ = write!(text, " DEFAULT {default}");
        }
        if let Some(collation) = &column.collation {
            let _ = write!(text, " COLLATE {}", name(collation));
        }
        for key in self
            .new
            .foreign_keys
            .iter()
            .filter(|key| is_of(key.column.as_ref(), column))
        {
            text.push(' ');
            text.push_str(&references(key));
        }
        text
    }

    pub(super) fn drop(&mut self, column: &str) -> Result<(), String> {
        let Some(old) = self.old.column(column) else {
            return Ok(());
        };
        self.since(DROP_COLUMN, format!("`{column}` is gone"))?;
        if self
            .old
            .columns
            .iter()
            .filter(|it| self.new.column(&it.name).is_some())
            .count()
            == 0
        {
            return Err("all of its columns are others".to_owned());
        }
        let cost = match &old.generated {
            Some(generated) if !generated.stored => Cost::Instant,
            _ => Cost::Rewrite,
        };
        let reason = format!("drop {}", self.place(column));
        self.op(
            Order::Drop,
            cost,
            reason,
            format!("DROP COLUMN {}", name(column)),
        );
        Ok(())
    }

    /// SQLite is asked: a table with a row takes a column only if its default is one value.
    fn is_constant(&self, default: &Expression) -> bool {
        let sql = format!(
            "CREATE TABLE tablature__probe (a); INSERT INTO tablature__probe VALUES (1);
             ALTER TABLE tablature__probe ADD COLUMN b DEFAULT {default}"
        );
        self.planner.runs(&sql)
    }
}
