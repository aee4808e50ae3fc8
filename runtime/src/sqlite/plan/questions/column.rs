use super::{Asker, affinity};
use crate::diff::{Aspect, Change};
use crate::plan::{Code, Hazard};
use crate::schema::{Table, same_name};

impl Asker<'_> {
    pub(super) fn drop_column(&mut self, table: &str, now: &str, column: &str) {
        let what = format!("drop:{table}.{column}");
        let old = self.now.table(table).and_then(|it| it.column(now));
        // What is computed can be computed again.
        let Some(old) = old.filter(|it| it.generated.is_none()) else {
            return;
        };
        let like = self.changes.iter().filter_map(|change| match change {
            Change::AddColumn(of, new) if same_name(of, table) => {
                let new = self.planner.to.table(table)?.column(new)?;
                let like = affinity(&old.declared_type) == affinity(&new.declared_type)
                    && new.generated.is_none();
                (like && self.planner.hints.value(table, &new.name).is_none()).then_some(new)
            }
            _ => None,
        });
        // Two columns do not become one: the next takes the next.
        let like = like.min_by_key(|new| self.asks_whether_renamed(table, &new.name));
        if let Some(new) = like.filter(|_| !self.planner.hints.allows(&what)) {
            let reason = format!(
                "`{table}.{column}` is gone and `{table}.{}` is new",
                new.name
            );
            let fix = format!(
                "if it was renamed, `--rename {table}.{column}={}` or `#[column(renamed_from = \"{column}\")]`; if not, `--allow {what}`",
                new.name
            );
            return self.add(Hazard::new(Code::Rename, reason, fix), false);
        }
        self.loses(
            Code::DropColumn,
            format!("drops `{table}.{column}` with its values"),
            &what,
        );
    }

    pub(super) fn alter(&mut self, table: &str, column: &str, aspect: &Aspect) {
        let place = format!("`{table}.{column}`");
        let valued = self.planner.hints.value(table, column).is_some();
        let is_rowid = |it: &Table| it.rowid_column().is_some_and(|it| same_name(it, column));
        match aspect {
            // The rowid is never NULL.
            Aspect::NotNull(_) if self.now.table(table).is_some_and(is_rowid) => {}
            Aspect::NotNull(true) if !valued && self.default(table, column).is_some() => {
                let default = self.default(table, column).unwrap_or_default();
                let fix = format!("give `--backfill {table}.{column}=…` for another value");
                self.refuses(
                    Code::NullToDefault,
                    format!("{place} becomes NOT NULL; rows with NULL get its default, {default}"),
                    &fix,
                );
            }
            Aspect::NotNull(true) if !valued => {
                let fix = format!("give `--backfill {table}.{column}=…` for rows that have NULL");
                self.refuses(
                    Code::NotNull,
                    format!("{place} becomes NOT NULL; it fails where a row has NULL"),
                    &fix,
                );
            }
            Aspect::Collation(..) => {
                self.refuses(
                    Code::Collation,
                    format!("{place} {aspect}; unique keys may find texts equal that were not"),
                    "",
                );
            }
            Aspect::Generated => self.generate(table, column),
            _ => {}
        }
    }

    fn generate(&mut self, table: &str, column: &str) {
        let (now, to) = (self.now.table(table), self.planner.to.table(table));
        let before = now.and_then(|it| it.column(column));
        let Some((new, after)) = to.and_then(|it| Some((it, it.column(column)?))) else {
            return;
        };
        if after.generated.is_none() {
            return;
        }
        if before.is_some_and(|it| it.generated.is_none()) {
            let reason = format!("the values of `{table}.{column}` give way to its expression");
            self.loses(Code::Generated, reason, &format!("drop:{table}.{column}"));
        }
        if self.is_constrained(new, after) {
            let reason = format!(
                "`{table}.{column}` gets other values; it fails where its constraints do not allow them"
            );
            self.refuses(Code::Values, reason, "");
        }
    }

    fn default(&self, table: &str, column: &str) -> Option<String> {
        let column = self.planner.to.table(table)?.column(column)?;
        column.default.as_ref().map(ToString::to_string)
    }
}
