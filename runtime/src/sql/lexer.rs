/// Reads SQL token by token, in constants too.
///
/// It follows the tokenizer of the documentation (<https://www.sqlite.org/lang.html>) and the rules for names and
/// literals of <https://www.sqlite.org/lang_expr.html>. What it does not understand is [`Kind::Unknown`], never a guess.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexer<'a> {
    sql: &'a [u8],
    at: usize,
}

/// A piece of SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Space,
    Comment,
    /// A keyword or a name without quotes.
    Word,
    /// A name in `"…"`, `` `…` `` or `[…]`.
    Quoted,
    /// A text in `'…'`.
    Text,
    /// `X'…'`.
    Blob,
    Number,
    /// `?`, `?1`, `:a`, `@a`, `$a`.
    Parameter,
    Open,
    Close,
    Semicolon,
    /// Any other operator or punctuation.
    Operator,
    /// A quote or comment that does not end, or a character that means nothing in SQL.
    Unknown,
}

impl<'a> Lexer<'a> {
    pub(crate) const fn new(sql: &'a str) -> Self {
        Self {
            sql: sql.as_bytes(),
            at: 0,
        }
    }

    /// The next token, or none at the end.
    pub(crate) const fn next(&mut self) -> Option<Token> {
        if self.at >= self.sql.len() {
            return None;
        }
        let start = self.at;
        let (kind, length) = self.token();
        self.at += length;
        Some(Token {
            kind,
            start,
            end: self.at,
        })
    }

    const fn token(&self) -> (Kind, usize) {
        match self.byte(0) {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0C => (Kind::Space, 1),
            b'-' if self.byte(1) == b'-' => (Kind::Comment, self.line()),
            b'/' if self.byte(1) == b'*' => self.block(),
            b'(' => (Kind::Open, 1),
            b')' => (Kind::Close, 1),
            b';' => (Kind::Semicolon, 1),
            b'\'' => self.quoted(0, b'\'', Kind::Text),
            b'"' => self.quoted(0, b'"', Kind::Quoted),
            b'`' => self.quoted(0, b'`', Kind::Quoted),
            b'[' => self.bracketed(),
            b'x' | b'X' if self.byte(1) == b'\'' => {
                let (kind, length) = self.quoted(1, b'\'', Kind::Blob);
                (kind, length + 1)
            }
            b'?' => (Kind::Parameter, 1 + self.plain_digits(1)),
            b':' | b'@' | b'$' | b'#' => self.variable(),
            b'0'..=b'9' => (Kind::Number, self.number()),
            b'.' if self.byte(1).is_ascii_digit() => (Kind::Number, self.number()),
            byte if is_name_start(byte) => (Kind::Word, self.name(0)),
            b'-' => (
                Kind::Operator,
                if self.byte(1) == b'>' {
                    if self.byte(2) == b'>' { 3 } else { 2 }
                } else {
                    1
                },
            ),
            b'|' => (Kind::Operator, if self.byte(1) == b'|' { 2 } else { 1 }),
            b'<' => (
                Kind::Operator,
                if matches!(self.byte(1), b'=' | b'>' | b'<') {
                    2
                } else {
                    1
                },
            ),
            b'>' => (
                Kind::Operator,
                if matches!(self.byte(1), b'=' | b'>') {
                    2
                } else {
                    1
                },
            ),
            b'=' => (Kind::Operator, if self.byte(1) == b'=' { 2 } else { 1 }),
            b'!' if self.byte(1) == b'=' => (Kind::Operator, 2),
            b'+' | b'*' | b'/' | b'%' | b'&' | b'~' | b',' | b'.' => (Kind::Operator, 1),
            _ => (Kind::Unknown, 1),
        }
    }

    /// The byte this far ahead; zero past the end.
    const fn byte(&self, ahead: usize) -> u8 {
        if self.at + ahead < self.sql.len() {
            self.sql[self.at + ahead]
        } else {
            0
        }
    }

    const fn rest(&self) -> usize {
        self.sql.len() - self.at
    }

    const fn line(&self) -> usize {
        let mut i = 2;
        while i < self.rest() && self.byte(i) != b'\n' {
            i += 1;
        }
        i
    }

    /// SQLite lets a comment run to the end of the text; a statement that does so is more likely cut off.
    const fn block(&self) -> (Kind, usize) {
        let mut i = 2;
        while i + 1 < self.rest() {
            if self.byte(i) == b'*' && self.byte(i + 1) == b'/' {
                return (Kind::Comment, i + 2);
            }
            i += 1;
        }
        (Kind::Unknown, self.rest())
    }

