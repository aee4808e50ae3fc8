use super::Asker;
use crate::diff::Change;
use crate::plan::{Code, Orphans};
use crate::schema::{Fts, FtsColumn, Schema, same_name};

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
        // Every value that was allowed still is.
        if widens(self.changes, table, words) || self.lists_values_of_a_new_column(table, words) {
            return;
        }
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
            let unmapped =
                listed(words).filter(|it| self.planner.hints.mapped(table, it).is_empty());
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

    /// Old rows have NULL in it, or its default; nothing else can be refused.
    fn lists_values_of_a_new_column(&self, table: &str, words: &str) -> bool {
        let Some(column) = listed(words) else {
            return false;
        };
        let is_new = self.changes.iter().any(|change| match change {
            Change::AddColumn(of, new) => same_name(of, table) && same_name(new, &column),
            _ => false,
        });
        is_new && self.planner.hints.value(table, &column).is_none()
    }

    pub(super) fn add_index(&mut self, name: &str) {
        let index = self.planner.to.index(name);
        let unique = index.filter(|it| it.unique && self.now.table(&it.table).is_some());
        if let Some(index) = unique {
            let reason = format!(
                "`{}` gets the unique index `{name}`; it fails where rows are equal in it",
                index.table
            );
            self.refuses(Code::NewUnique, reason, "");
        }
    }
}

/// Whether a check allows all the values that the one in whose place it stands allowed: `(status IN ('draft', …))`.
fn widens(changes: &[Change], table: &str, words: &str) -> bool {
    let new = values_of(words);
    changes.iter().any(|change| match change {
        Change::DropConstraint(of, old) if same_name(of, table) => {
            let pair = values_of(old).zip(new.as_ref());
            pair.is_some_and(|((before, old), (after, new))| {
                before == *after && old.iter().all(|it| new.contains(it))
            })
        }
        _ => false,
    })
}

/// The column whose values a check lists.
fn listed(words: &str) -> Option<String> {
    let (before, _) = values_of(words)?;
    let name = before.rsplit('(').next()?;
    let quoted = name
        .strip_prefix('"')
        .and_then(|name| name.strip_suffix('"'));
    Some(quoted.map_or_else(|| name.to_owned(), |name| name.replace("\"\"", "\"")))
}

/// What stands before a list of plain values, and the values.
fn values_of(words: &str) -> Option<(&str, Vec<&str>)> {
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
