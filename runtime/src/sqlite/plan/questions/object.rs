use super::Asker;
use crate::diff::{Change, Object};
use crate::plan::{Code, Orphans};
use crate::schema::{Fts, FtsColumn, Index, Schema, same_name, unquoted};

impl Asker<'_> {
    pub(super) fn drop_fts(&mut self, name: &str) {
        let own = |it: &Fts| it.content().is_none() && !it.contentless();
        if self.now.fts(name).is_some_and(own) && !is_fed(self.planner.from, name) {
            let reason = format!("drops the fts `{name}`, which holds text of its own");
            self.loses(Code::DropTable, reason, &format!("drop:{name}"));
        }
    }

    /// Text that stands nowhere else is only kept as far as the new table holds the same columns.
    pub(super) fn replace_fts(&mut self, name: &str) {
        let to = self.planner.to;
        let (Some(old), Some(new)) = (self.now.fts(name), to.fts(name)) else {
            return;
        };
        if is_fed(to, name) || old.content().is_some() {
            return;
        }
        let gone = |it: &&FtsColumn| !new.columns.iter().any(|new| same_name(&new.name, &it.name));
        let reason = if old.contentless() && new.content().is_none() {
            format!("fts `{name}` holds no text from which it could be made anew")
        } else if old.contentless() {
            return;
        } else if new.content().is_some() || new.contentless() {
            format!("fts `{name}` no longer holds its text, which stands nowhere else")
        } else if let Some(column) = old.columns.iter().find(gone) {
            format!("fts `{name}` loses the text of `{}`", column.name)
        } else {
            return;
        };
        self.loses(Code::FtsText, reason, &format!("drop:{name}"));
    }

    pub(super) fn lose_virtual_table(&mut self, name: &str) {
        let reason = format!("the virtual table `{name}` goes with its rows");
        self.loses(Code::VirtualTable, reason, &format!("drop:{name}"));
    }

    pub(super) fn add_constraint(&mut self, table: &str, words: &str) {
        // Every value that was allowed still is, or there is none yet.
        if widens(self.changes, table, words) || self.is_satisfied(table, words) {
            return;
        }
        let listed = values_of(words)
            .and_then(|(before, values)| Some((unquoted(before.rsplit('(').next()?), values)));
        let code = match words.as_bytes() {
            [b'U', ..] => Code::NewUnique,
            [b'C', ..] => Code::NewCheck,
            _ => Code::NewForeignKey,
        };
        if code == Code::NewForeignKey && self.planner.hints.orphans == Orphans::Follow {
            let reason =
                format!("`{table}` gets a {words}; rows without a parent follow its action");
            self.refuses(Code::OrphansFollow, reason, "");
        } else {
            let reason = format!("`{table}` gets a {words}; it fails where rows break it");
            let hints = self.planner.hints;
            // An expression gives what its author wants to have.
            let is_written = |it: &str| hints.value(table, it).is_some() && !hints.fills(table, it);
            let unmapped = listed.map(|(column, _)| column).filter(|it| {
                self.was_column(table, it) && hints.mapped(table, it).is_empty() && !is_written(it)
            });
            let (code, fix) = match (code, unmapped) {
                (Code::NewCheck, Some(column)) => (
                    Code::ListedValues,
                    format!(
                        "`--map {table}.{column}:OLD=NEW` puts one value in the place of another"
                    ),
                ),
                (Code::NewForeignKey, _) => (
                    code,
                    "`--orphans follow` gives such rows its ON DELETE action".to_owned(),
                ),
                _ => (code, String::new()),
            };
            self.refuses(code, reason, &fix);
        }
    }

    /// Whether the same index goes under another name.
    fn was_there(&self, index: &Index) -> bool {
        let mut changes = self.changes.iter();
        changes.any(|change| match change {
            Change::Drop(Object::Index, old) => self.now.index(old).is_some_and(|old| {
                old.unique
                    && same_name(&old.table, &index.table)
                    && old.parts == index.parts
                    && old.filter == index.filter
            }),
            _ => false,
        })
    }

    /// A column that is new has no values but those that it is given.
    fn was_column(&self, table: &str, column: &str) -> bool {
        let old = self.now.table(table);
        old.is_none_or(|it| it.column(column).is_some())
    }

    pub(super) fn add_index(&mut self, name: &str) {
        let index = self.planner.to.index(name);
        let unique = index
            .filter(|it| it.unique && self.now.table(&it.table).is_some() && !self.was_there(it));
        if let Some(index) = unique.filter(|it| !self.is_of_nulls(it)) {
            let reason = format!(
                "`{}` gets the unique index `{name}`; it fails where rows are equal in it",
                index.table
            );
            self.refuses(Code::NewUnique, reason, "");
        }
    }
}

/// Whether a check allows all the values that the one in whose place it stands allowed: it is the same under another
/// name, or lists more, `(status IN ('draft', …))`.
fn widens(changes: &[Change], table: &str, words: &str) -> bool {
    let new = values_of(words);
    changes.iter().any(|change| match change {
        Change::DropConstraint(of, old) if same_name(of, table) => {
            let pair = values_of(old).zip(new.as_ref());
            let same = words.starts_with('C') && condition(old) == condition(words);
            same || pair.is_some_and(|((before, old), (after, new))| {
                condition(before) == condition(after) && old.iter().all(|it| new.contains(it))
            })
        }
        _ => false,
    })
}

/// What stands behind the name of a check.
fn condition(words: &str) -> Option<&str> {
    words.split_once(" (").map(|(_, condition)| condition)
}

/// What stands before a list of plain values, and the values.
pub(in crate::sqlite::plan) fn values_of(words: &str) -> Option<(&str, Vec<&str>)> {
    let (before, list) = words.split_once(" IN (")?;
    let values: Vec<&str> = list.strip_suffix("))")?.split(", ").collect();
    let is_plain = |value: &&str| {
        let inside = value
            .strip_prefix('\'')
            .and_then(|it| it.strip_suffix('\''));
        inside.is_some_and(|it| !it.contains('\'')) || value.parse::<i64>().is_ok()
    };
    values.iter().all(is_plain).then_some((before, values))
}

/// Whether a trigger writes to it, so that its text stands elsewhere too.
fn is_fed(schema: &Schema, fts: &str) -> bool {
    schema.triggers.iter().any(|it| it.sql.mentions(fts))
}
