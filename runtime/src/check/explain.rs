mod counts;

use super::names::{Names, TableName};
use super::nearest::nearest;
use crate::schema::{same_name, unquoted};
use crate::sql::lexer::{Kind, Token};
use crate::sql::tokens::Tokens;
use std::ops::Range;

pub(super) use counts::{listed, of};

/// What is wrong with a statement, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// What is wrong, and what was probably meant; SQLite's own words where there is nothing to add.
    pub message: String,
    /// The bytes of the statement that it is about, if that is known.
    pub range: Option<Range<usize>>,
}

/// What SQLite says of a statement, with names: `message` and `offset` are those of the error, `offset` in bytes.
///
/// What is not understood is left to SQLite's own words, never guessed.
///
/// ```
/// use tablature::check::{Names, explain};
///
/// let db = tablature::Connection::open_in_memory()?;
/// db.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL)")?;
/// let names = Names::of(&db)?;
/// let sql = "SELECT id FROM pots";
/// let explanation = explain(sql, "no such table: pots", None, &names);
/// assert_eq!(explanation.message, "no table `pots`; did you mean `posts`?");
/// assert_eq!(&sql[explanation.range.unwrap()], "pots");
/// # Ok::<(), tablature::rusqlite::Error>(())
/// ```
pub fn explain(sql: &str, message: &str, offset: Option<usize>, names: &Names) -> Explanation {
    let tokens = all(sql);
    let at = offset.and_then(|at| tokens.iter().find(|it| it.start <= at && at < it.end));
    let range = at.map(|it| it.start..it.end);
    let explained = if let Some(table) = message.strip_prefix("no such table: ") {
        Some(no_table(sql, &tokens, table, names))
    } else if let Some(column) = message.strip_prefix("no such column: ") {
        no_column(sql, &tokens, column, range.clone(), names)
    } else if let Some((table, column)) = has_no_column(message) {
        let range = range.clone().or_else(|| place(sql, &tokens, column));
        let table = names.table(table);
        table.map(|table| missing(column, &[table], range))
    } else if message == "incomplete input" {
        let range = tokens.last().map(|it| it.start..it.end);
        let message = message.to_owned();
        Some(Explanation { message, range })
    } else {
        counts::explain(sql, message, names)
    };
    explained.unwrap_or_else(|| Explanation {
        message: message.to_owned(),
        range,
    })
}

fn all(sql: &str) -> Vec<Token> {
    let mut tokens = Tokens::new(sql);
    std::iter::from_fn(|| tokens.next()).collect()
}

/// `table posts has no column named titel`
fn has_no_column(message: &str) -> Option<(&str, &str)> {
    message
        .strip_prefix("table ")?
        .split_once(" has no column named ")
}

/// The first token that is this name.
fn place(sql: &str, tokens: &[Token], name: &str) -> Option<Range<usize>> {
    let is_it = |it: &&Token| {
        matches!(it.kind, Kind::Word | Kind::Quoted | Kind::Text)
            && same_name(&unquoted(&sql[it.start..it.end]), name)
    };
    let found = tokens.iter().find(is_it)?;
    Some(found.start..found.end)
}

fn no_table(sql: &str, tokens: &[Token], table: &str, names: &Names) -> Explanation {
    // SQLite says with the name in which schema it looked.
    let schemas = ["main.", "temp."];
    let name = schemas
        .iter()
        .find_map(|it| table.strip_prefix(it))
        .unwrap_or(table);
    let others = names.tables.iter().map(|it| it.name.as_str());
    let hint = match nearest(name, others.filter(|it| !it.starts_with("sqlite_"))) {
        Some(other) if !same_name(other, name) => format!("; did you mean `{other}`?"),
        _ => String::new(),
    };
    Explanation {
        message: format!("no table `{table}`{hint}"),
        range: place(sql, tokens, name).or_else(|| qualified(sql, tokens, name)),
    }
}

