use super::{Finder, Found};
use crate::calls::Kind;
use crate::calls::methods::Method;
use crate::calls::rows::Before;
use syn::{Expr, ExprMethodCall};

/// Conditions of pages and searches.
impl Finder<'_, '_> {
    /// `Page::by(Post::COLUMNS.title).filter("author = ?", [1])`. Where the table stands elsewhere, the condition is not
    /// checked; methods of others are called so too, and what is no condition is none of ours.
    pub(super) fn condition(&mut self, call: &ExprMethodCall) {
        let lines = self.lines(call.method.span(), call.paren_token.span.close());
        let condition = Method {
            kind: Kind::Condition,
            sql: Some(0),
            parameters: Some(1),
        };
        let table = row(&call.receiver).and_then(|it| self.rows.get(&it));
        let found = match table {
            Some(Before::Table(table)) => {
                let before = Before::Where(table.clone());
                Found::Tail(before, &call.args[0], Some(&call.args[1]))
            }
            _ => {
                let texts = self.texts(&call.args[0]).unwrap_or_default();
                let compares = |text: &str| text.contains(['=', '<', '>', '?']);
                if !texts.iter().any(|it| compares(&it.value)) {
                    return;
                }
                Found::Elsewhere
            }
        };
        self.add(&call.method, lines, condition, found);
    }
}

/// The struct of `Page::by(Post::COLUMNS.title)`, through the calls that follow.
fn row(value: &Expr) -> Option<String> {
    match value {
        Expr::MethodCall(it) => row(&it.receiver),
        Expr::Call(it) => match (&*it.func, it.args.first()?) {
            (Expr::Path(by), Expr::Field(column)) if is_page(&by.path) => match &*column.base {
                Expr::Path(columns) => {
                    let segments = columns.path.segments.iter().rev();
                    segments.map(|it| it.ident.to_string()).nth(1)
                }
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn is_page(path: &syn::Path) -> bool {
    let mut segments = path.segments.iter().rev();
    segments.next().is_some_and(|it| it.ident == "by")
        && segments.next().is_some_and(|it| it.ident == "Page")
}
