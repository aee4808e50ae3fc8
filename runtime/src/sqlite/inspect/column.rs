use super::constraint::{conflict, deferrable, references};
use super::table::Draft;
use crate::schema::{Check, Conflict, Expression, Generated, NotNull, Unique, unquoted};
use crate::sql::lexer::Kind;
use crate::sql::tokens::Tokens;

/// What the definition of a column says beyond its name and type.
#[derive(Debug, Default)]
pub(super) struct ColumnDraft {
    pub(super) name: String,
    pub(super) not_null: Option<NotNull>,
    pub(super) default: Option<Expression>,
    pub(super) collation: Option<String>,
    pub(super) generated: Option<Generated>,
    pub(super) definition: String,
}

/// `name [type] constraints…`. See <https://www.sqlite.org/syntax/column-def.html>.
pub(super) fn read(mut tokens: Tokens<'_>, table: &mut Draft) -> Result<(), String> {
    let mut column = ColumnDraft {
        definition: tokens.rest(),
        name: tokens.name().ok_or("a column has no name")?,
        ..ColumnDraft::default()
    };
    while !tokens.is_empty() && !starts_constraint(&tokens) {
        if tokens.parenthesised().is_none() {
            tokens.next();
        }
    }
    let mut name = None;
    while !tokens.is_empty() {
        if tokens.eat(&["constraint"]) {
            name = tokens.name();
            continue;
        }
        constraint(&mut tokens, name.take(), &mut column, table)?;
    }
    table.columns.push(column);
    Ok(())
}

fn starts_constraint(tokens: &Tokens<'_>) -> bool {
    const WORDS: [&str; 11] = [
        "constraint",
        "primary",
        "not",
        "null",
        "unique",
        "check",
        "default",
        "collate",
        "references",
        "as",
        "deferrable",
    ];
    WORDS.iter().any(|word| tokens.is(word))
        || (tokens.is("generated") && tokens.is_ahead(1, "always"))
}

fn constraint(
    tokens: &mut Tokens<'_>,
    name: Option<String>,
    column: &mut ColumnDraft,
    table: &mut Draft,
) -> Result<(), String> {
    if let Some(key) = table.foreign_keys.last_mut()
        && deferrable(tokens, key)
    {
        return Ok(());
    }
    if tokens.eat(&["not", "null"]) {
        column.not_null = Some(NotNull {
            conflict: conflict(tokens),
        });
    } else if tokens.eat(&["null"]) {
        conflict(tokens);
    } else if tokens.eat(&["primary", "key"]) {
        let descending = tokens.is("desc");
        if descending || tokens.is("asc") {
            tokens.next();
        }
        let conflict = conflict(tokens);
        let autoincrement = tokens.eat(&["autoincrement"]);
        table.primary_key(
            vec![column.name.clone()],
            vec![descending],
            vec![None],
            autoincrement,
            conflict,
        );
    } else if tokens.eat(&["unique"]) {
        let conflict = conflict(tokens);
        table.uniques.push(unique_of(&column.name, conflict));
    } else if tokens.eat(&["check"]) {
        let inner = tokens.parenthesised().ok_or("a CHECK has no parentheses")?;
        conflict(tokens);
        table.checks.push(Check {
            name,
            expression: Expression::new(inner.rest()),
            column: Some(column.name.clone()),
        });
    } else if tokens.eat(&["default"]) {
        column.default = default(tokens);
    } else if tokens.eat(&["collate"]) {
        column.collation = tokens
            .name()
            .map(|it| it.to_ascii_lowercase())
            .filter(|it| it != "binary");
    } else if tokens.eat(&["references"]) {
        let mut key = references(tokens, name, vec![column.name.clone()])
            .ok_or("a REFERENCES names no table")?;
        key.column = Some(column.name.clone());
        table.foreign_keys.push(key);
    } else if tokens.eat(&["generated", "always", "as"]) || tokens.eat(&["as"]) {
        let inner = tokens
            .parenthesised()
            .ok_or("a generated column has no expression")?;
        let stored = tokens.eat(&["stored"]);
        if !stored {
            tokens.eat(&["virtual"]);
        }
        let expression = Expression::new(inner.rest());
        column.generated = Some(Generated { expression, stored });
    } else {
        let word = tokens.peek().map_or("", |token| tokens.text(token));
        return Err(format!(
            "column `{}`: `{word}` is not understood",
            column.name
        ));
    }
    Ok(())
}

fn unique_of(column: &str, conflict: Conflict) -> Unique {
    Unique {
        columns: vec![column.to_ascii_lowercase()],
        collations: vec![None],
        descending: vec![false],
        conflict,
    }
}

/// A literal, with or without a sign, a name, or an expression in parentheses. NULL is what a column has without one.
fn default(tokens: &mut Tokens<'_>) -> Option<Expression> {
    let mark = tokens.mark();
    if tokens.parenthesised().is_none() {
        let token = tokens.next()?;
        if token.kind == Kind::Quoted {
            // A name is a text here, whatever its quotes.
            let text = unquoted(tokens.text(token)).replace('\'', "''");
            return Some(Expression::new(format!("'{text}'")));
        }
        if token.kind == Kind::Operator {
            tokens.next();
        }
    }
    let expression = Expression::new(tokens.since(mark));
    (expression.tokens() != ["null"]).then_some(expression)
}
