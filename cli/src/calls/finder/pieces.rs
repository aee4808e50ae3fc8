use super::{Finder, Found};
use crate::calls::Kind;
use crate::calls::macros::{Of, Parts, Piece, texts};
use crate::calls::methods::{Method, is_clearly_sql, of_rows};
use crate::calls::rows::{Before, before};
use crate::calls::wrappers::{arms, arms_for, of_piece};
use syn::{Expr, Ident, ItemMacro, Macro};

/// Calls that macros make, and what they are given.
impl Finder<'_, '_> {
    /// A `macro_rules!`. Where its SQL is what it is given, the calls of the macro are looked at instead; those of a macro
    /// that other crates may call cannot be.
    pub(super) fn rules(&mut self, item: &ItemMacro) {
        let is_exported = item
            .attrs
            .iter()
            .any(|it| it.path().is_ident("macro_export"));
        for arm in arms(&item.mac.tokens) {
            for piece in arm.pieces() {
                if is_exported || arm.runs(&piece).is_none() {
                    self.piece(&piece);
                }
            }
        }
    }

    pub(super) fn piece(&mut self, piece: &Piece) {
        if let Some((method, sql)) = of_piece(piece) {
            self.found(piece, method, sql, &Before::Nothing);
            return;
        }
        let name = piece.name.to_string();
        match &piece.of {
            Of::Macro if self.wrappers.contains_key(&name) => {
                self.arguments(&piece.name, &piece.arguments);
            }
            Of::Type(row) => {
                let mut counts = piece.arguments.counts();
                let Some(method) = counts.find_map(|it| of_rows(&name, it)) else {
                    return;
                };
                match row.as_ref().map(|it| before(self.rows, it, &name)) {
                    Some(Some(before)) => self.found(piece, method, 1, &before),
                    // The macro is given the type.
                    None => self.hidden(&piece.name, method),
                    Some(None) => {}
                }
            }
            Of::Macro | Of::Value => {}
        }
    }

    /// What of the arguments is Rust is read; the parameters of a macro stand in the others.
    fn found(&mut self, piece: &Piece, method: Method, sql: usize, before: &Before) {
        let lines = self.lines(piece.name.span(), piece.name.span());
        let behind = method
            .parameters
            .zip(method.sql)
            .map(|(it, of)| sql + it - of);
        let parameters = behind.and_then(|it| piece.arguments.expression(it));
        match piece.arguments.expression(sql) {
            Some(text) => {
                let found = Found::Tail(before.clone(), &text, parameters.as_ref());
                self.add(&piece.name, lines, method, found);
            }
            None => self.hidden(&piece.name, method),
        }
    }

    fn hidden(&mut self, name: &Ident, method: Method) {
        let lines = self.lines(name.span(), name.span());
        self.add(name, lines, method, Found::Hidden);
    }

    /// A call of a macro of this crate that runs what it is given.
    pub(super) fn wrapped(&mut self, mac: &Macro) {
        if let Some(name) = mac.path.segments.last() {
            self.arguments(&name.ident, &Parts::of(mac.tokens.clone()));
        }
        self.visit_inside(&mac.tokens);
    }

    fn arguments(&mut self, name: &Ident, given: &Parts) {
        let wrappers = self.wrappers;
        let Some(all) = wrappers.get(&name.to_string()) else {
            return;
        };
        let mut arms = arms_for(all, given);
        let is_known = !arms.is_empty();
        if !is_known {
            arms = all.iter().collect();
        }
        let mut runs: Vec<(usize, Method)> =
            arms.into_iter().flat_map(|it| it.runs.clone()).collect();
        runs.sort_by_key(|it| it.0);
        runs.dedup_by_key(|it| it.0);
        for (at, method) in runs {
            match given.expression(at).filter(|_| is_known) {
                Some(text) => self.text(name, method, &text),
                None => self.hidden(name, method),
            }
        }
    }

    fn text(&mut self, name: &Ident, method: Method, text: &Expr) {
        let lines = self.lines(name.span(), name.span());
        self.add(name, lines, method, Found::Sql(text, None));
    }

    /// A macro of which nothing is known.
    pub(super) fn given(&mut self, mac: &Macro) {
        let Some(name) = mac.path.segments.last() else {
            return;
        };
        let texts = texts(&mac.tokens).into_iter();
        for text in texts.filter(|it| is_clearly_sql(&it.value())) {
            let text = Expr::Lit(syn::ExprLit {
                attrs: Vec::new(),
                lit: syn::Lit::Str(text),
            });
            let method = Method {
                kind: Kind::Given,
                sql: None,
                parameters: None,
            };
            self.text(&name.ident, method, &text);
        }
    }
}
