use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Block, Expr, Ident, LitStr, Stmt, Token};

/// What the tokens of a macro call are, as far as that can be seen from outside.
pub(super) enum Inside {
    Expressions(Vec<Expr>),
    Statements(Vec<Stmt>),
    /// Calls that stand among other things.
    Pieces(Vec<Piece>),
}

pub(super) fn inside(tokens: &TokenStream) -> Inside {
    let list = Punctuated::<Expr, Token![,]>::parse_terminated;
    if let Ok(list) = list.parse2(tokens.clone()) {
        return Inside::Expressions(list.into_iter().collect());
    }
    if let Ok(statements) = Block::parse_within.parse2(tokens.clone()) {
        return Inside::Statements(statements);
    }
    Inside::Pieces(pieces(tokens.clone()))
}

/// A call among tokens that are no Rust by themselves.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) name: Ident,
    pub(super) of: Of,
    pub(super) arguments: Parts,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// `.execute(…)`
    Value,
    /// `Connection::execute(…)`, `$row::query(…)`: the type, none where the macro is given it.
    Type(Option<String>),
    /// `q!(…)`
    Macro,
}

/// Every call, however deep it stands.
pub(super) fn pieces(tokens: TokenStream) -> Vec<Piece> {
    let mut found = Vec::new();
    scan(tokens, &mut found);
    found
}

fn scan(tokens: TokenStream, found: &mut Vec<Piece>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        if let Some((name, of)) = called(&tokens[..at], group.delimiter()) {
            let arguments = Parts::of(group.stream());
            found.push(Piece {
                name,
                of,
                arguments,
            });
        }
        scan(group.stream(), found);
    }
}

/// What is called, by the tokens in front of its arguments.
fn called(before: &[TokenTree], delimiter: Delimiter) -> Option<(Ident, Of)> {
    use TokenTree::{Ident, Punct};
    if let [.., Ident(name), Punct(mark)] = before
        && mark.as_char() == '!'
    {
        return Some((name.clone(), Of::Macro));
    }
    let (Ident(name), before) = before.split_last()? else {
        return None;
    };
    if delimiter != Delimiter::Parenthesis {
        return None;
    }
    let is = |it: &proc_macro2::Punct, letter| it.as_char() == letter;
    let of = match before {
        [.., Punct(dot)] if is(dot, '.') => Of::Value,
        [of @ .., Punct(a), Punct(b)] if is(a, ':') && is(b, ':') => match of {
            [.., Punct(dollar), Ident(_)] if is(dollar, '$') => Of::Type(None),
            [.., Ident(name)] => Of::Type(Some(name.to_string())),
            _ => Of::Type(None),
        },
        _ => return None,
    };
    Some((name.clone(), of))
}

/// What stands between commas.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    pub(super) all: Vec<TokenStream>,
    /// Whether a repetition makes more of them, or fewer.
    pub(super) is_open: bool,
}

impl Parts {
    pub(super) fn of(tokens: TokenStream) -> Self {
        let (mut all, mut part) = (Vec::new(), Vec::new());
        for token in tokens {
            match token {
                TokenTree::Punct(it) if it.as_char() == ',' => all.push(std::mem::take(&mut part)),
                token => part.push(token),
            }
        }
        if !part.is_empty() {
            all.push(part);
        }
        let all: Vec<TokenStream> = all.into_iter().map(TokenStream::from_iter).collect();
        Self {
            is_open: all.iter().any(repeats),
            all,
        }
    }

    /// How many arguments they can be. A repetition can be any number; types have commas too, which are not told apart
    /// here, so there can be fewer.
    pub(super) fn counts(&self) -> impl Iterator<Item = usize> {
        const MOST: usize = 4;
        let count = self.all.len();
        (1..=if self.is_open { count.max(MOST) } else { count }).rev()
    }

    pub(super) fn expression(&self, at: usize) -> Option<Expr> {
        syn::parse2(self.all.get(at)?.clone()).ok()
    }

    /// `$sql`: what the macro is given under this name.
    pub(super) fn variable(&self, at: usize) -> Option<String> {
        let tokens: Vec<TokenTree> = self.all.get(at)?.clone().into_iter().collect();
        match tokens.as_slice() {
            [TokenTree::Punct(dollar), TokenTree::Ident(name)] if dollar.as_char() == '$' => {
                Some(name.to_string())
            }
            _ => None,
        }
    }
}

/// `$(…)`
pub(super) fn repeats(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens.windows(2).any(|pair| {
        matches!(pair, [TokenTree::Punct(dollar), TokenTree::Group(_)] if dollar.as_char() == '$')
    })
}

/// The texts that a macro is given as they are.
pub(super) fn texts(tokens: &TokenStream) -> Vec<LitStr> {
    let literals = tokens.clone().into_iter().filter_map(|it| match it {
        TokenTree::Literal(it) => syn::parse2(TokenTree::Literal(it).into()).ok(),
        _ => None,
    });
    literals.collect()
}

/// Macros that run no SQL, whatever they are given.
const TEXTUAL: [&str; 41] = [
    "anyhow",
    "assert",
    "assert_eq",
    "assert_ne",
    "bail",
    "cfg",
    "compile_error",
    "concat",
    "dbg",
    "debug",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "ensure",
    "env",
    "eprint",
    "eprintln",
    "error",
    "event",
    "expect",
    "format",
    "format_args",
    "include",
    "include_bytes",
    "include_str",
    "info",
    "log",
    "matches",
    "panic",
    "print",
    "println",
    "span",
    "stringify",
    "todo",
    "trace",
    "unimplemented",
    "unreachable",
    "vec",
    "warn",
    "write",
    "writeln",
];

/// Whether it is known what a macro does with its texts.
pub(super) fn is_textual(name: &str) -> bool {
    TEXTUAL.contains(&name)
}