    /// The length without what stands before the quote.
    const fn quoted(&self, from: usize, quote: u8, kind: Kind) -> (Kind, usize) {
        let mut i = from + 1;
        while i < self.rest() {
            if self.byte(i) == quote {
                if i + 1 < self.rest() && self.byte(i + 1) == quote {
                    i += 1;
                } else {
                    return (kind, i + 1 - from);
                }
            }
            i += 1;
        }
        (Kind::Unknown, self.rest() - from)
    }

    const fn bracketed(&self) -> (Kind, usize) {
        let mut i = 1;
        while i < self.rest() {
            if self.byte(i) == b']' {
                return (Kind::Quoted, i + 1);
            }
            i += 1;
        }
        (Kind::Unknown, self.rest())
    }

    /// A `$` name may go on with `::` and end in parentheses, as in Tcl.
    const fn variable(&self) -> (Kind, usize) {
        let mut i = 1;
        loop {
            let name = self.name(i);
            i += name;
            if self.byte(i) == b':' && self.byte(i + 1) == b':' {
                i += 2;
            } else if i > 1 && self.byte(i) == b'(' {
                while i < self.rest() && self.byte(i) != b')' && !self.byte(i).is_ascii_whitespace()
                {
                    i += 1;
                }
                return if self.byte(i) == b')' {
                    (Kind::Parameter, i + 1)
                } else {
                    (Kind::Unknown, i)
                };
            } else {
                break;
            }
        }
        if i == 1 || self.byte(0) == b'#' {
            (Kind::Unknown, i)
        } else {
            (Kind::Parameter, i)
        }
    }

    const fn number(&self) -> usize {
        if self.byte(0) == b'0' && matches!(self.byte(1), b'x' | b'X') {
            return 2 + self.name(2);
        }
        let mut i = self.digits(0);
        if self.byte(i) == b'.' {
            i += 1 + self.digits(i + 1);
        }
        if matches!(self.byte(i), b'e' | b'E') {
            let sign = matches!(self.byte(i + 1), b'+' | b'-') as usize;
            if self.byte(i + 1 + sign).is_ascii_digit() {
                i += 1 + sign + self.digits(i + 1 + sign);
            }
        }
        i
    }

    /// Digits, and `_` between them.
    const fn digits(&self, from: usize) -> usize {
        let mut i = from;
        while self.byte(i).is_ascii_digit()
            || (i > from && self.byte(i) == b'_' && self.byte(i + 1).is_ascii_digit())
        {
            i += 1;
        }
        i - from
    }

    /// A parameter's number has no `_`.
    const fn plain_digits(&self, from: usize) -> usize {
        let mut i = from;
        while self.byte(i).is_ascii_digit() {
            i += 1;
        }
        i - from
    }

    const fn name(&self, from: usize) -> usize {
        let mut i = from;
        while i < self.rest()
            && (is_name_start(self.byte(i)) || matches!(self.byte(i), b'0'..=b'9' | b'$'))
        {
            i += 1;
        }
        i - from
    }
}

const fn is_name_start(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80..)
}

#[cfg(test)]
mod tests {
    use super::{Kind, Lexer};
    use expect_test::{Expect, expect};
    use std::fmt::Write as _;

    fn check(sql: &str, expect: Expect) {
        let mut lexer = Lexer::new(sql);
        let mut found = String::new();
        while let Some(token) = lexer.next() {
            if token.kind != Kind::Space {
                let text = &sql[token.start..token.end];
                let _ = writeln!(found, "{:?} {text}", token.kind);
            }
        }
        expect.assert_eq(&found);
    }

    #[test]
    fn words_quotes_and_literals() {
        check(
            "a \"b\"\"c\" [d e] `f` 'it''s' x'0F' 1_000 1.5e-3 .5 0xFF",
            expect![[r#"
            Word a
            Quoted "b""c"
            Quoted [d e]
            Quoted `f`
            Text 'it''s'
            Blob x'0F'
            Number 1_000
            Number 1.5e-3
            Number .5
            Number 0xFF
        "#]],
        );
    }

    #[test]
    fn comments_hide_what_they_hold() {
        check(
            "a -- ? 'b\n/* ? ' */ c",
            expect![[r#"
            Word a
            Comment -- ? 'b
            Comment /* ? ' */
            Word c
        "#]],
        );
    }

    #[test]
    fn parameters_of_every_kind() {
        check(
            "? ?12 :a @b $c $d::e(f)",
            expect![[r#"
            Parameter ?
            Parameter ?12
            Parameter :a
            Parameter @b
            Parameter $c
            Parameter $d::e(f)
        "#]],
        );
    }

    #[test]
    fn what_does_not_end_is_unknown() {
        check(
            "'abc",
            expect![[r#"
            Unknown 'abc
        "#]],
        );
        check(
            "/* abc",
            expect![[r#"
            Unknown /* abc
        "#]],
        );
        check(
            "{",
            expect![[r#"
            Unknown {
        "#]],
        );
    }
}
