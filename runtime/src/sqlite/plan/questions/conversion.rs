use super::Asker;
use super::class::{Becomes, Class};
use super::object::values_of;
use crate::diff::{Aspect, check_words, same_type};
use crate::plan::{Code, Hazard};
use crate::schema::{Column, Table, same_name, unquoted};
use crate::sqlite::plan::planner::text;
use crate::sqlite::plan::values;

impl Asker<'_> {
    /// What becomes of the values of a column that was there, where it gets another type.
    pub(super) fn convert(&mut self, old: &Table, new: &Table, after: &Column) {
        let Some(before) = values::before(self.planner, old, new, after) else {
            return;
        };
        // What is computed is computed again.
        if after.generated.is_some() || self.is_answered(old, new, before, after) {
            return;
        }
        let place = format!("{}.{}", new.name, after.name);
        let change = if same_type(&before.declared_type, &after.declared_type) {
            format!("`{place}` is no longer in a strict table")
        } else {
            let (from, to) = (&before.declared_type, &after.declared_type);
            format!("`{place}` {}", Aspect::Type(from.clone(), to.clone()))
        };
        let using = format!("`--using {place}=…`");
        let (from, into) = (Class::of(old, before), Class::of(new, after));
        match from.becomes(into) {
            Becomes::Same => {}
            Becomes::Equal => {
                let reason = format!("{change}; every number stays equal");
                self.refuses(Code::Retype, reason, &format!("give {using} to say how"));
            }
            Becomes::Nothing if old.strict && new.strict && from != Class::Any => {
                let reason = format!("{change}, and no value of the one becomes the other");
                let fix = format!("give {using} to say how");
                self.add(Hazard::new(Code::NoConversion, reason, fix), false);
            }
            Becomes::Nothing => self.converts(
                &place,
                format!(
                    "{change}; no value is converted, and {}",
                    others(new, after)
                ),
                &self.how(old, new, before, after),
            ),
            Becomes::Other(what) => {
                let what = if from.fits(into) {
                    what.to_owned()
                } else {
                    format!("{what}, and {}", others(new, after))
                };
                self.converts(
                    &place,
                    format!("{change}; {what}"),
                    &self.how(old, new, before, after),
                );
            }
        }
    }

    fn converts(&mut self, place: &str, reason: String, fix: &str) {
        let what = format!("convert:{place}");
        let fix = format!("{fix}, or agree with `--allow {what}`");
        let allowed = self.planner.hints.allows(&what);
        self.add(Hazard::new(Code::Conversion, reason, fix), allowed);
    }

    /// Whether the author has said what becomes of each value: by an expression, or value by value, of those that a check
    /// lists.
    fn is_answered(&self, old: &Table, new: &Table, before: &Column, after: &Column) -> bool {
        let value = self.planner.hints.value(&new.name, &after.name);
        let value = value.map(|it| values::renamed(self.planner, &new.name, it));
        value.is_some_and(|it| values::rewrites(self.planner.hints, new, before, after, &it))
            || self
                .unmapped(old, new, before, after)
                .is_some_and(|it| it.is_empty())
    }

    /// The values that a check lists and that are not mapped; none where no check lists any.
    fn unmapped(
        &self,
        old: &Table,
        new: &Table,
        before: &Column,
        after: &Column,
    ) -> Option<Vec<String>> {
        let mapped = self.planner.hints.mapped(&new.name, &after.name);
        let is_mapped = |value: &str| {
            let mut olds = mapped.iter().map(|it| &it.0);
            olds.any(|it| it == value || text(it) == value)
        };
        old.checks.iter().find_map(|check| {
            let words = check_words(check);
            let (column, listed) = values_of(&words)?;
            let column = column.rsplit('(').next().map(unquoted)?;
            let unmapped = listed.into_iter().filter(|it| !is_mapped(it));
            same_name(&column, &before.name).then(|| unmapped.map(str::to_owned).collect())
        })
    }

    /// How to say what becomes of the values: one by one where a check lists them, by an expression elsewhere.
    fn how(&self, old: &Table, new: &Table, before: &Column, after: &Column) -> String {
        let place = format!("{}.{}", new.name, after.name);
        let using = format!("`--using {place}=…`");
        match self.unmapped(old, new, before, after) {
            Some(unmapped) if !unmapped.is_empty() => format!(
                "say which become which, of {}, with `--map {place}:OLD=NEW`, or how all do with {using}",
                unmapped.join(", ")
            ),
            _ => {
                let (from, into) = (Class::of(old, before), Class::of(new, after));
                format!("say how with {using}{}", from.example(into, after))
            }
        }
    }
}

/// What becomes of the values that are not converted.
fn others(new: &Table, column: &Column) -> &'static str {
    let mut rowid = new.rowid_column().into_iter();
    if new.strict || rowid.any(|it| same_name(it, &column.name)) {
        "it fails where one does not fit"
    } else {
        "others stay as they are, where the new type may not read them"
    }
}