/// Where `other.things` stands, of another schema.
fn qualified(sql: &str, tokens: &[Token], name: &str) -> Option<Range<usize>> {
    let (schema, name) = name.split_once('.')?;
    let text = |it: &Token| unquoted(&sql[it.start..it.end]);
    tokens.windows(3).find_map(|it| match it {
        [first, dot, last]
            if same_name(&text(first), schema)
                && &sql[dot.start..dot.end] == "."
                && same_name(&text(last), name) =>
        {
            Some(first.start..last.end)
        }
        _ => None,
    })
}

/// `column` is as SQLite says it: with the table's name or alias where the statement has one, and with advice behind it
/// where it stands in double quotes.
fn no_column(
    sql: &str,
    tokens: &[Token],
    column: &str,
    range: Option<Range<usize>>,
    names: &Names,
) -> Option<Explanation> {
    // `"titel" - should this be a string literal in single-quotes?`
    let is_quoted = column.starts_with('"');
    let column = match column.strip_prefix('"') {
        Some(quoted) => quoted.rsplit_once("\" - should this be")?.0,
        None => column,
    };
    let (alias, name) = match column.rsplit_once('.') {
        Some((before, name)) => (Some(before.rsplit('.').next().unwrap_or(before)), name),
        None => (None, column),
    };
    let range = range.or_else(|| place(sql, tokens, name));
    // SQLite's place is that of the alias.
    let range = range.map(|it| whole(sql, tokens, it));
    let mut tables = named(sql, tokens, names);
    if let Some(alias) = alias {
        let table = tables.iter().find(|it| same_name(&it.name, alias));
        let table = table
            .copied()
            .or_else(|| aliased(sql, tokens, alias, names));
        tables = table.into_iter().collect();
    }
    let mut explanation = (!tables.is_empty()).then(|| missing(name, &tables, range))?;
    if is_quoted {
        explanation
            .message
            .push_str("; a text stands in single quotes");
    }
    Some(explanation)
}

fn missing(column: &str, tables: &[&TableName], range: Option<Range<usize>>) -> Explanation {
    let columns = tables.iter().flat_map(|it| &it.columns);
    let hint = match nearest(column, columns.map(|it| it.name.as_str())) {
        // A column that is there, but not here: it belongs to a table that this part of the statement does not see.
        Some(other) if same_name(other, column) => String::new(),
        Some(other) => format!("; did you mean `{other}`?"),
        None => String::new(),
    };
    let names: Vec<String> = tables.iter().map(|it| format!("`{}`", it.name)).collect();
    let is_elsewhere = hint.is_empty() && tables.iter().any(|it| it.column(column).is_some());
    let message = if is_elsewhere {
        format!("no column `{column}` here")
    } else {
        format!("no column `{column}` in {}{hint}", names.join(" or "))
    };
    Explanation { message, range }
}

/// The tables whose names stand in the statement.
fn named<'a>(sql: &str, tokens: &[Token], names: &'a Names) -> Vec<&'a TableName> {
    let stands = |table: &&TableName| place(sql, tokens, &table.name).is_some();
    names.tables.iter().filter(stands).collect()
}

/// The table of `posts AS p` or `posts p`.
fn aliased<'a>(
    sql: &str,
    tokens: &[Token],
    alias: &str,
    names: &'a Names,
) -> Option<&'a TableName> {
    let text = |at: usize| {
        tokens
            .get(at)
            .map(|it| unquoted(&sql[it.start..it.end]))
            .unwrap_or_default()
    };
    let found = (1..tokens.len()).filter(|&at| same_name(&text(at), alias));
    let tables = found.filter_map(|at| match text(at - 1) {
        word if same_name(&word, "as") && at > 1 => names.table(&text(at - 2)),
        word => names.table(&word),
    });
    let mut tables: Vec<&TableName> = tables.collect();
    tables.dedup_by(|a, b| a.name == b.name);
    match tables.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// From the alias to the column, where the place is that of the alias.
fn whole(sql: &str, tokens: &[Token], range: Range<usize>) -> Range<usize> {
    let at = tokens.iter().position(|it| it.start == range.start);
    let mut end = range.end;
    if let Some(mut at) = at {
        while let Some([dot, name]) = tokens.get(at + 1..at + 3)
            && &sql[dot.start..dot.end] == "."
        {
            end = name.end;
            at += 2;
        }
    }
    range.start..end
}
