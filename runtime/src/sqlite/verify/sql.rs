use super::message::fail;
use crate::declare::Table;
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

/// A type in the words of a table. See <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>.
#[track_caller]
pub const fn sql_type(table: &Table, words: &str) {
    if table.unchecked {
        return;
    }
    whole(words, "a type", Semicolon::Refused);
    let mut lexer = Lexer::new(words);
    while let Some(token) = lexer.next() {
        let word = words.split_at(token.end).0.split_at(token.start).1;
        if matches!(token.kind, Kind::Word) && listed(&CONSTRAINTS, word) {
            fail(&[
                "`",
                word,
                "` begins a constraint, which has an attribute of its own",
            ]);
        }
    }
    if table.strict && !listed(&STRICT, words) {
        fail(&[
            "a STRICT table knows INT, INTEGER, REAL, TEXT, BLOB and ANY; write one of them, or `#[table(strict = false)]`",
        ]);
    }
}

/// See <https://www.sqlite.org/stricttables.html>.
const STRICT: [&str; 6] = ["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"];

/// See <https://www.sqlite.org/syntax/column-constraint.html>.
const CONSTRAINTS: [&str; 11] = [
    "CONSTRAINT",
    "PRIMARY",
    "NOT",
    "NULL",
    "UNIQUE",
    "CHECK",
    "DEFAULT",
    "COLLATE",
    "REFERENCES",
    "GENERATED",
    "AS",
];

const fn listed(words: &[&str], word: &str) -> bool {
    let mut i = 0;
    while i < words.len() {
        if words[i].eq_ignore_ascii_case(word) {
            return true;
        }
        i += 1;
    }
    false
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
