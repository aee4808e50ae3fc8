use crate::plan::Cost;
use crate::schema::{Column, Conflict, Expression, Schema, Table};
use crate::sqlite::plan::planner::{Planner, Stop, Written, name, text};
use crate::sqlite::plan::values::{self, Source};

/// A table that is made anew.
pub(super) struct Member<'a> {
    pub(super) old: &'a Table,
    pub(super) new: &'a Table,
    /// The name of the old table, or of the copy of its rows, while the new one is there.
    pub(super) aside: String,
    pub(super) reason: String,
    /// Its rows are given up.
    pub(super) discard: bool,
}

impl<'a> Member<'a> {
    pub(super) fn new(old: &'a Table, new: &'a Table, reason: String, discard: bool) -> Self {
        Self {
            old,
            new,
            aside: String::new(),
            reason,
            discard,
        }
    }

    /// Whether a check or an index says `posts.title` for its own column, which the old way of renaming leaves behind.
    pub(super) fn names_itself(&self, now: &Schema) -> bool {
        let name = self.old.name.to_lowercase();
        let says = |sql: &str| {
            let expression = Expression::new(sql);
            let mut pairs = expression.tokens().windows(2);
            pairs.any(|pair| pair[0] == name && pair[1] == ".")
        };
        says(&self.old.sql) || now.indexes_of(&self.old.name).any(|it| says(&it.sql))
    }

    /// Whether keys that were given out are remembered on both sides.
    pub(super) fn counts(&self) -> bool {
        let counts = |table: &Table| {
            let key = table.primary_key.as_ref();
            key.is_some_and(|key| key.autoincrement)
        };
        counts(self.old) && counts(self.new)
    }

    /// The next key is the one that the old table would have given.
    pub(super) fn count_on(&self, planner: &mut Planner<'_>, from: &str) -> Result<(), Stop> {
        if !self.counts() {
            return Ok(());
        }
        self.count_on_from(planner, "sqlite_sequence", from)
    }

    pub(super) fn count_on_from(
        &self,
        planner: &mut Planner<'_>,
        sequences: &str,
        from: &str,
    ) -> Result<(), Stop> {
        let (new, from) = (text(&self.new.name), text(from));
        let clear = format!("DELETE FROM sqlite_sequence WHERE name = {new}");
        planner.step(Cost::Instant, &self.reason, clear)?;
        let keep = format!(
            "INSERT INTO sqlite_sequence (name, seq) SELECT {new}, seq FROM {sequences} WHERE name = {from}"
        );
        planner.step(Cost::Instant, &self.reason, keep)
    }

    /// By name of column, never by position; rows keep their rowid.
    pub(super) fn copy(
        &self,
        planner: &mut Planner<'_>,
        from: &str,
        rowid: Option<&str>,
    ) -> Result<(), Stop> {
        let new = self.new;
        if self.discard {
            write(planner, new, Written::Everything);
            return Ok(());
        }
        let mut copied = Copied::default();
        if new.rowid_column().is_none() && !new.without_rowid {
            match (new.rowid_name(), rowid) {
                (Some(new), Some(old)) => copied.push(new.to_owned(), old.to_owned()),
                _ => write(planner, new, Written::Everything),
            }
        }
        for column in new.columns.iter().filter(|it| it.generated.is_none()) {
            self.column(planner, column, rowid, &mut copied);
        }
        if copied.targets.is_empty() {
            return Err(Stop::Failed(format!("nothing of `{}` stays", new.name)));
        }
        // A conflict clause of the table would leave rows out in silence.
        let insert = if has_conflict_clause(new) {
            "INSERT OR ABORT INTO"
        } else {
            "INSERT INTO"
        };
        let table = name(&new.name);
        let alias = if copied.expressions {
            format!(" AS {table}")
        } else {
            String::new()
        };
        let sql = format!(
            "{insert} {table} ({}) SELECT {} FROM {}{alias}",
            copied.targets.join(", "),
            copied.values.join(", "),
            name(from)
        );
        planner.step(Cost::Rewrite, &self.reason, sql)
    }

    fn column(
        &self,
        planner: &mut Planner<'_>,
        column: &Column,
        rowid: Option<&str>,
        copied: &mut Copied,
    ) {
        let (old, new) = (self.old, self.new);
        let written = || Written::Column(column.name.clone());
        let value = match values::source(planner, old, new, column) {
            Source::Same => name(&column.name),
            Source::Expression(value) => {
                copied.expressions = true;
                write(planner, new, written());
                match old.rowid_name() {
                    Some(of_old) if value == of_old => rowid.unwrap_or(of_old).to_owned(),
                    _ => value,
                }
            }
            Source::Default => return,
        };
        let retyped =
            |before: &Column| !crate::diff::same_type(&before.declared_type, &column.declared_type);
        if old.column(&column.name).is_some_and(retyped) {
            write(planner, new, written());
        }
        copied.push(name(&column.name), value);
    }
}

/// What an INSERT takes from where.
#[derive(Default)]
struct Copied {
    targets: Vec<String>,
    values: Vec<String>,
    expressions: bool,
}

impl Copied {
    fn push(&mut self, target: String, value: String) {
        self.targets.push(target);
        self.values.push(value);
    }
}

fn write(planner: &mut Planner<'_>, table: &Table, what: Written) {
    planner.written.push((table.name.clone(), what));
}

fn has_conflict_clause(table: &Table) -> bool {
    let given = |conflict| conflict != Conflict::Abort;
    let key = table.primary_key.as_ref();
    let mut nulls = table.columns.iter().filter_map(|it| it.not_null);
    key.is_some_and(|key| given(key.conflict))
        || table.uniques.iter().any(|it| given(it.conflict))
        || nulls.any(|it| given(it.conflict))
}
