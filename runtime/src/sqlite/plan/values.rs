use super::planner::{Planner, name, text};
use super::renames;
use crate::plan::Hints;
use crate::schema::{Column, Expression, Table, same_name, unquoted};
use crate::sql::lexer::{Kind, Lexer, Token};

/// Where the value of a column comes from when its row is written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// From the column as it is.
    Same,
    /// From an expression over the row as it is.
    Expression(String),
    /// From nowhere: the column has a default, or NULL.
    Default,
}

pub(super) fn source(planner: &Planner<'_>, old: &Table, new: &Table, column: &Column) -> Source {
    let copied = copied(planner, new, column);
    let before = before(planner, old, new, column);
    let mapped = planner.hints.mapped(&new.name, &column.name);
    if let Some(given) = planner.hints.value(&new.name, &column.name) {
        let value = renamed(planner, &new.name, given);
        // A value that does not look at the old one is for rows that have none.
        return Source::Expression(match before {
            Some(before) if !rewrites(planner.hints, new, before, column, &value) => {
                format!("COALESCE({}, {value})", map(before, mapped))
            }
            _ => value,
        });
    }
    match before {
        Some(before) if !mapped.is_empty() => Source::Expression(map(before, mapped)),
        Some(before) => match &column.default {
            // As everywhere: NULL for a column that is NOT NULL and has a default means the default.
            Some(default)
                if column.not_null.is_some()
                    && !old.refuses_null(before)
                    && column.generated.is_none() =>
            {
                Source::Expression(format!(
                    "COALESCE({}, {})",
                    name(&before.name),
                    value_of(default)
                ))
            }
            _ if copied.is_some() => Source::Expression(name(&before.name)),
            _ => Source::Same,
        },
        None => match (new.rowid_column(), old.rowid_name()) {
            // A new key that is the rowid: rows keep theirs, and full-text tables find them.
            (Some(key), Some(rowid)) if same_name(key, &column.name) => {
                Source::Expression(rowid.to_owned())
            }
            _ => Source::Default,
        },
    }
}

/// The column from which its values come, if it was there.
pub(super) fn before<'a>(
    planner: &Planner<'_>,
    old: &'a Table,
    new: &Table,
    column: &Column,
) -> Option<&'a Column> {
    old.column(copied(planner, new, column).map_or(&column.name, |it| &it.1))
}

/// Whether an expression says what becomes of values that are there: it is for all rows, or it names the column.
pub(super) fn rewrites(
    hints: &Hints,
    new: &Table,
    before: &Column,
    column: &Column,
    value: &str,
) -> bool {
    let said = Expression::new(value);
    !hints.fills(&new.name, &column.name)
        || said.mentions(&before.name)
        || said.mentions(&column.name)
}

fn copied<'a>(
    planner: &'a Planner<'_>,
    new: &Table,
    column: &Column,
) -> Option<&'a (String, String, String)> {
    planner
        .copied
        .iter()
        .find(|it| it.0 == new.name && same_name(&it.2, &column.name))
}

/// A default as an expression. Words in double quotes are text in a default, and a name anywhere else.
fn value_of(default: &Expression) -> String {
    match default.text().strip_prefix('"') {
        Some(_) => text(&unquoted(default.text())),
        None => default.text().to_owned(),
    }
}

/// A value that is not mapped stays; one that looks like a number is compared as the column would store it.
pub(super) fn map(column: &Column, pairs: &[(String, String)]) -> String {
    if pairs.is_empty() {
        return name(&column.name);
    }
    let whens: Vec<String> = pairs
        .iter()
        .map(|(old, new)| format!("WHEN {} THEN {}", text(old), text(new)))
        .collect();
    let name = name(&column.name);
    format!("CASE {name} {} ELSE {name} END", whens.join(" "))
}

/// An expression over the columns under their old names, in the new ones. Names of functions and of other tables' columns
/// stay.
pub(super) fn renamed(planner: &Planner<'_>, table: &str, expression: &str) -> String {
    let mut columns = renames::of_columns(planner, table);
    columns.retain(|it| {
        !planner
            .copied
            .iter()
            .any(|copied| copied.0 == table && copied.1 == it.0)
    });
    let tables = planner.hints.renamed_tables();
    let mut lexer = Lexer::new(expression);
    let mut tokens: Vec<Token> = Vec::new();
    while let Some(token) = lexer.next() {
        tokens.push(token);
    }
    let text_of = |at: usize| {
        tokens
            .get(at)
            .map_or("", |it| &expression[it.start..it.end])
    };
    let solid = |at: &usize| !matches!(tokens[*at].kind, Kind::Space | Kind::Comment);
    let mut written = String::new();
    for (at, token) in tokens.iter().enumerate() {
        let word = &expression[token.start..token.end];
        if !matches!(token.kind, Kind::Word | Kind::Quoted) {
            written.push_str(word);
            continue;
        }
        let next = (at + 1..tokens.len()).find(solid).map_or("", text_of);
        let mut before = (0..at).rev().filter(solid);
        let of = match (before.next().map(text_of), before.next().map(text_of)) {
            (Some("."), of) => of.map(unquoted),
            _ => None,
        };
        let mine = of.as_ref().is_none_or(|of| {
            same_name(of, table)
                || tables
                    .iter()
                    .any(|(old, new)| same_name(old, of) && same_name(new, table))
        });
        let plain = unquoted(word);
        let new = match next {
            "(" => None,
            "." => tables
                .iter()
                .find(|(old, _)| same_name(old, &plain))
                .map(|(_, new)| new),
            _ if mine => columns
                .iter()
                .find(|(old, _)| same_name(old, &plain))
                .map(|(_, new)| new),
            _ => None,
        };
        match new {
            Some(new) => written.push_str(&name(new)),
            None => written.push_str(word),
        }
    }
    written
}
