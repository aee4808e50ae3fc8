use super::planner::{Planner, Stop};
use super::renames::current;
use super::values::{self, Source};
use crate::diff::{Aspect, Change, Object};
use crate::plan::{BadHint, Code, Hazard, Orphans, PlanError, Severity};
use crate::schema::{Column, Schema, Table, same_name};

/// What the plan can lose or refuse. It ends here when something has to be answered or agreed to: all of it at once.
pub(super) fn ask(
    planner: &Planner<'_>,
    now: &Schema,
    changes: &[Change],
) -> Result<Vec<Hazard>, Stop> {
    hints_name_something(planner)?;
    let mut asker = Asker {
        planner,
        now,
        changes,
        hazards: Vec::new(),
        refused: Vec::new(),
    };
    for change in changes {
        asker.change(change);
    }
    for new in &planner.to.tables {
        if let Some(old) = now.table(&new.name) {
            asker.table(old, new);
        }
    }
    if asker.refused.is_empty() {
        Ok(asker.hazards)
    } else {
        Err(Stop::Error(PlanError::Refused(asker.refused)))
    }
}

/// Whether the rows of a table are given up, since a column has no value for them.
pub(super) fn discards(planner: &Planner<'_>, old: &Table, new: &Table) -> bool {
    let allowed = |name: &str| planner.hints.allows_by_name(&format!("discard:{name}"));
    (allowed(&new.name) || allowed(&old.name)) && without_value(planner, old, new).next().is_some()
}

/// The new columns that rows must have a value in, and for which there is none.
fn without_value<'a>(
    planner: &'a Planner<'_>,
    old: &'a Table,
    new: &'a Table,
) -> impl Iterator<Item = &'a Column> {
    new.columns.iter().filter(|column| {
        old.column(&column.name).is_none()
            && column.generated.is_none()
            && column.default.is_none()
            && new.refuses_null(column)
            && values::source(planner, old, new, column) == Source::Default
    })
}

struct Asker<'a> {
    planner: &'a Planner<'a>,
    now: &'a Schema,
    changes: &'a [Change],
    hazards: Vec<Hazard>,
    refused: Vec<Hazard>,
}

