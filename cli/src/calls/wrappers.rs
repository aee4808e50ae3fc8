use super::macros::{Of, Parts, Piece, pieces, repeats};
use super::methods::{Method, is_connection, method};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::HashMap;
use syn::File;
use syn::visit::{self, Visit};

/// The macros of a crate that run a text that they are given, by name; each with all of its arms.
pub(super) type Wrappers = HashMap<String, Vec<Wrapper>>;

#[derive(Clone, Debug)]
pub(super) struct Wrapper {
    /// How many arguments it is called with.
    count: usize,
    /// Whether there may be more, or fewer.
    is_open: bool,
    /// Which of them it runs, and by which method.
    pub(super) runs: Vec<(usize, Method)>,
}

/// The arms that a macro may be called by.
pub(super) fn arms_for<'w>(all: &'w [Wrapper], given: &Parts) -> Vec<&'w Wrapper> {
    let count = given.all.len();
    let exact = all.iter().find(|it| it.count == count && !it.is_open);
    let open = || all.iter().filter(|it| it.is_open);
    exact.map_or_else(|| open().collect(), |it| vec![it])
}

pub(super) fn of(parsed: &[(usize, File)]) -> Wrappers {
    let mut walk = Walk(Wrappers::new());
    for (_, file) in parsed {
        walk.visit_file(file);
    }
    walk.0
}

struct Walk(Wrappers);

impl<'a> Visit<'a> for Walk {
    fn visit_item_macro(&mut self, item: &'a syn::ItemMacro) {
        if let Some(name) = &item.ident {
            let arms = arms(&item.mac.tokens).into_iter().map(|it| it.wrapper());
            let arms: Vec<Wrapper> = arms.collect();
            if arms.iter().any(|it| !it.runs.is_empty()) {
                self.0.entry(name.to_string()).or_default().extend(arms);
            }
        }
        visit::visit_item_macro(self, item);
    }
}

/// `($db:expr, $sql:literal) => { … }`
pub(super) struct Arm {
    matcher: Parts,
    body: TokenStream,
}

/// The arms of a `macro_rules!`.
pub(super) fn arms(tokens: &TokenStream) -> Vec<Arm> {
    let groups = tokens.clone().into_iter().filter_map(|it| match it {
        TokenTree::Group(group) => Some(group.stream()),
        _ => None,
    });
    let groups: Vec<TokenStream> = groups.collect();
    let arms = groups.chunks_exact(2).map(|pair| Arm {
        matcher: Parts::of(pair[0].clone()),
        body: pair[1].clone(),
    });
    arms.collect()
}

impl Arm {
    pub(super) fn pieces(&self) -> Vec<Piece> {
        pieces(self.body.clone())
    }

    fn wrapper(&self) -> Wrapper {
        Wrapper {
            count: self.matcher.all.len(),
            is_open: self.matcher.is_open,
            runs: self
                .pieces()
                .iter()
                .filter_map(|it| self.runs(it))
                .collect(),
        }
    }

    /// What a call in the body asks of those that call the macro: its SQL is one of their arguments as it is.
    pub(super) fn runs(&self, piece: &Piece) -> Option<(usize, Method)> {
        let (method, sql) = of_piece(piece)?;
        let name = piece.arguments.variable(sql)?;
        let mut all = 0..self.matcher.all.len();
        let at = all.find(|&it| self.name(it).as_ref() == Some(&name))?;
        Some((at, method))
    }

    /// The name of `$sql:literal`, unless it stands behind a repetition, or in one.
    fn name(&self, at: usize) -> Option<String> {
        let before = &self.matcher.all[..at];
        let mut tokens = self.matcher.all[at].clone().into_iter();
        match (tokens.next()?, tokens.next()?, !before.iter().any(repeats)) {
            (TokenTree::Punct(dollar), TokenTree::Ident(name), true) if dollar.as_char() == '$' => {
                Some(name.to_string())
            }
            _ => None,
        }
    }
}

/// The method of a call, and which of its arguments is the SQL.
pub(super) fn of_piece(piece: &Piece) -> Option<(Method, usize)> {
    let before = match &piece.of {
        Of::Value => 0,
        Of::Type(Some(name)) if is_connection(name) => 1,
        _ => return None,
    };
    let name = piece.name.to_string();
    let of = |count: usize| {
        let found = method(&name, count.checked_sub(before)?)?;
        Some((found, found.sql? + before))
    };
    piece.arguments.counts().find_map(of)
}
