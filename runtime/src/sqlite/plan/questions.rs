mod class;
mod column;
mod conversion;
mod object;
mod satisfied;
mod table;

pub(super) use self::object::values_of;
use super::planner::{Planner, Stop};
use super::renames::current;
use super::values::{self, Source};
use crate::diff::{Change, Object};
use crate::plan::{BadHint, Code, Hazard, PlanError, Severity};
use crate::schema::{Column, Schema, Table};

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
            Change::Drop(Object::Fts, name) => self.drop_fts(name),
            Change::Replace(Object::Fts, name) => self.replace_fts(name),
            Change::Drop(Object::Virtual, name) | Change::Replace(Object::Virtual, name) => {
                self.lose_virtual_table(name);
            }
            Change::DropColumn(table, column) => {
                self.drop_column(table, column, written.column().unwrap_or(column));
            }
            Change::AlterColumn(table, column, aspect) => self.alter(table, column, aspect),
            Change::AddConstraint(table, words) => self.add_constraint(table, words),
            Change::Create(Object::Index, name) | Change::Replace(Object::Index, name) => {
                self.add_index(name);
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
}

/// See <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>.
pub(super) fn affinity(declared: &str) -> &'static str {
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

/// A hint that names nothing is a slip of the pen, and what it was meant for would go unsaid; one whose value cannot be
/// computed is told before anything is planned.
fn hints_name_something(planner: &Planner<'_>) -> Result<(), Stop> {
    let stop = |hint| Err(Stop::Error(PlanError::Hint(hint)));
    let now = planner.now()?;
    for (table, column) in planner.hints.valued() {
        let hint = format!("{table}.{column}");
        let place = planner.to.table(&current(planner, table));
        let Some(place) = place.filter(|it| it.column(column).is_some()) else {
            return stop(BadHint::Unknown {
                what: format!("`{hint}`"),
                hint,
                place: "the wanted schema",
            });
        };
        let given = planner.hints.value(&place.name, column);
        if let Some(given) = given.filter(|_| now.table(&place.name).is_some()) {
            let value = super::values::renamed(planner, &place.name, given);
            let sql = format!(
                "SELECT ({value}) FROM {}",
                super::planner::name(&place.name)
            );
            let hint = format!("{hint}={given}");
            if let Err(reason) = planner.compiles(&sql) {
                return stop(BadHint::Fails { hint, reason });
            }
            let old = now.table(&place.name);
            let pair = old
                .and_then(|it| it.column(column))
                .zip(place.column(column));
            if let (Some(old), Some((before, after))) = (old, pair)
                && old.refuses_null(before)
                && !super::values::rewrites(planner.hints, place, before, after, &value)
            {
                return stop(BadHint::NothingToFill { hint });
            }
            if let Some((before, after)) = pair
                && let Some((old, new)) = planner.hints.mapped(&place.name, column).first()
                && super::values::rewrites(planner.hints, place, before, after, &value)
            {
                let hint = format!("{table}.{column}:{old}={new}");
                return stop(BadHint::Both { hint });
            }
        }
    }
    Ok(())
}