impl Asker<'_> {
    fn add(&mut self, hazard: Hazard, allowed: bool) {
        if allowed || hazard.code.severity() == Severity::Refuses {
            self.hazards.push(hazard);
        } else {
            self.refused.push(hazard);
        }
    }

    fn loses(&mut self, code: Code, reason: String, what: &str) {
        let fix = format!("agree with `--allow {what}`");
        let allowed = self.planner.hints.allows(what);
        self.add(Hazard::new(code, reason, fix), allowed);
    }

    fn refuses(&mut self, code: Code, reason: String, fix: &str) {
        self.add(Hazard::new(code, reason, fix), true);
    }

    fn change(&mut self, change: &Change) {
        let Some(written) = self.planner.as_written(change.clone()) else {
            return;
        };
        let whole = matches!(
            change,
            Change::Create(..) | Change::Drop(..) | Change::Replace(..)
        );
        if !whole && self.is_discarded(change.subject()) {
            return;
        }
        match change {
            Change::Drop(Object::Table, name) => self.drop_table(name, written.subject()),
            Change::Drop(Object::Fts, name) => {
                let own = self
                    .now
                    .fts(name)
                    .is_some_and(|it| it.content().is_none() && !it.contentless());
                let fed = self
                    .planner
                    .from
                    .triggers
                    .iter()
                    .any(|it| it.sql.mentions(name));
                if own && !fed {
                    self.loses(
                        Code::DropTable,
                        format!("drops the fts `{name}`, which holds text of its own"),
                        &format!("drop:{name}"),
                    );
                }
            }
            Change::Replace(Object::Fts, name) => {
                let lost = self
                    .now
                    .fts(name)
                    .is_some_and(crate::schema::Fts::contentless);
                let new = self
                    .planner
                    .to
                    .fts(name)
                    .is_some_and(|it| it.content().is_none());
                let fed = self
                    .planner
                    .to
                    .triggers
                    .iter()
                    .any(|it| it.sql.mentions(name));
                if lost && new && !fed {
                    self.loses(
                        Code::FtsText,
                        format!("fts `{name}` holds no text from which it could be made anew"),
                        &format!("drop:{name}"),
                    );
                }
            }
            Change::Drop(Object::Virtual, name) | Change::Replace(Object::Virtual, name) => {
                self.loses(
                    Code::VirtualTable,
                    format!("the virtual table `{name}` goes with its rows"),
                    &format!("drop:{name}"),
                );
            }
            Change::DropColumn(table, column) => {
                self.drop_column(table, column, written.column().unwrap_or(column));
            }
            Change::AlterColumn(table, column, aspect) => self.alter(table, column, aspect),
            // Every value that was allowed still is.
            Change::AddConstraint(table, words) if widens(self.changes, table, words) => {}
            Change::AddConstraint(table, words) => {
                let code = match words.as_bytes() {
                    [b'U', ..] => Code::NewUnique,
                    [b'C', ..] => Code::NewCheck,
                    _ => Code::NewForeignKey,
                };
                let orphans =
                    code == Code::NewForeignKey && self.planner.hints.orphans == Orphans::Follow;
                if orphans {
                    self.refuses(
                        Code::OrphansFollow,
                        format!(
                            "`{table}` gets a {words}; rows without a parent follow its action"
                        ),
                        "",
                    );
                } else {
                    let column = values_of(words).and_then(|(before, _)| before.rsplit('(').next());
                    let fix = match (code, column) {
                        (Code::NewCheck, Some(column)) => {
                            format!("`--map {table}.{column}:OLD=NEW` puts one value in the place of another")
                        }
                        (Code::NewForeignKey, _) => {
                            "`--orphans follow` gives such rows its ON DELETE action".to_owned()
                        }
                        _ => String::new(),
                    };
                    self.refuses(
                        code,
                        format!("`{table}` gets a {words}; it fails where rows break it"),
                        &fix,
                    );
                }
            }
            Change::Create(Object::Index, name) | Change::Replace(Object::Index, name) => {
                let index = self
                    .planner
                    .to
                    .index(name)
                    .filter(|it| it.unique && self.now.table(&it.table).is_some());
                if let Some(index) = index {
                    self.refuses(Code::NewUnique, format!("`{}` gets the unique index `{name}`; it fails where rows are equal in it", index.table), "");
                }
            }
            Change::PrimaryKey(table) => {
                self.refuses(Code::PrimaryKey, format!("`{table}` gets another primary key; it fails where rows have equal or missing keys"), "");
            }
            Change::WithoutRowid(table, true) => self.without_rowid(table),
            Change::Strict(table, true) => {
                self.refuses(
                    Code::Strict,
                    format!("`{table}` becomes strict; it fails where a value has another type"),
                    "",
                );
            }
            _ => {}
        }
    }

    /// Only the key of a table with a rowid may be NULL.
    fn without_rowid(&mut self, table: &str) {
        let Some(old) = self.now.table(table) else { return };
        let Some(new) = self.planner.to.table(table) else { return };
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
    fn drop_table(&mut self, now: &str, name: &str) {
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
        let child = self
            .planner
            .to
            .tables
            .iter()
            .find(|it| super::tables::refers(it, now));
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

    fn drop_column(&mut self, table: &str, now: &str, column: &str) {
        let what = format!("drop:{table}.{column}");
        let old = self.now.table(table).and_then(|it| it.column(now));
        // What is computed can be computed again.
        let Some(old) = old.filter(|it| it.generated.is_none()) else {
            return;
        };
        let like = self.changes.iter().find_map(|change| match change {
            Change::AddColumn(of, new) if same_name(of, table) => {
                let new = self.planner.to.table(table)?.column(new)?;
                let like = affinity(&old.declared_type) == affinity(&new.declared_type)
                    && new.generated.is_none();
                (like && self.planner.hints.value(table, &new.name).is_none()).then_some(new)
            }
            _ => None,
        });
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

    fn alter(&mut self, table: &str, column: &str, aspect: &Aspect) {
        let place = format!("`{table}.{column}`");
        let valued = self.planner.hints.value(table, column).is_some();
        match aspect {
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
            Aspect::Type(from, to) if !valued && affinity(from) != affinity(to) => {
                let fix = format!("give `--using {table}.{column}=…` to say how");
                let strict = self.planner.to.table(table).is_some_and(|it| it.strict);
                let otherwise = if strict { "it fails where one cannot be" } else { "others stay as they are" };
                self.refuses(
                    Code::Retype,
                    format!("{place} {aspect}; values are converted, and {otherwise}"),
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
            Aspect::Generated => {
                let stored = self
                    .now
                    .table(table)
                    .and_then(|it| it.column(column))
                    .is_some_and(|it| it.generated.is_none());
                let computed = self
                    .planner
                    .to
                    .table(table)
                    .and_then(|it| it.column(column))
                    .is_some_and(|it| it.generated.is_some());
                if stored && computed {
                    self.loses(
                        Code::Generated,
                        format!("the values of {place} give way to its expression"),
                        &format!("drop:{table}.{column}"),
                    );
                }
            }
            _ => {}
        }
    }

    fn default(&self, table: &str, column: &str) -> Option<String> {
        let column = self.planner.to.table(table)?.column(column)?;
        column.default.as_ref().map(ToString::to_string)
    }

    /// Whether nothing of a table has to be kept.
    fn is_discarded(&self, table: &str) -> bool {
        let tables = self.now.table(table).zip(self.planner.to.table(table));
        tables.is_some_and(|(old, new)| discards(self.planner, old, new))
    }

    fn table(&mut self, old: &Table, new: &Table) {
        if discards(self.planner, old, new) {
            let reason = format!("the rows of `{}` are discarded", new.name);
            return self.add(Hazard::new(Code::DiscardRows, reason, ""), true);
        }
        for column in &new.columns {
            let valued = self.planner.hints.value(&new.name, &column.name);
            if valued.is_some() && self.is_constrained(new, column) {
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
            let asked = self.refused.iter().any(|it| {
                it.code == Code::Rename
                    && it.reason.ends_with(&format!("`{table}.{column}` is new"))
            });
            if !asked {
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
}

impl Asker<'_> {
    /// Whether more is asked of a value than to be one.
    fn is_constrained(&self, table: &Table, column: &Column) -> bool {
        let here = |names: &[String]| names.iter().any(|it| same_name(it, &column.name));
        let mut indexes = self.planner.to.indexes_of(&table.name).filter(|it| it.unique);
        table.in_primary_key(&column.name)
            || table.uniques.iter().any(|it| here(&it.columns))
            || table.foreign_keys.iter().any(|it| here(&it.from))
            || table.checks.iter().any(|it| it.expression.mentions(&column.name))
            || indexes.any(|it| it.mentions(&column.name))
    }
}

/// Whether a check allows all the values that the one in whose place it stands allowed: `(status IN ('draft', …))`.
fn widens(changes: &[Change], table: &str, words: &str) -> bool {
    let new = values_of(words);
    changes.iter().any(|change| match change {
        Change::DropConstraint(of, old) if same_name(of, table) => {
            let old = values_of(old);
            old.zip(new.as_ref())
                .is_some_and(|((before, old), (after, new))| {
                    before == *after && old.iter().all(|it| new.contains(it))
                })
        }
        _ => false,
    })
}

/// What stands before a list of plain values, and the values.
fn values_of(words: &str) -> Option<(&str, Vec<&str>)> {
    let (before, list) = words.split_once(" IN (")?;
    let values: Vec<&str> = list.strip_suffix("))")?.split(", ").collect();
    let is_plain = |value: &&str| {
        let inside = value.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
        inside.is_some_and(|it| !it.contains('\'')) || value.parse::<i64>().is_ok()
    };
    values.iter().all(is_plain).then_some((before, values))
}

/// Whether one may be the other under a new name: more than half of the columns are the same.
fn is_like(old: &Table, new: &Table) -> bool {
    let common = old
        .columns
        .iter()
        .filter(|it| new.column(&it.name).is_some())
        .count();
    common * 2 > old.columns.len().max(new.columns.len())
}

/// See <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>.
pub(crate) fn affinity(declared: &str) -> &'static str {
    let declared = declared.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| declared.contains(word));
    if has(&["int"]) {
        "integer"
    } else if has(&["char", "clob", "text"]) {
        "text"
    } else if has(&["blob"]) || declared.is_empty() {
        "blob"
    } else if has(&["real", "floa", "doub"]) {
        "real"
    } else {
        "numeric"
    }
}

/// A hint that names nothing is a slip of the pen, and what it was meant for would go unsaid.
fn hints_name_something(planner: &Planner<'_>) -> Result<(), Stop> {
    for (table, column) in planner.hints.valued() {
        let place = planner.to.table(&current(planner, table));
        if place.and_then(|it| it.column(column)).is_none() {
            return Err(Stop::Error(PlanError::Hint(BadHint::Unknown {
                hint: format!("{table}.{column}"),
                what: format!("`{table}.{column}`"),
                place: "the wanted schema",
            })));
        }
    }
    Ok(())
}
