use super::super::planner::name;
use super::super::values::{self, Source};
use super::Asker;
use crate::diff::{check_words, foreign_key_words, unique_words};
use crate::schema::{Check, Column, Expression, Index, Table};

/// Of a column that is new, all rows have one value: its default, or NULL. What that value satisfies, no row breaks.
impl Asker<'_> {
    pub(super) fn is_satisfied(&self, table: &str, words: &str) -> bool {
        let Some((old, new)) = self.now.table(table).zip(self.planner.to.table(table)) else {
            return false;
        };
        let keys = new
            .foreign_keys
            .iter()
            .map(|it| (foreign_key_words(it), &it.from));
        let uniques = new.uniques.iter().map(|it| (unique_words(it), &it.columns));
        let mut checks = new.checks.iter();
        keys.chain(uniques)
            .any(|(it, columns)| it == words && self.is_null(old, new, columns))
            || checks.any(|it| check_words(it) == words && self.allows(old, new, it))
    }

    /// The same of a unique index: no two NULLs are equal in it.
    pub(super) fn is_of_nulls(&self, index: &Index) -> bool {
        let (now, to) = (
            self.now.table(&index.table),
            self.planner.to.table(&index.table),
        );
        now.zip(to)
            .is_some_and(|(old, new)| self.is_null(old, new, &index.columns()))
    }

    fn is_null(&self, old: &Table, new: &Table, columns: &[String]) -> bool {
        let mut columns = columns.iter().filter_map(|it| new.column(it));
        columns.any(|it| self.only_value(old, new, it).as_deref() == Some("NULL"))
    }

    fn allows(&self, old: &Table, new: &Table, check: &Check) -> bool {
        let named = new
            .columns
            .iter()
            .filter(|it| check.expression.mentions(&it.name));
        let values: Option<Vec<String>> = named
            .map(|it| {
                Some(format!(
                    "{} AS {}",
                    self.only_value(old, new, it)?,
                    name(&it.name)
                ))
            })
            .collect();
        values.is_some_and(|values| {
            !values.is_empty()
                && self.planner.is_true(&format!(
                    "SELECT ({}\n) IS NOT 0 FROM (SELECT {})",
                    check.expression.text(),
                    values.join(", ")
                ))
        })
    }

    /// The value that a column has in all rows that exist, if that can be said: what its author has given, its default, or
    /// NULL.
    fn only_value(&self, old: &Table, new: &Table, column: &Column) -> Option<String> {
        if old.column(&column.name).is_some() || column.generated.is_some() {
            return None;
        }
        let default = || column.default.as_ref().map_or("NULL", Expression::text);
        let value = match self.planner.hints.value(&new.name, &column.name) {
            Some(given) => given,
            None if values::source(self.planner, old, new, column) == Source::Default => default(),
            None => return None,
        };
        // A literal, with its sign; what is computed may differ from row to row.
        let is_computed = {
            let value = Expression::new(value);
            let tokens = value.tokens();
            tokens.len() > 2
                || tokens
                    .iter()
                    .any(|it| it.starts_with("current_") || old.column(it).is_some())
        };
        (!is_computed).then(|| value.to_owned())
    }
}
