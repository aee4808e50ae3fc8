use super::class::Class;
use super::derive;
use crate::schema::unquoted;
use crate::sql::lexer::{Kind, Token};
use crate::sql::tokens::Tokens;
use rusqlite::types::Value;

/// What the SQL around a column says about its values.
#[derive(Clone, Debug, Default)]
pub(super) struct Hints {
    /// Values that stand there: enum variants, bounds.
    pub(super) told: Vec<Value>,
    /// What follows from them: neighbours, texts of a length, JSON.
    pub(super) derived: Vec<Value>,
}

/// Where a piece of SQL mentions which column, and what it compares it with.
pub(super) struct Reading<'a> {
    sql: &'a str,
    tokens: Vec<Token>,
    pub(super) uses_length: bool,
    pub(super) uses_json: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Literal {
    Integer(i64),
    Real(f64),
    Text(String),
    Like(String),
    Glob(String),
    Blob(Vec<u8>),
}

impl<'a> Reading<'a> {
    pub(super) fn new(sql: &'a str) -> Self {
        let mut walk = Tokens::new(sql);
        let tokens: Vec<Token> = std::iter::from_fn(|| walk.next()).collect();
        let mut reading = Self {
            sql,
            tokens,
            uses_length: false,
            uses_json: false,
        };
        for at in 0..reading.tokens.len() {
            let word = reading.text(at).to_ascii_lowercase();
            reading.uses_length |= word.ends_with("length");
            reading.uses_json |= word.starts_with("json") || word.starts_with("->");
        }
        reading
    }

    fn text(&self, at: usize) -> &'a str {
        let token = self.tokens[at];
        &self.sql[token.start..token.end]
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        at < self.tokens.len()
            && words
                .iter()
                .any(|it| self.text(at).eq_ignore_ascii_case(it))
    }

    /// The columns, by number, that the SQL mentions.
    pub(super) fn mentions(&self, names: &[&str]) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.tokens.len())
            .filter_map(|at| self.column(at, names))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn column(&self, at: usize, names: &[&str]) -> Option<usize> {
        let kind = self.tokens[at].kind;
        if !matches!(kind, Kind::Word | Kind::Quoted) || self.is(at + 1, &["(", "."]) {
            return None;
        }
        let name = unquoted(self.text(at));
        names.iter().position(|it| it.eq_ignore_ascii_case(&name))
    }

    /// Gives each literal to the column before it, or to the first one behind it when none stands before it.
    pub(super) fn hint(&self, names: &[&str], classes: &[Class], hints: &mut [Hints]) {
        let mut last = None;
        let mut early = Vec::new();
        let mut near = vec![Vec::new(); names.len()];
        for at in 0..self.tokens.len() {
            if let Some(column) = self.column(at, names) {
                last = Some(column);
                near[column].append(&mut early);
            } else if let Some(literal) = self.literal(at) {
                match last {
                    Some(column) => near[column].push(literal),
                    None => early.push(literal),
                }
            }
        }
        for column in self.mentions(names) {
            let hint = &mut hints[column];
            derive::derive(&near[column], classes[column], self, hint);
        }
    }

    fn literal(&self, at: usize) -> Option<Literal> {
        let text = self.text(at);
        match self.tokens[at].kind {
            Kind::Number => self.number(at, text),
            Kind::Text => Some(self.pattern_or_text(at, unquoted(text))),
            // A name in double quotes that is no column's is a text to SQLite.
            Kind::Quoted if text.starts_with('"') && !self.is(at + 1, &["(", "."]) => {
                Some(Literal::Text(unquoted(text)))
            }
            Kind::Blob => {
                let digits = text.get(2..text.len() - 1)?.as_bytes();
                let bytes = digits.chunks(2).map(|pair| {
                    let pair = std::str::from_utf8(pair).ok()?;
                    u8::from_str_radix(pair, 16).ok()
                });
                Some(Literal::Blob(bytes.collect::<Option<_>>()?))
            }
            _ => None,
        }
    }

    fn number(&self, at: usize, text: &str) -> Option<Literal> {
        let text = text.replace('_', "").to_ascii_lowercase();
        let minus = at > 0
            && self.is(at - 1, &["-"])
            && (at == 1
                || !matches!(
                    self.tokens[at - 2].kind,
                    Kind::Number | Kind::Quoted | Kind::Close
                ));
        let signed = if minus { format!("-{text}") } else { text };
        if let Some(hex) = signed.strip_prefix("0x") {
            return i64::from_str_radix(hex, 16).ok().map(Literal::Integer);
        }
        match signed.parse() {
            Ok(integer) => Some(Literal::Integer(integer)),
            Err(_) => signed.parse().ok().map(Literal::Real),
        }
    }

    fn pattern_or_text(&self, at: usize, text: String) -> Literal {
        match at.checked_sub(1) {
            Some(before) if self.is(before, &["like"]) => Literal::Like(text),
            Some(before) if self.is(before, &["glob"]) => Literal::Glob(text),
            _ => Literal::Text(text),
        }
    }
}
