/// A piece of SQL that is neither space nor comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A keyword, or a name without quotes.
    Word,
    /// A name in `"…"`, `` `…` `` or `[…]`.
    Quoted,
    /// `?`, `?1`, `:a`, `@a`, `$a`.
    Parameter,
    Open,
    Close,
    /// A text, a blob or a number.
    Literal,
    /// Everything else, byte by byte.
    Operator,
}

/// Reads a statement that SQLite has read, or will. It follows <https://www.sqlite.org/lang_expr.html>, and is no
/// judge: what SQLite refuses, it splits somehow.
pub(super) fn tokens(sql: &str) -> Vec<Token> {
    let bytes = sql.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let (kind, end) = token(bytes, at);
        let end = end.clamp(at + 1, bytes.len());
        if let Some(kind) = kind {
            found.push(Token {
                kind,
                start: at,
                end,
            });
        }
        at = end;
    }
    found
}

impl Token {
    pub(super) fn text(self, sql: &str) -> &str {
        sql.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether it is this keyword.
    pub(super) fn is(self, sql: &str, word: &str) -> bool {
        self.kind != Kind::Quoted && self.text(sql).eq_ignore_ascii_case(word)
    }

    /// The name that it is, without its quotes.
    pub(super) fn name(self, sql: &str) -> Option<String> {
        let text = self.text(sql);
        match self.kind {
            Kind::Word => Some(text.to_owned()),
            Kind::Quoted => {
                let quote = text.get(..1)?;
                let inner = text.get(1..text.len().checked_sub(1)?)?;
                Some(match quote {
                    "[" => inner.to_owned(),
                    _ => inner.replace(&quote.repeat(2), quote),
                })
            }
            _ => None,
        }
    }

    /// Whether it is this name, in quotes or not.
    pub(super) fn names(self, sql: &str, name: &str) -> bool {
        self.name(sql)
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
    }
}

/// The kind of the token that starts here, none for a space or a comment, and its end.
fn token(sql: &[u8], at: usize) -> (Option<Kind>, usize) {
    let byte = |ahead: usize| sql.get(at + ahead).copied().unwrap_or(0);
    match byte(0) {
        b' ' | b'\t' | b'\n' | b'\r' | 0x0C => (None, at + 1),
        b'-' if byte(1) == b'-' => (None, find(sql, at, b"\n")),
        b'/' if byte(1) == b'*' => (None, find(sql, at + 2, b"*/") + 2),
        b'(' => (Some(Kind::Open), at + 1),
        b')' => (Some(Kind::Close), at + 1),
        b'\'' => (Some(Kind::Literal), quoted(sql, at)),
        b'"' | b'`' => (Some(Kind::Quoted), quoted(sql, at)),
        b'[' => (Some(Kind::Quoted), find(sql, at, b"]") + 1),
        b'x' | b'X' if byte(1) == b'\'' => (Some(Kind::Literal), quoted(sql, at + 1)),
        b'?' => (
            Some(Kind::Parameter),
            while_is(sql, at + 1, |b| b.is_ascii_digit()),
        ),
        b':' | b'@' | b'$' if is_name(byte(1)) => (Some(Kind::Parameter), variable(sql, at)),
        b'0'..=b'9' => (Some(Kind::Literal), number(sql, at)),
        b'.' if byte(1).is_ascii_digit() => (Some(Kind::Literal), number(sql, at)),
        first if is_name(first) => (Some(Kind::Word), while_is(sql, at, is_name)),
        _ => (Some(Kind::Operator), at + 1),
    }
}

const fn is_name(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'$' | 0x80..)
}

fn while_is(sql: &[u8], from: usize, is: impl Fn(u8) -> bool) -> usize {
    let rest = sql.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|byte| is(**byte)).count()
}

/// Where this stands next, or the end.
fn find(sql: &[u8], from: usize, what: &[u8]) -> usize {
    let rest = sql.get(from..).unwrap_or_default();
    let found = rest.windows(what.len()).position(|part| part == what);
    found.map_or(sql.len(), |at| from + at)
}

/// Behind the quote that ends what this one starts; two of them are one that does not end it.
fn quoted(sql: &[u8], at: usize) -> usize {
    let quote = &sql[at..=at];
    let mut from = at + 1;
    loop {
        let end = find(sql, from, quote);
        if sql.get(end + 1) != quote.first() {
            return end + 1;
        }
        from = end + 2;
    }
}

/// A name may go on with `::` and end in parentheses, as in Tcl.
fn variable(sql: &[u8], at: usize) -> usize {
    let mut end = while_is(sql, at + 1, is_name);
    while sql.get(end..end + 2) == Some(b"::") {
        end = while_is(sql, end + 2, is_name);
    }
    if sql.get(end) == Some(&b'(') && sql[at] == b'$' {
        end = find(sql, end, b")") + 1;
    }
    end
}

fn number(sql: &[u8], at: usize) -> usize {
    let end = while_is(sql, at, |byte| is_name(byte) || byte == b'.');
    let is_signed = matches!(sql.get(end - 1), Some(b'e' | b'E'))
        && matches!(sql.get(end), Some(b'+' | b'-'))
        && !matches!(sql.get(at + 1), Some(b'x' | b'X'));
    if is_signed {
        while_is(sql, end + 1, |byte| byte.is_ascii_digit() || byte == b'_')
    } else {
        end
    }
}
