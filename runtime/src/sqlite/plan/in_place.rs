use super::planner::{Planner, Stop, Written, name, names};
use super::rebuild::Group;
use super::tables::{Way, Work};
use super::values::{self, Source};
use crate::diff::{Aspect, Change, same_check, same_foreign_key, unmatched};
use crate::plan::{Cost, Version};
use crate::schema::{Check, Column, Deferrable, Expression, ForeignKey, Schema, Table, same_name};

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
        if value.starts_with("COALESCE(")
            && self
                .planner
                .hints
                .value(&self.new.name, &column.name)
                .is_none()
        {
            sql.push_str(&format!(" WHERE {} IS NULL", name(&column.name)));
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

    fn alter(&mut self, column: &str, aspect: &Aspect) -> Result<(), String> {
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

    fn add(&mut self, column: &str) -> Result<(), String> {
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
        if late_null || !checks.is_empty() {
            self.since(
                CONSTRAINTS,
                format!("`{}` gets its values before its constraints", column.name),
            )?;
        }
        let definition = self.bare_definition(column, !late_null);
        self.op(
            Order::Add,
            Cost::Instant,
            reason,
            format!("ADD COLUMN {definition}"),
        );
        self.write(column, &value, None);
        if late_null {
            self.set_not_null(column);
        }
        for check in checks {
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
            text.push_str(&format!(" DEFAULT {default}"));
        }
        if let Some(collation) = &column.collation {
            text.push_str(&format!(" COLLATE {}", name(collation)));
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

    fn drop(&mut self, column: &str) -> Result<(), String> {
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

    fn checks(&mut self) -> Result<(), String> {
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

    fn add_check(&mut self, check: &Check) {
        let constraint = check
            .name
            .as_ref()
            .map(|it| format!("CONSTRAINT {} ", name(it)))
            .unwrap_or_default();
        let reason = format!("`{}` gets CHECK ({})", self.new.name, check.expression);
        self.op(
            Order::Tighten,
            Cost::Scan,
            reason,
            format!("ADD {constraint}CHECK ({})", check.expression),
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

    fn foreign_keys(&mut self, now: &Schema) -> Result<(), String> {
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

    /// SQLite is asked: a table with a row takes a column only if its default is one value.
    fn is_constant(&self, default: &Expression) -> bool {
        let sql = format!(
            "CREATE TABLE tablature__probe (a); INSERT INTO tablature__probe VALUES (1);
             ALTER TABLE tablature__probe ADD COLUMN b DEFAULT {default}"
        );
        self.planner.runs(&sql)
    }
}

fn is_of(holder: Option<&String>, column: &Column) -> bool {
    holder.is_some_and(|holder| same_name(holder, &column.name))
}

fn references(key: &ForeignKey) -> String {
    let mut text = String::new();
    if let Some(constraint) = &key.name {
        text.push_str(&format!("CONSTRAINT {} ", name(constraint)));
    }
    text.push_str(&format!("REFERENCES {}", name(&key.parent)));
    if !key.to.is_empty() {
        text.push_str(&format!(" ({})", names(&key.to)));
    }
    for (on, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if action != crate::schema::Action::NoAction {
            text.push_str(&format!(" ON {on} {}", action.sql()));
        }
    }
    if key.deferrable == Deferrable::Deferred {
        text.push_str(" DEFERRABLE INITIALLY DEFERRED");
    }
    text
}
