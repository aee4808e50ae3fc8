//! What is wrong with a statement, with the line of it and a caret: stable Rust points at the whole literal.

use super::catalog;
use super::lexer::{self, Token};
use crate::attr::nearest;
use proc_macro2::Span;
use rusqlite::{Connection, Error};
use std::fmt::{self, Display, Write as _};
use syn::LitStr;

/// What is wrong, and at which byte.
pub(super) struct Fault {
    sql: String,
    message: String,
    at: Option<usize>,
}

impl Fault {
    pub(super) fn new(sql: &str, message: String, at: Option<usize>) -> Self {
        Self {
            sql: sql.to_owned(),
            message,
            at,
        }
    }

    /// The place inside the literal, where the compiler gives it; the literal elsewhere. In one with escapes it is not
    /// known.
    pub(super) fn span(&self, literal: &LitStr) -> Span {
        let token = literal.token();
        let text = token.to_string();
        let within = self
            .at
            .filter(|_| text.starts_with('r') || !text.contains('\\'));
        let span = within.zip(text.find('"')).and_then(|(at, quote)| {
            let tokens = lexer::tokens(&self.sql);
            let end = tokens.iter().find(|token| token.start == at)?.end;
            token.subspan(quote + 1 + at..quote + 1 + end)
        });
        span.unwrap_or_else(|| literal.span())
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        let Some((before, rest)) = self.at.and_then(|at| self.sql.split_at_checked(at)) else {
            return Ok(());
        };
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let margin = &before[start..];
        let line = rest.lines().next().unwrap_or_default();
        write!(f, "\n  {margin}{line}\n  ")?;
        // A tab is as wide as the one above it.
        for character in margin.chars() {
            f.write_char(if character == '\t' { '\t' } else { ' ' })?;
        }
        f.write_char('^')
    }
}

/// A longer list of names is not read.
const LONGEST: usize = 16;

/// What SQLite says, and the name that was probably meant.
pub(super) fn of(db: &Connection, sql: &str, tokens: &[Token], error: Error) -> Fault {
    let (message, offset) = match error {
        Error::SqlInputError { msg, offset, .. } => (msg, usize::try_from(offset).ok()),
        Error::MultipleStatement => {
            return Fault::new(
                sql,
                "expected one statement, found several".to_owned(),
                None,
            );
        }
        other => (other.to_string(), None),
    };
    let place = |name: &str| tokens.iter().find(|token| token.names(sql, name));
    let Some((name, candidates)) = unknown(db, sql, tokens, &message) else {
        return Fault::new(sql, message, offset);
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    let told = match meant(last, &candidates) {
        Some(meant) => format!("{message}; did you mean `{meant}`?"),
        None if message.contains("column") && (1..=LONGEST).contains(&candidates.len()) => {
            format!("{message}; there are `{}`", candidates.join("`, `"))
        }
        None => message.clone(),
    };
    Fault::new(
        sql,
        told,
        offset.or_else(|| place(last).map(|token| token.start)),
    )
}

/// The nearest name, or one that this is a part of, or that is a part of it: `author` for `author_id`.
fn meant<'n>(name: &str, names: &'n [String]) -> Option<&'n str> {
    let all = names.iter().map(String::as_str);
    let lower = name.to_ascii_lowercase();
    nearest(name, all.clone()).or_else(|| {
        let mut parts = all.filter(|it| it.len() > 2 && lower.len() > 2);
        parts.find(|it| {
            let it = it.to_ascii_lowercase();
            it.contains(&lower) || lower.contains(&it)
        })
    })
}

/// The name that SQLite does not know, and those that may stand there.
fn unknown<'m>(
    db: &Connection,
    sql: &str,
    tokens: &[Token],
    message: &'m str,
) -> Option<(&'m str, Vec<String>)> {
    if let Some(name) = message.strip_prefix("no such table: ") {
        return Some((name, catalog::names(db)));
    }
    if let Some(name) = message.strip_prefix("no such function: ") {
        return Some((name, catalog::functions(db)));
    }
    if let Some(name) = message.strip_prefix("no such column: ") {
        let name = name.split(" - ").next().unwrap_or(name);
        let tables = catalog::named(db, sql, tokens);
        let columns = tables
            .iter()
            .flat_map(|table| catalog::column_names(db, table));
        return Some((name, columns.collect()));
    }
    let (table, column) = message
        .strip_prefix("table ")?
        .split_once(" has no column named ")?;
    Some((column, catalog::column_names(db, table)))
}
