use crate::sql::lexer::{Kind, Lexer};
use std::fmt;
use std::hash::{Hash, Hasher};

/// SQL as it was written. Two are equal when their tokens are: case, quotes of names, spaces, comments and parentheses
/// around the whole do not count.
///
/// ```
/// use tablature::schema::Expression;
///
/// assert_eq!(Expression::new("(\"Age\" >= 0)"), Expression::new("age>=0 -- years"));
/// assert_ne!(Expression::new("age >= '0'"), Expression::new("age >= 0"));
/// ```
#[derive(Clone, Debug)]
pub struct Expression {
    text: String,
    tokens: Vec<String>,
}

impl Expression {
    /// An expression or statement.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let mut tokens = normal(&text);
        while encloses_all(&tokens) {
            tokens.pop();
            tokens.remove(0);
        }
        Self { text, tokens }
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tokens in their normal form.
    pub fn tokens(&self) -> &[String] {
        &self.tokens
    }

    /// Whether a name, in quotes or not, stands in it.
    pub fn mentions(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        self.tokens.contains(&name)
    }
}

/// Whether two names are one to the database: it does not look at the case of ASCII letters.
pub fn same_name(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// The name without its quotes.
pub(crate) fn unquoted(token: &str) -> String {
    let mut chars = token.chars();
    match (chars.next(), chars.next_back()) {
        (Some('['), Some(']')) => chars.as_str().to_owned(),
        (Some(quote @ ('"' | '`' | '\'')), Some(end)) if quote == end => {
            let doubled: String = [quote, quote].iter().collect();
            chars.as_str().replace(&doubled, &quote.to_string())
        }
        _ => token.to_owned(),
    }
}

fn normal(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut lexer = Lexer::new(text);
    while let Some(token) = lexer.next() {
        let text = &text[token.start..token.end];
        tokens.push(match token.kind {
            Kind::Space | Kind::Comment => continue,
            Kind::Quoted => unquoted(text).to_ascii_lowercase(),
            Kind::Word | Kind::Number | Kind::Blob => text.to_ascii_lowercase(),
            Kind::Operator => match text {
                "==" => "=".to_owned(),
                "!=" => "<>".to_owned(),
                other => other.to_owned(),
            },
            _ => text.to_owned(),
        });
    }
    while tokens.last().is_some_and(|last| last == ";") {
        tokens.pop();
    }
    tokens
}

fn encloses_all(tokens: &[String]) -> bool {
    if tokens.len() < 2 || tokens[0] != "(" {
        return false;
    }
    let mut depth = 0;
    for (i, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return i + 1 == tokens.len();
        }
    }
    false
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.tokens == other.tokens
    }
}

impl Eq for Expression {}

impl Hash for Expression {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.tokens.hash(state);
    }
}

impl PartialOrd for Expression {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Expression {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.tokens.cmp(&other.tokens)
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
