use super::{Asker, discards, without_value};
use crate::diff::{Change, Object};
use crate::plan::{Code, Hazard};
use crate::schema::{Column, Expression, Table, same_name};
use crate::sqlite::plan::tables::refers;
use crate::sqlite::plan::values::rewrites;

impl Asker<'_> {
    /// Only the key of a table with a rowid may be NULL.
    pub(super) fn without_rowid(&mut self, table: &str) {
        let Some(old) = self.now.table(table) else {
            return;
        };
        let Some(new) = self.planner.to.table(table) else {
            return;
        };
        let nullable = |it: &&Column| !old.refuses_null(it) && new.in_primary_key(&it.name);
        if let Some(column) = old.columns.iter().find(nullable) {
            let reason = format!(
                "`{table}` loses its rowid; it fails where `{table}.{}` has NULL",
                column.name
            );
            self.refuses(Code::PrimaryKey, reason, "");
        }
    }

    /// `now` is its name while it goes, if another has taken its own.
    pub(super) fn drop_table(&mut self, now: &str, name: &str) {
        let what = format!("drop:{name}");
        let Some(old) = self.now.table(now) else {
            return;
        };
        let like = self.changes.iter().find_map(|change| match change {
            Change::Create(Object::Table, new) => {
                self.planner.to.table(new).filter(|new| is_like(old, new))
            }
            _ => None,
        });
        if let Some(new) = like.filter(|_| !self.planner.hints.allows(&what)) {
            let reason = format!("table `{name}` is gone and `{}` is new", new.name);
            let fix = format!(
                "if it was renamed, `--rename {name}={}` or `#[table(renamed_from = \"{name}\")]`; if not, `--allow {what}`",
                new.name
            );
            return self.add(Hazard::new(Code::Rename, reason, fix), false);
        }
        let child = self.planner.to.tables.iter().find(|it| refers(it, now));
        if let Some(child) = child {
            let reason = format!(
                "drops the table `{name}`, to which `{}` still refers",
                child.name
            );
            let fix = format!(
                "take the foreign key out of `{}`, or keep the table",
                child.name
            );
            self.add(Hazard::new(Code::Dangling, reason, fix), false);
        }
        self.loses(
            Code::DropTable,
            format!("drops the table `{name}` with its rows"),
            &what,
        );
    }

    /// Whether nothing of a table has to be kept.
    pub(super) fn is_discarded(&self, table: &str) -> bool {
        let tables = self.now.table(table).zip(self.planner.to.table(table));
        tables.is_some_and(|(old, new)| discards(self.planner, old, new))
    }

    pub(super) fn table(&mut self, old: &Table, new: &Table) {
        if discards(self.planner, old, new) {
            let reason = format!("the rows of `{}` are discarded", new.name);
            return self.add(Hazard::new(Code::DiscardRows, reason, ""), true);
        }
        self.referenced_keys(old, new);
        for column in &new.columns {
            self.convert(old, new, column);
            let valued = self.planner.hints.value(&new.name, &column.name);
            if valued.is_some() && old.column(&column.name).is_some() {
                let reason = format!("values of `{}.{}` are written", new.name, column.name);
                self.refuses(Code::Values, reason, "");
            } else if valued.is_some() && self.is_constrained(new, column) {
                let reason = format!(
                    "`{}.{}` gets given values; it fails where its constraints do not allow them",
                    new.name, column.name
                );
                self.refuses(Code::Values, reason, "");
            }
        }
        let columns: Vec<&Column> = without_value(self.planner, old, new).collect();
        for column in columns {
            let (table, column) = (&new.name, &column.name);
            if !self.asks_whether_renamed(table, column) {
                let reason = format!(
                    "adds `{table}.{column}`, NOT NULL and without a value for the rows that exist"
                );
                let fix = format!(
                    "give `--backfill {table}.{column}=…` or `#[column(backfill = \"…\")]`, or a default, or make it an `Option`"
                );
                self.add(Hazard::new(Code::NoValue, reason, fix), false);
            }
        }
    }

    /// Whether a new column may be one that is gone, and that is asked already.
    pub(super) fn asks_whether_renamed(&self, table: &str, column: &str) -> bool {
        let end = format!("`{table}.{column}` is new");
        let mut refused = self.refused.iter();
        refused.any(|it| it.code == Code::Rename && it.reason.ends_with(&end))
    }

    /// Rows that refer to a value follow it only if they are told to.
    fn referenced_keys(&mut self, old: &Table, new: &Table) {
        let (hints, to) = (&self.planner.hints, self.planner.to);
        let changes = |table: &str, column: &str| {
            hints.value(table, column).is_some() || !hints.mapped(table, column).is_empty()
        };
        let mut asked = Vec::new();
        for column in &new.columns {
            let given = hints.value(&new.name, &column.name);
            let mapped = !hints.mapped(&new.name, &column.name).is_empty();
            // What only fills NULL changes no value that is referred to.
            let fills = |given: &str| {
                let tokens = Expression::new(given).tokens().to_vec();
                let names = |at: usize, word: &str| tokens.get(at).is_some_and(|it| it == word);
                names(0, "coalesce") && names(2, &column.name.to_lowercase())
            };
            let rewrites = |before| {
                given.is_some_and(|it| {
                    rewrites(self.planner.hints, new, before, column, it) && !fills(it)
                })
            };
            if !old
                .column(&column.name)
                .is_some_and(|it| mapped || rewrites(it))
            {
                continue;
            }
            for child in &to.tables {
                for key in child
                    .foreign_keys
                    .iter()
                    .filter(|it| same_name(&it.parent, &new.name))
                {
                    let pairs = key.from.iter().zip(to.target(key));
                    let stays = |it: &(&String, &String)| {
                        same_name(it.1, &column.name) && !changes(&child.name, it.0)
                    };
                    asked.extend(
                        pairs.filter(stays).map(|(from, _)| {
                            (column.name.clone(), child.name.clone(), from.clone())
                        }),
                    );
                }
            }
        }
        for (column, child, from) in asked {
            let reason = format!(
                "values of `{}.{column}` change, to which `{child}.{from}` refers",
                new.name
            );
            let fix = format!(
                "change those of `{child}.{from}` in the same way, with `--map` or `--using`"
            );
            self.add(Hazard::new(Code::ReferencedKey, reason, fix), false);
        }
    }

    /// Whether more is asked of a value than to be one.
    pub(super) fn is_constrained(&self, table: &Table, column: &Column) -> bool {
        let here = |names: &[String]| names.iter().any(|it| same_name(it, &column.name));
        let mut indexes = self
            .planner
            .to
            .indexes_of(&table.name)
            .filter(|it| it.unique);
        table.in_primary_key(&column.name)
            || table.uniques.iter().any(|it| here(&it.columns))
            || table.foreign_keys.iter().any(|it| here(&it.from))
            || table
                .checks
                .iter()
                .any(|it| it.expression.mentions(&column.name))
            || indexes.any(|it| it.mentions(&column.name))
    }
}

/// Whether one may be the other under a new name.
fn is_like(old: &Table, new: &Table) -> bool {
    let common = old
        .columns
        .iter()
        .filter(|it| new.column(&it.name).is_some())
        .count();
    common > 0
}
