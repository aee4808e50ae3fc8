//! What a parameter is compared with, or stored in, where that is certain: `column = ?1`, and a value of an INSERT.

use super::catalog::{self, Column, Table};
use super::insert::Insert;
use super::lexer::{Kind, Token};
use super::parameters::Parameters;
use rusqlite::Connection;

/// What a column stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Integer,
    Real,
    /// Either of them, in a comparison.
    Numeric,
    Text,
    Blob,
}

impl Class {
    /// Of a declared type. A table that is not STRICT may hold anything under a type that only sounds like one.
    pub(super) fn of(declared: &str, strict: bool) -> Option<Self> {
        let word = declared.split('(').next().unwrap_or_default().trim();
        Some(match (word.to_ascii_uppercase().as_str(), strict) {
            ("INT" | "INTEGER", _) | ("BIGINT" | "SMALLINT" | "TINYINT", false) => Self::Integer,
            ("REAL", _) | ("DOUBLE" | "DOUBLE PRECISION" | "FLOAT", false) => Self::Real,
            ("TEXT", _) | ("VARCHAR" | "CHAR" | "NVARCHAR" | "CLOB", false) => Self::Text,
            ("BLOB", true) => Self::Blob,
            _ => return None,
        })
    }

    const fn compared(self) -> Self {
        match self {
            Self::Integer | Self::Real | Self::Numeric => Self::Numeric,
            Self::Text => Self::Text,
            Self::Blob => Self::Blob,
        }
    }
}

/// The column that the argument of a parameter must fit.
pub(super) struct Target {
    pub(super) class: Class,
    pub(super) table: String,
    pub(super) column: String,
}

impl Target {
    fn new(table: &Table, column: &Column) -> Option<Self> {
        Some(Self {
            class: Class::of(&column.declared, table.strict)?,
            table: table.name.clone(),
            column: column.name.clone(),
        })
    }
}

/// The column of each parameter.
pub(super) fn targets(
    db: &Connection,
    sql: &str,
    tokens: &[Token],
    parameters: &Parameters,
) -> Vec<Option<Target>> {
    let mut targets: Vec<Option<Target>> = (0..parameters.count()).map(|_| None).collect();
    let numbered = parameters.numbered(sql, tokens);
    let mut say = |token: Token, target: Option<Target>| {
        let number = numbered.iter().find(|(at, _)| tokens[*at] == token);
        if let (Some((_, number)), Some(target)) = (number, target)
            && let Some(slot) = targets.get_mut(number - 1)
        {
            slot.get_or_insert(target);
        }
    };
    if let Some(insert) = Insert::read(db, sql, tokens) {
        for (_, values) in &insert.rows {
            for (value, position) in values.iter().zip(&insert.columns) {
                if let [token] = value {
                    let column = &insert.table.columns[*position];
                    say(*token, Target::new(&insert.table, column));
                }
            }
        }
    }
    if !has_names_of_its_own(db, sql, tokens) {
        for (at, _) in &numbered {
            if let Some(name) = compared(sql, tokens, *at) {
                say(tokens[*at], column(db, sql, tokens, &name));
            }
        }
    }
    targets
}

/// Words behind which an expression begins.
const BEFORE: &[&str] = &[
    "WHERE",
    "AND",
    "OR",
    "NOT",
    "ON",
    "SET",
    "HAVING",
    "SELECT",
    "DISTINCT",
    "ALL",
    "BY",
    "RETURNING",
    "WHEN",
    "THEN",
    "ELSE",
    "CASE",
    "BETWEEN",
    "IN",
    "IS",
    "LIKE",
    "GLOB",
    "MATCH",
    "LIMIT",
    "OFFSET",
    "VALUES",
    "COLLATE",
    "FROM",
    "JOIN",
    "UPDATE",
    "INTO",
];

/// Words, and signs, that end a comparison.
const BEHIND: &[&str] = &[
    "AND",
    "OR",
    "ORDER",
    "GROUP",
    "LIMIT",
    "RETURNING",
    "WHERE",
    "HAVING",
    "UNION",
    "INTERSECT",
    "EXCEPT",
    "THEN",
    "ELSE",
    "END",
    "ON",
    "DO",
    "WINDOW",
    "FROM",
    "LEFT",
    "RIGHT",
    "FULL",
    "INNER",
    "CROSS",
    "NATURAL",
    "JOIN",
    ",",
    ";",
    ")",
];

