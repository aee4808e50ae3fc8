use super::lexer::{Kind, Lexer, Token};
use crate::schema::unquoted;
use std::ops::Range;

/// Walks over the tokens of a statement, without its spaces and comments.
#[derive(Clone, Debug)]
pub(crate) struct Tokens<'a> {
    sql: &'a str,
    all: Vec<Token>,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(sql: &'a str) -> Self {
        Self::first(sql, usize::MAX)
    }

    /// Over so many tokens at most, for who looks at the beginning.
    pub(crate) fn first(sql: &'a str, count: usize) -> Self {
        let mut tokens = Vec::new();
        let mut lexer = Lexer::new(sql);
        while tokens.len() < count
            && let Some(token) = lexer.next()
        {
            if !matches!(token.kind, Kind::Space | Kind::Comment) {
                tokens.push(token);
            }
        }
        Self {
            sql,
            all: tokens,
            at: 0,
        }
    }

    pub(crate) fn peek(&self) -> Option<Token> {
        self.all.get(self.at).copied()
    }

    pub(crate) fn next(&mut self) -> Option<Token> {
        let token = self.peek()?;
        self.at += 1;
        Some(token)
    }

    pub(crate) fn text(&self, token: Token) -> &'a str {
        &self.sql[token.start..token.end]
    }

    /// Whether the token this far ahead is a keyword, without quotes.
    pub(crate) fn is_ahead(&self, ahead: usize, word: &str) -> bool {
        self.all.get(self.at + ahead).is_some_and(|&token| {
            let text = self.text(token);
            match token.kind {
                Kind::Word | Kind::Operator | Kind::Open | Kind::Close => {
                    text.eq_ignore_ascii_case(word)
                }
                _ => false,
            }
        })
    }

    pub(crate) fn is(&self, word: &str) -> bool {
        self.is_ahead(0, word)
    }

    /// Takes the words, if all of them stand here.
    pub(crate) fn eat(&mut self, words: &[&str]) -> bool {
        let all = words
            .iter()
            .enumerate()
            .all(|(i, word)| self.is_ahead(i, word));
        if all {
            self.at += words.len();
        }
        all
    }

    /// A name, with or without quotes.
    pub(crate) fn name(&mut self) -> Option<String> {
        let token = self.peek()?;
        matches!(token.kind, Kind::Word | Kind::Quoted | Kind::Text).then(|| {
            self.at += 1;
            unquoted(self.text(token))
        })
    }

    /// What stands between the parenthesis here and its partner; the walk goes on behind it.
    pub(crate) fn parenthesised(&mut self) -> Option<Self> {
        if !self.eat(&["("]) {
            return None;
        }
        let from = self.at;
        let mut depth = 1;
        while let Some(token) = self.next() {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(self.part(from, self.at - 1));
            }
        }
        None
    }

    /// The parts between the commas that are in no parentheses.
    pub(crate) fn list(&self) -> Vec<Self> {
        let mut parts = Vec::new();
        let (mut from, mut depth) = (self.at, 0);
        for at in self.at..self.all.len() {
            let token = self.all[at];
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                Kind::Operator if depth == 0 && self.text(token) == "," => {
                    parts.push(self.part(from, at));
                    from = at + 1;
                }
                _ => {}
            }
        }
        if from < self.all.len() || !parts.is_empty() {
            parts.push(self.part(from, self.all.len()));
        }
        parts
    }

    fn part(&self, from: usize, to: usize) -> Self {
        Self {
            sql: self.sql,
            all: self.all[from..to].to_vec(),
            at: 0,
        }
    }

    /// Where the walk is, for [`since`](Self::since).
    pub(crate) fn mark(&self) -> usize {
        self.at
    }

    pub(crate) fn back_to(&mut self, mark: usize) {
        self.at = mark;
    }

    /// What was walked over since a mark, as written, with a space for each comment.
    pub(crate) fn since(&self, mark: usize) -> String {
        self.written(&self.all[mark..self.at])
    }

    /// What is left, in the same form.
    pub(crate) fn rest(&self) -> String {
        self.written(&self.all[self.at..])
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.at >= self.all.len()
    }

    /// From the first to the last token of what is left.
    pub(crate) fn range(&self) -> Range<usize> {
        match (self.all.get(self.at), self.all.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => self.sql.len()..self.sql.len(),
        }
    }

    /// Where the token before this one ends.
    pub(crate) fn last_end(&self) -> Option<usize> {
        let last = self.at.checked_sub(1)?;
        self.all.get(last).map(|it| it.end)
    }

    fn written(&self, tokens: &[Token]) -> String {
        let mut text = String::new();
        for pair in tokens.windows(2) {
            text.push_str(self.text(pair[0]));
            text.push_str(&between(&self.sql[pair[0].end..pair[1].start]));
        }
        if let Some(&last) = tokens.last() {
            text.push_str(self.text(last));
        }
        text
    }
}

/// The spaces between two tokens; where there is a comment among them, one space.
fn between(gap: &str) -> std::borrow::Cow<'_, str> {
    if gap
        .chars()
        .all(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}'))
    {
        gap.into()
    } else {
        " ".into()
    }
}
