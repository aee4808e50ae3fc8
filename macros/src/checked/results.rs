//! The columns of a result, as far as SQLite knows where they come from.

use super::assign::Class;
use super::catalog;
use super::lexer::{self, Kind, Token};
use super::outer;
use rusqlite::{Connection, Statement};

/// A column of the result.
pub(super) struct Column {
    pub(super) name: String,
    /// The column of a table that it is, for messages: `posts.title`.
    pub(super) origin: Option<String>,
    /// What it stores, where that is certain.
    pub(super) class: Option<Class>,
    /// Whether NULL has to be expected; false where that is not known.
    pub(super) nullable: bool,
    /// Whether it is NULL because its table may have no row for one of the result.
    pub(super) rowless: bool,
}

pub(super) fn columns(
    db: &Connection,
    statement: &Statement<'_>,
    sql: &str,
    tokens: &[Token],
) -> Vec<Column> {
    (0..statement.column_count())
        .map(|position| {
            let name = statement
                .column_name(position)
                .unwrap_or_default()
                .to_owned();
            origin(db, statement, sql, tokens, position).map_or(
                Column {
                    name: name.clone(),
                    origin: None,
                    class: None,
                    nullable: false,
                    rowless: false,
                },
                |found| Column { name, ..found },
            )
        })
        .collect()
}

/// A column that is one of an ordinary table. What a virtual table returns is up to its module.
fn origin(
    db: &Connection,
    statement: &Statement<'_>,
    sql: &str,
    tokens: &[Token],
    position: usize,
) -> Option<Column> {
    let (_, table, column, ..) = statement.column_metadata(position).ok()??;
    let table = catalog::table(db, table.to_str().ok()?)?;
    let name = column.to_str().ok()?;
    let called = statement.column_name(position).ok()?;
    let column = table
        .columns
        .iter()
        .find(|it| it.name.eq_ignore_ascii_case(name))?;
    let nullable = !column.not_null && !column.is_rowid;
    let rowless = outer::may_have_no_row(db, sql, tokens, &table);
    Some(Column {
        name: String::new(),
        origin: Some(format!("{}.{}", table.name, column.name)),
        class: Class::of(&column.declared, table.strict),
        nullable: rowless || nullable && !may_exclude_null(db, sql, tokens, &[name, called]),
        rowless,
    })
}

/// Whether the statement may see to it that a column is not NULL: it writes it, or has a condition on it, under one of
/// these names. What passes from one SELECT to another may have any name there.
fn may_exclude_null(db: &Connection, sql: &str, tokens: &[Token], names: &[&str]) -> bool {
    let has = |word: &str| tokens.iter().any(|token| token.is(sql, word));
    if has("RETURNING") || has("INTERSECT") || has("EXCEPT") {
        return true;
    }
    let selects = tokens.iter().filter(|token| token.is(sql, "SELECT"));
    if selects.count() > 1 {
        return has_condition(sql, tokens, None);
    }
    if has_condition(sql, tokens, Some(names)) {
        return true;
    }
    // A view may be made of other views.
    let views = catalog::views(db);
    let names_one = views
        .iter()
        .any(|(name, _)| tokens.iter().any(|token| token.names(sql, name)));
    names_one
        && (has_condition(sql, tokens, None)
            || views
                .iter()
                .any(|(_, sql)| has_condition(sql, &lexer::tokens(sql), None)))
}

/// Whether something is said behind a WHERE, ON, USING or HAVING, of one of these names if there are any.
fn has_condition(sql: &str, tokens: &[Token], columns: Option<&[&str]>) -> bool {
    let (mut inside, mut outer) = (false, Vec::new());
    for token in tokens {
        let is = |words: &[&str]| words.iter().any(|word| token.is(sql, word));
        match token.kind {
            Kind::Open => outer.push(inside),
            Kind::Close => inside = outer.pop().unwrap_or_default(),
            Kind::Word if is(&["NATURAL"]) => return true,
            Kind::Word if is(&["WHERE", "ON", "USING", "HAVING"]) => inside = true,
            Kind::Word
                if is(&[
                    "ORDER", "GROUP", "LIMIT", "SELECT", "FROM", "UNION", "WINDOW",
                ]) =>
            {
                inside = false;
            }
            _ => {}
        }
        let is_said = columns.is_none_or(|names| names.iter().any(|name| token.names(sql, name)));
        if inside && is_said {
            return true;
        }
    }
    false
}
