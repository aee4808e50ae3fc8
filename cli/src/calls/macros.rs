use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Block, Expr, Ident, Stmt, Token};

/// What the tokens of a macro call are, as far as that can be seen from outside.
pub(super) enum Inside {
    Expressions(Vec<Expr>),
    Statements(Vec<Stmt>),
    /// Calls of methods that stand among other things.
    Methods(Vec<(Ident, Option<Vec<Expr>>)>),
}

pub(super) fn inside(tokens: &TokenStream) -> Inside {
    let list = Punctuated::<Expr, Token![,]>::parse_terminated;
    if let Ok(list) = list.parse2(tokens.clone()) {
        return Inside::Expressions(list.into_iter().collect());
    }
    if let Ok(statements) = Block::parse_within.parse2(tokens.clone()) {
        return Inside::Statements(statements);
    }
    let mut methods = Vec::new();
    scan(tokens.clone(), &mut methods);
    Inside::Methods(methods)
}

/// `.method(…)`, however deep it stands.
fn scan(tokens: TokenStream, methods: &mut Vec<(Ident, Option<Vec<Expr>>)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let before = at.checked_sub(2).and_then(|it| tokens.get(it..at));
        if group.delimiter() == Delimiter::Parenthesis
            && let Some([TokenTree::Punct(dot), TokenTree::Ident(method)]) = before
            && dot.as_char() == '.'
        {
            let list = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(group.stream());
            let list = list.ok().map(|it| it.into_iter().collect());
            methods.push((method.clone(), list));
        }
        scan(group.stream(), methods);
    }
}
