use super::files::Files;
use rusqlite::functions::{Aggregate, Context, FunctionFlags, WindowAggregate};
use rusqlite::vtab::{array, series};
use std::collections::BTreeSet;
use syn::visit::{self, Visit};
use syn::{Expr, File, Lit};
use tablature::Connection;

/// The functions, collations and tables that a program brings to its connections, as far as their names stand in the
/// sources. What they do is of no interest: the statements that use them are to be prepared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registered {
    scalars: BTreeSet<(String, i32)>,
    aggregates: BTreeSet<(String, i32)>,
    collations: BTreeSet<String>,
    has_array: bool,
    has_series: bool,
}

pub(super) fn of(files: &Files, parsed: &[(usize, File)]) -> Registered {
    let mut registered = Registered::default();
    for (at, syntax) in parsed {
        let text = &files.get(*at).text;
        let loads = text.contains("load_module");
        registered.has_array |= loads && text.contains("array");
        registered.has_series |= loads && text.contains("series");
        registered.visit_file(syntax);
    }
    registered
}

impl<'a> Visit<'a> for Registered {
    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        let names = match call.method.to_string().as_str() {
            "create_scalar_function" => Some(&mut self.scalars),
            "create_aggregate_function" | "create_window_function" => Some(&mut self.aggregates),
            _ => None,
        };
        let first = call.args.first().and_then(text);
        match (names, first) {
            (Some(names), Some(name)) => {
                // Any number, where it is not written down.
                let count = call.args.get(1).and_then(number).unwrap_or(-1);
                names.insert((name, count));
            }
            (None, Some(name)) if call.method == "create_collation" => {
                self.collations.insert(name);
            }
            _ => {}
        }
        visit::visit_expr_method_call(self, call);
    }
}

fn text(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(it) => match &it.lit {
            Lit::Str(it) => Some(it.value()),
            Lit::CStr(it) => it.value().into_string().ok(),
            _ => None,
        },
        _ => None,
    }
}

fn number(value: &Expr) -> Option<i32> {
    match value {
        Expr::Lit(it) => match &it.lit {
            Lit::Int(it) => it.base10_parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

impl Registered {
    /// Gives a connection something of each name.
    pub(crate) fn register(&self, db: &Connection) -> rusqlite::Result<()> {
        let flags = FunctionFlags::SQLITE_UTF8
            | FunctionFlags::SQLITE_DETERMINISTIC
            | FunctionFlags::SQLITE_INNOCUOUS;
        for (name, count) in &self.scalars {
            db.create_scalar_function(name.as_str(), *count, flags, |_| Ok(0_i64))?;
        }
        for (name, count) in &self.aggregates {
            db.create_window_function(name.as_str(), *count, flags, Nothing)?;
        }
        for name in &self.collations {
            db.create_collation(name.as_str(), str::cmp)?;
        }
        if self.has_array {
            array::load_module(db)?;
        }
        if self.has_series {
            series::load_module(db)?;
        }
        Ok(())
    }
}

/// An aggregate that is never run.
struct Nothing;

impl Aggregate<(), i64> for Nothing {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<()> {
        Ok(())
    }

    fn step(&self, _: &mut Context<'_>, (): &mut ()) -> rusqlite::Result<()> {
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, _: Option<()>) -> rusqlite::Result<i64> {
        Ok(0)
    }
}

impl WindowAggregate<(), i64> for Nothing {
    fn value(&self, _: Option<&mut ()>) -> rusqlite::Result<i64> {
        Ok(0)
    }

    fn inverse(&self, _: &mut Context<'_>, (): &mut ()) -> rusqlite::Result<()> {
        Ok(())
    }
}
