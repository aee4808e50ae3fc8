use super::{InspectError, Object};
use crate::schema::{Expression, Index, IndexPart};
use crate::sql::tokens::Tokens;

/// `CREATE [UNIQUE] INDEX name ON table (parts) [WHERE filter]`. See <https://www.sqlite.org/lang_createindex.html>.
pub(super) fn read(object: Object) -> Result<Index, InspectError> {
    let mut tokens = Tokens::new(&object.sql);
    tokens.eat(&["create"]);
    let unique = tokens.eat(&["unique"]);
    let head = tokens.eat(&["index"]) && {
        tokens.eat(&["if", "not", "exists"]);
        tokens.name().is_some() && tokens.eat(&["on"]) && tokens.name().is_some()
    };
    let parts = tokens.parenthesised().filter(|_| head);
    let Some(parts) = parts else {
        return Err(object.unreadable("index", "its statement has no list of columns"));
    };
    let filter = tokens
        .eat(&["where"])
        .then(|| Expression::new(tokens.rest()));
    Ok(Index {
        parts: parts.list().into_iter().map(part).collect(),
        unique,
        filter,
        name: object.name,
        table: object.table,
        sql: object.sql,
    })
}

/// An expression, then COLLATE and a direction, in this order and outside of parentheses.
pub(super) fn part(tokens: Tokens<'_>) -> IndexPart {
    let mut walk = tokens.clone();
    let (mut end, mut collation, mut descending) = (None, None, false);
    while !walk.is_empty() {
        let mark = walk.mark();
        if walk.eat(&["collate"]) {
            collation = walk.name().map(|name| name.to_ascii_lowercase());
            end.get_or_insert(mark);
        } else if walk.is("asc") || walk.is("desc") {
            descending = walk.is("desc");
            walk.next();
            end.get_or_insert(mark);
        } else if walk.parenthesised().is_none() {
            walk.next();
            if walk.mark() > mark && collation.is_some() {
                // `a COLLATE x || b`: the collation was of an operand, not of the part.
                (end, collation) = (None, None);
            }
        }
    }
    let mut text = tokens.clone();
    match end {
        Some(end) => text.back_to(end),
        None => while text.next().is_some() {},
    }
    IndexPart {
        expression: Expression::new(text.since(0)),
        collation,
        descending,
    }
}
