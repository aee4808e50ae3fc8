mod condition;
mod known;
mod pieces;

use super::constants::Constants;
use super::files::{Files, Place};
use super::macros::{Inside, inside, is_textual};
use super::methods::{Method, is_connection, method, of_rows};
use super::rows::{Before, Rows, before};
use super::scopes::{Binding, Scopes};
use super::text::Text;
use super::wrappers::Wrappers;
use super::{Call, Kind, Lines, arguments};
use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Expr, Ident, Pat, Type};

/// The calls of a file, in the order in which they stand.
pub(super) fn find(
    file: usize,
    syntax: &syn::File,
    files: &mut Files,
    known: Known<'_, '_>,
) -> Vec<Call> {
    let mut finder = Finder {
        file,
        files,
        constants: known.constants,
        rows: known.rows,
        wrappers: known.wrappers,
        scopes: Scopes::default(),
        itself: None,
        statement: 0,
        function: file << 32,
        functions: file << 32,
        calls: Vec::new(),
    };
    finder.visit_file(syntax);
    finder.calls
}

/// What the sources as a whole say.
#[derive(Clone, Copy)]
pub(super) struct Known<'f, 'a> {
    pub(super) constants: &'f Constants<'a>,
    pub(super) rows: &'f Rows,
    pub(super) wrappers: &'f Wrappers,
}

struct Finder<'f, 'a> {
    file: usize,
    files: &'f mut Files,
    constants: &'f Constants<'a>,
    rows: &'f Rows,
    wrappers: &'f Wrappers,
    scopes: Scopes,
    itself: Option<String>,
    /// The line of the statement that is walked through.
    statement: usize,
    function: usize,
    functions: usize,
    calls: Vec<Call>,
}

impl Finder<'_, '_> {
    fn unknown(&mut self, pattern: &Pat, why: &'static str) {
        let mut names = Names(Vec::new());
        names.visit_pat(pattern);
        for name in names.0 {
            self.scopes.bind(name, Binding::Unknown(why));
        }
    }

    fn lines(&self, first: Span, last: Span) -> Lines {
        let first = first.start().line;
        Lines {
            statement: if self.statement == 0 {
                first
            } else {
                self.statement
            },
            first,
            last: last.end().line,
        }
    }

    fn add(&mut self, name: &Ident, lines: Lines, method: Method, found: Found<'_>) {
        let (sql, arguments) = match found {
            Found::Prepared(texts, arguments) => (Ok(texts), arguments),
            Found::Sql(sql, arguments) => (self.texts(sql), arguments),
            Found::Tail(before, sql, arguments) => {
                let tails = self.texts(sql);
                let whole = tails.map(|tails| tails.iter().map(|it| before.with(it)).collect());
                (whole, arguments)
            }
            Found::Hidden => (Err("a macro puts it together".to_owned()), None),
            Found::Elsewhere => (
                Err("the table of the condition stands elsewhere".to_owned()),
                None,
            ),
        };
        let place = |span: Span| Place {
            file: self.file,
            bytes: span.byte_range(),
        };
        let given = place(arguments.map_or(name.span(), syn::spanned::Spanned::span));
        let arguments = arguments.and_then(|it| arguments::of(it, Some(&self.scopes)));
        self.calls.push(Call {
            place: place(name.span()),
            given,
            lines,
            function: self.function,
            sql,
            kind: method.kind,
            arguments,
            is_allowed: false,
        });
    }

    fn within(&mut self, walk: impl FnOnce(&mut Self)) {
        self.functions += 1;
        let function = std::mem::replace(&mut self.function, self.functions);
        let statement = std::mem::take(&mut self.statement);
        self.scopes.enter();
        walk(self);
        self.scopes.leave();
        (self.function, self.statement) = (function, statement);
    }

    fn visit_inside(&mut self, tokens: &proc_macro2::TokenStream) {
        match inside(tokens) {
            Inside::Expressions(list) => list.iter().for_each(|it| self.visit_expr(it)),
            Inside::Statements(list) => list.iter().for_each(|it| self.visit_stmt(it)),
            Inside::Pieces(list) => list.iter().for_each(|it| self.piece(it)),
        }
    }
}

