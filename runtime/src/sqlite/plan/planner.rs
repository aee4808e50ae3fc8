use super::Level;
use super::wrangler::for_wrangler;
use crate::diff::{Change, Object};
use crate::migrations::Runner;
use crate::plan::{Cost, Hints, PlanError, Step, Target};
use crate::schema::{Schema, same_name};
use crate::sqlite::ident::is_plain;
use crate::sqlite::inspect::inspect;
use crate::sqlite::scratch::{first_line, scratch};
use rusqlite::Connection;
use std::cell::RefCell;
use std::rc::Rc;

/// The steps so far, and the database on which they have been executed.
pub(super) struct Planner<'a> {
    pub(super) from: &'a Schema,
    pub(super) to: &'a Schema,
    pub(super) hints: &'a Hints,
    pub(super) target: Target,
    pub(super) level: Level,
    /// Tables whose rows were written under the same rowids, by column: their full-text tables have to follow.
    pub(super) written: Vec<(String, Written)>,
    /// What made room for another of its name, and goes: the table, the column unless it is the whole table, the name before.
    pub(super) aside: Vec<(String, Option<String>, String)>,
    /// Columns that get another name by being copied: the table, the name before, the name after.
    pub(super) copied: Vec<(String, String, String)>,
    db: Connection,
    /// The schema, until a step changes it.
    now: RefCell<Option<Rc<Schema>>>,
    steps: Vec<Step>,
}

/// What was written in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Column(String),
    Everything,
}

/// Why an attempt ends.
#[derive(Debug)]
pub(super) enum Stop {
    /// Another way may do.
    Failed(String),
    /// No other way will.
    Error(PlanError),
}

impl<'a> Planner<'a> {
    pub(super) fn new(
        from: &'a Schema,
        to: &'a Schema,
        hints: &'a Hints,
        target: Target,
        level: Level,
    ) -> Result<Self, Stop> {
        let db = scratch(from, "the schema as it is").map_err(Stop::Error)?;
        let keys = if target.keys_are_on() { "ON" } else { "OFF" };
        db.execute_batch(&format!("PRAGMA foreign_keys = {keys}; BEGIN"))
            .map_err(|error| Stop::Failed(error.to_string()))?;
        Ok(Self {
            from,
            to,
            hints,
            target,
            level,
            written: Vec::new(),
            aside: Vec::new(),
            copied: Vec::new(),
            db,
            now: RefCell::default(),
            steps: Vec::new(),
        })
    }

    /// Plans a statement, and executes it.
    pub(super) fn step(
        &mut self,
        cost: Cost,
        reason: impl Into<String>,
        sql: impl Into<String>,
    ) -> Result<(), Stop> {
        let sql = match self.target.runner {
            Runner::D1 => for_wrangler(sql.into()),
            _ => sql.into(),
        };
        self.db
            .execute_batch(&sql)
            .map_err(|error| Stop::Failed(format!("`{}`: {error}", first_line(&sql))))?;
        if !keeps_schema(&sql) {
            *self.now.get_mut() = None;
        }
        self.steps.push(Step {
            sql,
            reason: reason.into(),
            cost,
        });
        Ok(())
    }

    /// Foreign keys are checked at the end of the transaction. Once is enough.
    pub(super) fn defer(&mut self) -> Result<(), Stop> {
        let pragma = "PRAGMA defer_foreign_keys = ON";
        if self.steps.iter().any(|it| it.sql == pragma) {
            return Ok(());
        }
        self.step(Cost::Instant, "check foreign keys at the end", pragma)
    }

    /// Whether a statement runs, without leaving anything behind.
    pub(super) fn runs(&self, sql: &str) -> bool {
        let runs = self
            .db
            .execute_batch(&format!("SAVEPOINT attempt; {sql}"))
            .is_ok();
        let undone = self
            .db
            .execute_batch("ROLLBACK TO attempt; RELEASE attempt");
        runs && undone.is_ok()
    }

    /// Whether a statement could be run, or what SQLite says.
    pub(super) fn compiles(&self, sql: &str) -> Result<(), String> {
        self.db.prepare(sql).map(drop).map_err(|error| match error {
            rusqlite::Error::SqlInputError { msg, .. } => msg,
            error => error.to_string(),
        })
    }

    /// Whether a query of one value says yes.
    pub(super) fn is_true(&self, sql: &str) -> bool {
        let answer = self.db.query_row(sql, (), |row| row.get(0));
        answer.unwrap_or(false)
    }

    /// The schema as the steps so far have left it.
    pub(super) fn now(&self) -> Result<Rc<Schema>, Stop> {
        let mut now = self.now.borrow_mut();
        if let Some(now) = now.as_ref() {
            return Ok(Rc::clone(now));
        }
        let read = inspect(&self.db).map_err(|error| Stop::Failed(error.to_string()))?;
        Ok(Rc::clone(now.insert(Rc::new(read))))
    }

    /// A change, by the names that its author knows.
    pub(super) fn as_written(&self, change: Change) -> Option<Change> {
        let copied = |table: &str, column: &str, at: fn(&(String, String, String)) -> &String| {
            self.copied
                .iter()
                .any(|it| it.0 == table && same_name(at(it), column))
        };
        let before = |table: &str, column: Option<&str>| {
            let mut aside = self.aside.iter();
            let found = aside.find(|it| it.0 == table && it.1.as_deref() == column);
            found.map(|it| it.2.clone())
        };
        Some(match change {
            Change::DropColumn(table, column) if copied(&table, &column, |it| &it.1) => {
                return None;
            }
            Change::AddColumn(table, column) if copied(&table, &column, |it| &it.2) => return None,
            Change::DropColumn(table, column) => {
                let column = before(&table, Some(&column)).unwrap_or(column);
                Change::DropColumn(table, column)
            }
            Change::Drop(Object::Table, table) => {
                Change::Drop(Object::Table, before(&table, None).unwrap_or(table))
            }
            other => other,
        })
    }

    /// A name that nothing has, neither now nor at the end.
    pub(super) fn free_name(&self, base: &str, suffix: &str) -> Result<String, Stop> {
        let now = self.now()?;
        let taken = |name: &str| {
            [&now, self.to].iter().any(|it| {
                it.table(name).is_some()
                    || it.view(name).is_some()
                    || it.index(name).is_some()
                    || it.fts(name).is_some()
            })
        };
        let mut name = format!("{base}{suffix}");
        while taken(&name) {
            name.push('_');
        }
        Ok(name)
    }

    pub(super) fn into_steps(self) -> Vec<Step> {
        self.steps
    }
}

fn keeps_schema(sql: &str) -> bool {
    ["UPDATE ", "INSERT ", "DELETE ", "PRAGMA "]
        .iter()
        .any(|it| sql.starts_with(it))
}

/// A name in a statement, in quotes where it needs them.
pub(super) fn name(name: &str) -> String {
    if is_plain(name) {
        name.to_owned()
    } else {
        crate::sqlite::quoted(name)
    }
}

/// Names in a statement.
pub(super) fn names<'n>(list: impl IntoIterator<Item = &'n String>) -> String {
    let names: Vec<String> = list.into_iter().map(|it| name(it)).collect();
    names.join(", ")
}

/// A text in a statement.
pub(super) fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
