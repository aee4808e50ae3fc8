use super::message::fail;
use crate::sql::lexer::{Kind, Lexer};

/// A piece of SQL that can stand in parentheses: whole tokens, balanced, and no comment that would swallow what follows.
#[track_caller]
pub const fn expression(sql: &str) {
    let tokens = whole(sql, "an expression", Semicolon::Refused);
    assert!(
        tokens > 0,
        "an empty expression; write one, or take the key away"
    );
}

/// The body of a trigger: whole tokens, balanced, without comments.
#[track_caller]
pub const fn statements(sql: &str) {
    let tokens = whole(sql, "a trigger", Semicolon::Ends);
    assert!(
        tokens > 0,
        "a trigger without statements; write what it does: `body = \"INSERT …;\"`"
    );
}

#[derive(Clone, Copy)]
enum Semicolon {
    Refused,
    Ends,
}

/// How many tokens there are, if all of them may stand in `place`.
#[track_caller]
const fn whole(sql: &str, place: &str, semicolon: Semicolon) -> usize {
    let mut lexer = Lexer::new(sql);
    let (mut depth, mut tokens) = (0_usize, 0);
    while let Some(token) = lexer.next() {
        match (token.kind, semicolon) {
            (Kind::Space, _) => continue,
            (Kind::Comment, _) => fail(&[
                "a comment in ",
                place,
                "; write it in the struct's documentation",
            ]),
            (Kind::Semicolon, Semicolon::Refused) => fail(&["`;` in ", place, "; take it away"]),
            (Kind::Unknown, _) => fail(&[
                "this is not SQL: a quote that does not end, or a character without meaning",
            ]),
            (Kind::Parameter, _) => fail(&["a parameter in ", place, "; write the value"]),
            (Kind::Open, _) => depth += 1,
            (Kind::Close, _) if depth == 0 => fail(&["`)` without `(`"]),
            (Kind::Close, _) => depth -= 1,
            _ => {}
        }
        tokens += 1;
    }
    assert!(depth == 0, "`(` without `)`");
    tokens
}