/// Where the SQL of a call is, and its parameters.
enum Found<'e> {
    Prepared(Vec<Text>, Option<&'e Expr>),
    Sql(&'e Expr, Option<&'e Expr>),
    Tail(Before, &'e Expr, Option<&'e Expr>),
    Hidden,
    Elsewhere,
}

impl Before {
    fn with(&self, tail: &Text) -> Text {
        match self {
            Self::Nothing => tail.clone(),
            Self::Table(table) | Self::Where(table) => {
                let table = crate::source::quoted(table);
                let word = if matches!(self, Self::Where(_)) {
                    "WHERE "
                } else {
                    ""
                };
                let mut text = Text::placeless(&format!("SELECT * FROM {table} {word}"));
                text.append(tail);
                text
            }
        }
    }
}

/// The names that a pattern binds.
struct Names(Vec<String>);

impl<'a> Visit<'a> for Names {
    fn visit_pat_ident(&mut self, pattern: &'a syn::PatIdent) {
        self.0.push(pattern.ident.to_string());
        visit::visit_pat_ident(self, pattern);
    }
}

impl<'a> Visit<'a> for Finder<'_, '_> {
    fn visit_item_impl(&mut self, item: &'a syn::ItemImpl) {
        let name = match &*item.self_ty {
            Type::Path(path) => path.path.segments.last().map(|it| it.ident.to_string()),
            _ => None,
        };
        let before = std::mem::replace(&mut self.itself, name);
        visit::visit_item_impl(self, item);
        self.itself = before;
    }

    fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
        self.within(|finder| visit::visit_item_fn(finder, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        self.within(|finder| visit::visit_impl_item_fn(finder, item));
    }

    fn visit_trait_item_fn(&mut self, item: &'a syn::TraitItemFn) {
        self.within(|finder| visit::visit_trait_item_fn(finder, item));
    }

    fn visit_fn_arg(&mut self, argument: &'a syn::FnArg) {
        if let syn::FnArg::Typed(typed) = argument {
            self.unknown(&typed.pat, "is given by the caller");
        }
        visit::visit_fn_arg(self, argument);
    }

    fn visit_expr_closure(&mut self, closure: &'a syn::ExprClosure) {
        self.scopes.enter();
        for input in &closure.inputs {
            self.unknown(input, "is given by the caller");
        }
        visit::visit_expr_closure(self, closure);
        self.scopes.leave();
    }

    fn visit_block(&mut self, block: &'a syn::Block) {
        self.scopes.enter();
        visit::visit_block(self, block);
        self.scopes.leave();
    }

    fn visit_arm(&mut self, arm: &'a syn::Arm) {
        self.scopes.enter();
        self.unknown(&arm.pat, "is put together at run time");
        visit::visit_arm(self, arm);
        self.scopes.leave();
    }

    fn visit_expr_for_loop(&mut self, expression: &'a syn::ExprForLoop) {
        self.visit_expr(&expression.expr);
        self.scopes.enter();
        match (&*expression.pat, self.list(&expression.expr)) {
            (Pat::Ident(name), Some(texts)) => {
                self.scopes
                    .bind(name.ident.to_string(), Binding::Texts(texts));
            }
            (pattern, _) => self.unknown(pattern, "is put together at run time"),
        }
        self.visit_block(&expression.body);
        self.scopes.leave();
    }

    fn visit_expr_if(&mut self, expression: &'a syn::ExprIf) {
        self.scopes.enter();
        visit::visit_expr_if(self, expression);
        self.scopes.leave();
    }

    fn visit_expr_while(&mut self, expression: &'a syn::ExprWhile) {
        self.scopes.enter();
        visit::visit_expr_while(self, expression);
        self.scopes.leave();
    }

    fn visit_expr_let(&mut self, expression: &'a syn::ExprLet) {
        visit::visit_expr_let(self, expression);
        self.unknown(&expression.pat, "is put together at run time");
    }

    fn visit_stmt(&mut self, statement: &'a syn::Stmt) {
        let line = statement.span().start().line;
        let before = std::mem::replace(&mut self.statement, line);
        visit::visit_stmt(self, statement);
        self.statement = before;
    }

    fn visit_local(&mut self, local: &'a syn::Local) {
        visit::visit_local(self, local);
        let pattern = match &local.pat {
            Pat::Type(it) => &*it.pat,
            pattern => pattern,
        };
        match (pattern, &local.init) {
            (Pat::Ident(name), Some(init)) => {
                let binding = self.binding(&init.expr, name.mutability.is_some());
                self.scopes.bind(name.ident.to_string(), binding);
            }
            (pattern, _) => self.unknown(pattern, "is put together at run time"),
        }
    }

    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        self.visit_expr(&call.receiver);
        let name = call.method.to_string();
        if let Some(method) = method(&name, call.args.len()) {
            let lines = self.lines(call.receiver.span(), call.paren_token.span.close());
            let parameters = method.parameters.map(|it| &call.args[it]);
            match method.sql {
                Some(sql) => {
                    let found = Found::Sql(&call.args[sql], parameters);
                    self.add(&call.method, lines, method, found);
                }
                None => {
                    if let Some(texts) = self.prepared(&call.receiver) {
                        let found = Found::Prepared(texts, parameters);
                        self.add(&call.method, lines, method, found);
                    }
                }
            }
        }
        if name == "filter" && call.args.len() == 2 {
            self.condition(call);
        }
        call.args.iter().for_each(|it| self.visit_expr(it));
    }

