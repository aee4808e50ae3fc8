use super::planner::text;
use super::questions::values_of;
use super::values;
use crate::diff::{check_words, same_type};
use crate::plan::{Code, Hazard, Hints};
use crate::schema::{Column, Expression, Schema, Table, same_name, unquoted};

/// A column whose values the way forth converts, as its author says.
pub(crate) struct Converted {
    /// Its table and its name, before and after.
    pub(crate) before: (String, String),
    pub(crate) after: (String, String),
    pub(crate) by: By,
}

pub(crate) enum By {
    /// To its new type, and no more.
    Cast,
    Expression,
    /// Value by value; these, as SQL, stand for several that were told apart, as far as that can be known.
    Map(Vec<String>),
}

/// The columns that were there before, and whose values an expression or a map converts. What fills only NULL is none: the
/// other values stay.
pub(crate) fn converted(from: &Schema, to: &Schema, hints: &Hints) -> Vec<Converted> {
    let mut found = Vec::new();
    for old in &from.tables {
        let Some(new) = to.table(hints.after(&old.name)) else {
            continue;
        };
        for before in old.columns.iter().filter(|it| it.generated.is_none()) {
            let stored = |it: &&Column| it.generated.is_none();
            let after = column_after(new, before, hints).filter(stored);
            if let Some(after) = after
                && let Some(by) = by(old, before, new, after, hints)
            {
                found.push(Converted {
                    before: (old.name.clone(), before.name.clone()),
                    after: (new.name.clone(), after.name.clone()),
                    by,
                });
            }
        }
    }
    found
}

/// What the way back has to say of values that it does not restore.
pub(crate) fn undone(from: &Schema, to: &Schema, hints: &Hints) -> Vec<Hazard> {
    let converted = converted(from, to, hints);
    let lost = converted.iter().filter(|it| it.is_undone_by_nothing());
    lost.map(Converted::not_undone).collect()
}

impl Converted {
    /// Whether values on the way back do not become those that they were, whatever their types can hold.
    pub(crate) fn is_undone_by_nothing(&self) -> bool {
        match &self.by {
            By::Cast => false,
            By::Expression => true,
            By::Map(merged) => !merged.is_empty(),
        }
    }

    pub(crate) fn not_undone(&self) -> Hazard {
        not_undone(&self.after.0, &self.after.1)
    }

    /// The old values are in no table of kept ones.
    pub(super) fn not_kept(&self) -> Option<Hazard> {
        let how = match &self.by {
            By::Map(merged) if merged.is_empty() => return None,
            By::Map(_) => "maps values to ones that others have",
            By::Cast | By::Expression => "is converted by an expression",
        };
        let place = self.place();
        Some(Hazard::new(
            Code::Conversion,
            format!("`{place}` {how}, and its old values are not kept"),
            format!("agree with `--allow convert:{place}`"),
        ))
    }

    pub(crate) fn place(&self) -> String {
        format!("{}.{}", self.after.0, self.after.1)
    }
}

pub(crate) fn not_undone(table: &str, column: &str) -> Hazard {
    let reason = format!(
        "`{table}.{column}` was converted on the way up, and the way back does not undo it; one by hand that does says `-- tablature: using {table}.{column}=…`"
    );
    Hazard::new(Code::Conversion, reason, "")
}

fn column_after<'a>(new: &'a Table, before: &Column, hints: &Hints) -> Option<&'a Column> {
    let here = |of: &str| same_name(hints.after(of), &new.name);
    let mut renames = hints.renamed_columns().iter().filter(|it| here(&it.0));
    match renames.clone().find(|it| same_name(&it.1, &before.name)) {
        Some((_, _, name)) => new.column(name),
        // The name may be another column's by now.
        None if renames.any(|it| same_name(&it.2, &before.name)) => None,
        None => new.column(&before.name),
    }
}

fn by(old: &Table, before: &Column, new: &Table, after: &Column, hints: &Hints) -> Option<By> {
    let written = hints.value(&new.name, &after.name);
    if let Some(value) = written.filter(|it| values::rewrites(hints, new, before, after, it)) {
        let said = Expression::new(value);
        return if fills(&said, before, after) {
            None
        } else if casts(&said, before, after) {
            Some(By::Cast)
        } else {
            Some(By::Expression)
        };
    }
    let mapped = hints.mapped(&new.name, &after.name);
    (!mapped.is_empty()).then(|| By::Map(merged(old, before, mapped)))
}

/// `COALESCE(slug, …)`.
fn fills(said: &Expression, before: &Column, after: &Column) -> bool {
    let is_column = |it: &str| same_name(it, &before.name) || same_name(it, &after.name);
    match said.tokens() {
        [function, open, column, comma, .., close] => {
            ["coalesce", "ifnull"].contains(&function.as_str())
                && (open.as_str(), comma.as_str(), close.as_str()) == ("(", ",", ")")
                && is_column(column)
                && closes_at_end(&said.tokens()[1..])
                && same_type(&before.declared_type, &after.declared_type)
        }
        _ => false,
    }
}

/// The column as it is, or `CAST(age AS INTEGER)` to the type that it gets.
fn casts(said: &Expression, before: &Column, after: &Column) -> bool {
    let is_column = |it: &str| same_name(it, &before.name) || same_name(it, &after.name);
    let declared = Expression::new(after.declared_type.as_str());
    match said.tokens() {
        [column] => is_column(column),
        [cast, open, column, as_, of @ .., close] => {
            [cast.as_str(), open, as_, close] == ["cast", "(", "as", ")"]
                && is_column(column)
                && of == declared.tokens()
        }
        _ => false,
    }
}

/// Whether the parenthesis that comes first is closed by the one that comes last.
fn closes_at_end(tokens: &[String]) -> bool {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1 == tokens.len();
        }
    }
    false
}

/// The new values that several old ones have become: they are mapped to it, or had it already. Without a check that lists
/// them, any value may have been there.
fn merged(old: &Table, before: &Column, pairs: &[(String, String)]) -> Vec<String> {
    let lists = old.checks.iter().map(check_words);
    let listed: Vec<String> = lists
        .filter_map(|words| {
            let (column, values) = values_of(&words)?;
            let column = column.rsplit('(').next().map(unquoted)?;
            let values: Vec<String> = values.into_iter().map(str::to_owned).collect();
            same_name(&column, &before.name).then_some(values)
        })
        .flatten()
        .collect();
    let may_have_been = |value: &str| {
        let goes = pairs.iter().any(|(old, _)| old == value);
        let is_it = |it: &String| it == value || *it == text(value);
        !goes && (listed.is_empty() || listed.iter().any(is_it))
    };
    let mut merged: Vec<String> = Vec::new();
    for (at, (_, new)) in pairs.iter().enumerate() {
        let twice = pairs[..at].iter().any(|(_, it)| it == new);
        if (twice || may_have_been(new)) && !merged.contains(&text(new)) {
            merged.push(text(new));
        }
    }
    merged
}