/// The column in `column = ?1`, where nothing binds tighter on either side.
fn compared(sql: &str, tokens: &[Token], at: usize) -> Option<String> {
    let is_end = tokens
        .get(at + 1)
        .is_none_or(|next| BEHIND.iter().any(|word| next.is(sql, word)));
    let before = &tokens[..at];
    let before = comparison(sql, before)?;
    let (column, mut before) = before.split_last()?;
    let name = column.name(sql)?;
    // `posts.id`, `main.posts.id`
    while let [rest @ .., table, dot] = before {
        if !dot.is(sql, ".") {
            break;
        }
        table.name(sql)?;
        before = rest;
    }
    let begins = before.last().is_none_or(|token| {
        token.kind == Kind::Open
            || token.is(sql, ",")
            || BEFORE.iter().any(|word| token.is(sql, word))
    });
    // `x BETWEEN a AND b = ?1` compares what stands before.
    let is_between = before.iter().any(|token| token.is(sql, "BETWEEN"));
    (is_end && begins && !is_between).then_some(name)
}

/// What stands before the sign of a comparison.
fn comparison<'t>(sql: &str, tokens: &'t [Token]) -> Option<&'t [Token]> {
    let (last, before) = tokens.split_last()?;
    if last.is(sql, "IS") {
        return Some(before);
    }
    if last.is(sql, "NOT") {
        let (is, before) = before.split_last()?;
        return is.is(sql, "IS").then_some(before);
    }
    let signs = tokens
        .iter()
        .rev()
        .take_while(|token| token.kind == Kind::Operator)
        .count();
    let (before, signs) = tokens.split_at(tokens.len() - signs);
    let sign: String = signs.iter().map(|token| token.text(sql)).collect();
    let is_comparison = ["=", "==", "!=", "<>", "<", "<=", ">", ">="].contains(&sign.as_str());
    is_comparison.then_some(before)
}

/// Whether a common table expression has columns that it names itself, or the name of a table.
fn has_names_of_its_own(db: &Connection, sql: &str, tokens: &[Token]) -> bool {
    let mut with = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.is(sql, "WITH"));
    match (with.next(), with.next()) {
        (None, _) => return false,
        (Some((0, _)), None) => {}
        _ => return true,
    }
    let tables = catalog::names(db);
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        let next = tokens.get(at + 1);
        let begins = at > 0
            && (tokens[at - 1].is(sql, "WITH")
                || tokens[at - 1].is(sql, "RECURSIVE")
                || tokens[at - 1].is(sql, ","));
        if depth == 0 && begins && token.name(sql).is_some() {
            let lists = next.is_some_and(|next| next.kind == Kind::Open);
            let hides = next.is_some_and(|next| next.is(sql, "AS"))
                && tables.iter().any(|table| token.names(sql, table));
            if lists || hides {
                return true;
            }
        }
    }
    false
}

/// What all tables of the statement that have such a column store in it, and no alias is called so.
fn column(db: &Connection, sql: &str, tokens: &[Token], name: &str) -> Option<Target> {
    let mut found: Option<Target> = None;
    for (at, token) in tokens.iter().enumerate() {
        if token.names(sql, name) && is_alias(sql, tokens, at) {
            return None;
        }
        // A table-valued function has columns too.
        let is_function = tokens
            .get(at + 1)
            .is_some_and(|next| next.kind == Kind::Open);
        if is_function
            && token.name(sql).is_some_and(|it| {
                catalog::column_names(db, &it)
                    .iter()
                    .any(|column| column.eq_ignore_ascii_case(name))
            })
            && catalog::table(db, token.text(sql)).is_none()
        {
            return None;
        }
    }
    for table in catalog::named(db, sql, tokens) {
        if !catalog::column_names(db, &table)
            .iter()
            .any(|it| it.eq_ignore_ascii_case(name))
        {
            continue;
        }
        let table = catalog::table(db, &table)?;
        let column = table
            .columns
            .iter()
            .find(|it| it.name.eq_ignore_ascii_case(name))?;
        let mut target = Target::new(&table, column)?;
        target.class = target.class.compared();
        match &found {
            Some(first) if first.class != target.class => return None,
            Some(_) => {}
            None => found = Some(target),
        }
    }
    found
}

/// Whether the name here may be one that the statement gives: `count(*) AS n`, `count(*) n`.
fn is_alias(sql: &str, tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| tokens.get(before)) else {
        return false;
    };
    match before.kind {
        Kind::Open | Kind::Operator | Kind::Parameter => before.kind == Kind::Parameter,
        Kind::Word => !BEFORE.iter().any(|word| before.is(sql, word)),
        Kind::Quoted | Kind::Close | Kind::Literal => true,
    }
}
