//! An INSERT names columns, and gives each a value.

use super::catalog::{self, Column, Table};
use super::lexer::{Kind, Token};
use super::message::Fault;
use rusqlite::Connection;

/// An INSERT into an ordinary table.
pub(super) struct Insert<'t> {
    pub(super) table: Table,
    /// The name of the table in the statement.
    pub(super) place: Token,
    /// The columns, in the order of the values; the position of each among the table's.
    pub(super) columns: Vec<usize>,
    /// The rows of VALUES, the tokens of each value.
    pub(super) rows: Vec<(Token, Vec<&'t [Token]>)>,
}

impl<'t> Insert<'t> {
    /// Reads as far as the values. None where the statement is something else, or names what is not there.
    pub(super) fn read(db: &Connection, sql: &str, tokens: &'t [Token]) -> Option<Self> {
        let mut at = head(sql, tokens)?;
        let place = *tokens.get(at)?;
        if tokens.get(at + 1).is_some_and(|token| token.is(sql, ".")) {
            return None;
        }
        let table = catalog::table(db, &place.name(sql)?)?;
        at += 1;
        if tokens.get(at)?.is(sql, "AS") {
            at += 2;
        }
        let mut columns = Vec::new();
        if tokens.get(at)?.kind == Kind::Open {
            let (list, end) = parts(sql, tokens, at)?;
            for part in list {
                let [column] = part else {
                    return None;
                };
                let name = column_name(*column, sql)?;
                columns.push(
                    table
                        .columns
                        .iter()
                        .position(|it| name.eq_ignore_ascii_case(&it.name))?,
                );
            }
            at = end;
        } else if !tokens.get(at)?.is(sql, "DEFAULT") {
            let all = table.columns.iter().enumerate();
            columns.extend(
                all.filter(|(_, it)| !it.is_hidden)
                    .map(|(position, _)| position),
            );
        }
        let mut rows = Vec::new();
        if tokens.get(at).is_some_and(|token| token.is(sql, "VALUES")) {
            while let Some(open) = tokens.get(at + 1).filter(|it| it.kind == Kind::Open) {
                let (values, end) = parts(sql, tokens, at + 1)?;
                rows.push((*open, values));
                at = end;
                if !tokens.get(at).is_some_and(|token| token.is(sql, ",")) {
                    break;
                }
            }
        }
        Some(Self {
            table,
            place,
            columns,
            rows,
        })
    }
}

/// SQLite takes a text for a name, where one has to stand.
fn column_name(token: Token, sql: &str) -> Option<String> {
    let text = token
        .text(sql)
        .strip_prefix('\'')
        .and_then(|text| text.strip_suffix('\''));
    token.name(sql).or_else(|| Some(text?.replace("''", "'")))
}

/// Where the name of the table stands, behind INTO, in no parentheses.
fn head(sql: &str, tokens: &[Token]) -> Option<usize> {
    let is_with = tokens.first()?.is(sql, "WITH");
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if token.is(sql, "INTO") => return Some(at + 1),
            _ if token.is(sql, "SELECT") || token.is(sql, "UPDATE") || token.is(sql, "DELETE") => {
                return None;
            }
            _ => {}
        }
        let is_insert = token.is(sql, "INSERT") || token.is(sql, "REPLACE");
        if !is_with && at == 0 && !is_insert {
            return None;
        }
    }
    None
}

/// What stands between the commas of these parentheses, and the position behind them.
fn parts<'t>(sql: &str, tokens: &'t [Token], open: usize) -> Option<(Vec<&'t [Token]>, usize)> {
    let (mut parts, mut from, mut depth) = (Vec::new(), open + 1, 0_usize);
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth -= 1,
            _ if depth == 1 && token.is(sql, ",") => {
                parts.push(&tokens[from..at]);
                from = at + 1;
            }
            _ => {}
        }
        if depth == 0 {
            parts.push(&tokens[from..at]);
            return Some((parts, at + 1));
        }
    }
    None
}

/// Not as many values as columns, in the words of both. SQLite has refused the statement.
pub(super) fn miscount(db: &Connection, sql: &str, tokens: &[Token]) -> Option<Fault> {
    let insert = Insert::read(db, sql, tokens)?;
    let (open, values) = insert
        .rows
        .iter()
        .find(|(_, values)| values.len() != insert.columns.len())?;
    let columns = insert
        .columns
        .iter()
        .map(|it| insert.table.columns[*it].name.as_str());
    let columns: Vec<&str> = columns.collect();
    let what = match columns.get(values.len()..) {
        Some(without) => format!(
            "{} {} none",
            names(without),
            if without.len() == 1 { "has" } else { "have" }
        ),
        None => {
            let surplus = values[columns.len()].first()?;
            let message = format!("`{}` has no column", surplus.text(sql));
            return Some(told(
                &insert,
                sql,
                &columns,
                values.len(),
                &message,
                surplus.start,
            ));
        }
    };
    Some(told(
        &insert,
        sql,
        &columns,
        values.len(),
        &what,
        open.start,
    ))
}

fn told(
    insert: &Insert<'_>,
    sql: &str,
    columns: &[&str],
    values: usize,
    what: &str,
    at: usize,
) -> Fault {
    let message = format!(
        "`{}`: {} ({}), {}: {what}",
        insert.table.name,
        counted(columns.len(), "column"),
        columns.join(", "),
        counted(values, "value"),
    );
    Fault::new(sql, message, Some(at))
}

/// A column that must have a value, and is not among those that get one.
pub(super) fn missing(db: &Connection, sql: &str, tokens: &[Token]) -> Option<Fault> {
    let insert = Insert::read(db, sql, tokens)?;
    let all = insert.table.columns.iter().enumerate();
    let missing: Vec<&str> = all
        .filter(|(position, column)| needs_value(column) && !insert.columns.contains(position))
        .map(|(_, column)| column.name.as_str())
        .collect();
    if missing.is_empty() {
        return None;
    }
    let message = format!(
        "`{}`: {} {} NOT NULL without a default, and {} no value here",
        insert.table.name,
        names(&missing),
        if missing.len() == 1 { "is" } else { "are" },
        if missing.len() == 1 { "has" } else { "have" },
    );
    Some(Fault::new(sql, message, Some(insert.place.start)))
}

fn needs_value(column: &Column) -> bool {
    column.not_null && !column.has_default && !column.is_hidden && !column.is_rowid
}

pub(super) fn names(names: &[&str]) -> String {
    format!("`{}`", names.join("`, `"))
}

pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests;