    fn visit_expr_call(&mut self, call: &'a syn::ExprCall) {
        if let Expr::Path(path) = &*call.func {
            let mut segments = path.path.segments.iter().rev().map(|it| &it.ident);
            if let (Some(name), Some(of)) = (segments.next(), segments.next()) {
                self.function_call(call, name, of);
            }
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, mac: &'a syn::Macro) {
        let name = mac.path.segments.last().map(|it| it.ident.to_string());
        match name.as_deref() {
            Some("sql") => self.compiled(mac),
            Some(name) if self.wrappers.contains_key(name) => self.wrapped(mac),
            Some(name) if !is_textual(name) => {
                self.given(mac);
                self.visit_inside(&mac.tokens);
            }
            _ => self.visit_inside(&mac.tokens),
        }
    }

    fn visit_item_macro(&mut self, item: &'a syn::ItemMacro) {
        if item.mac.path.is_ident("macro_rules") {
            self.within(|finder| finder.rules(item));
        } else {
            visit::visit_item_macro(self, item);
        }
    }
}

impl Finder<'_, '_> {
    /// `Connection::execute(&db, …)`, `Post::query(&db, …)`.
    fn function_call(&mut self, call: &syn::ExprCall, name: &Ident, of: &Ident) {
        let lines = self.lines(call.func.span(), call.paren_token.span.close());
        let arguments = &call.args;
        if is_connection(&of.to_string()) {
            let found = arguments.len().checked_sub(1);
            let found = found.and_then(|it| method(&name.to_string(), it));
            if let Some(found) = found
                && let Some(sql) = found.sql
            {
                let parameters = found.parameters.map(|it| &arguments[it + 1]);
                self.add(
                    name,
                    lines,
                    found,
                    Found::Sql(&arguments[sql + 1], parameters),
                );
            }
            return;
        }
        let row = match of.to_string() {
            it if it == "Self" => self.itself.clone().unwrap_or_default(),
            it => it,
        };
        if let Some(found) = of_rows(&name.to_string(), arguments.len())
            && let Some(before) = before(self.rows, &row, &name.to_string())
        {
            let parameters = found.parameters.map(|it| &arguments[it]);
            self.add(
                name,
                lines,
                found,
                Found::Tail(before, &arguments[1], parameters),
            );
        }
    }

    /// `sql!("…", …)` or `sql!(Post, "…", …)`: its plan is of interest, and the rest is checked while compiling.
    fn compiled(&mut self, mac: &syn::Macro) {
        if let Inside::Expressions(list) = inside(&mac.tokens)
            && let Some(name) = mac.path.segments.last()
        {
            let text = list.iter().take(2).find(|it| self.texts(it).is_ok());
            if let Some(text) = text {
                let lines = self.lines(name.ident.span(), mac.delimiter.span().close());
                let compiled = Method {
                    kind: Kind::Compiled,
                    sql: None,
                    parameters: None,
                };
                self.add(&name.ident, lines, compiled, Found::Sql(text, None));
            }
        }
    }
}
