use crate::sql::lexer::{Kind, Lexer};

/// A piece of SQL that can stand in parentheses: whole tokens, balanced, and no comment that would swallow what follows.
#[track_caller]
pub const fn expression(sql: &str) {
    let mut lexer = Lexer::new(sql);
    let (mut depth, mut tokens) = (0_usize, 0);
    while let Some(token) = lexer.next() {
        match token.kind {
            Kind::Space => continue,
            Kind::Comment => {
                panic!("a comment in an expression; write it in the struct's documentation")
            }
            Kind::Semicolon => panic!("`;` in an expression; take it away"),
            Kind::Unknown => {
                panic!("this is not SQL: a quote that does not end, or a character without meaning")
            }
            Kind::Parameter => {
                panic!("a parameter in an expression that is part of the schema; write the value")
            }
            Kind::Open => depth += 1,
            Kind::Close if depth == 0 => panic!("`)` without `(`"),
            Kind::Close => depth -= 1,
            _ => {}
        }
        tokens += 1;
    }
    assert!(depth == 0, "`(` without `)`");
    assert!(
        tokens > 0,
        "an empty expression; write one, or take the key away"
    );
}

/// The body of a trigger: whole tokens, balanced, without comments.
#[track_caller]
pub const fn statements(sql: &str) {
    let mut lexer = Lexer::new(sql);
    let (mut depth, mut tokens) = (0_usize, 0);
    while let Some(token) = lexer.next() {
        match token.kind {
            Kind::Space => continue,
            Kind::Comment => {
                panic!("a comment in a trigger; write it in the struct's documentation")
            }
            Kind::Unknown => {
                panic!("this is not SQL: a quote that does not end, or a character without meaning")
            }
            Kind::Parameter => panic!("a parameter in a trigger; write the value"),
            Kind::Open => depth += 1,
            Kind::Close if depth == 0 => panic!("`)` without `(`"),
            Kind::Close => depth -= 1,
            _ => {}
        }
        tokens += 1;
    }
    assert!(depth == 0, "`(` without `)`");
    assert!(
        tokens > 0,
        "a trigger without statements; write what it does: `body = \"INSERT …;\"`"
    );
}
