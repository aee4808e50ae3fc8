//! `sql!`: SQLite itself reads the statement, on a database that the crate's migrations have made.
//!
//! The one room of the macros that knows SQL. SQLite is the judge of a statement; what is asked of its text, with the
//! tokens of [`lexer`], is only what SQLite does not tell, and where that is not certain, nothing is said.

mod assign;
mod catalog;
mod database;
mod expand;
mod input;
mod insert;
mod lexer;
mod manifest;
mod message;
mod migrations;
mod outer;
mod parameters;
mod results;

use crate::report::{Report, Reported};
use input::Input;
use message::Fault;
use proc_macro2::{Span, TokenStream};
use rusqlite::Connection;

/// A statement that SQLite has accepted.
struct Checked {
    parameters: parameters::Parameters,
    /// The columns that parameters are compared with or stored in, by their index.
    targets: Vec<Option<assign::Target>>,
    columns: Vec<results::Column>,
}

/// What a call becomes, or what is wrong with it; where only the statement is wrong, both.
pub(crate) fn sql(input: TokenStream) -> Result<TokenStream, Reported> {
    let input: Input = syn::parse2(input).map_err(|error| Reported(error.into_compile_error()))?;
    if is_waiting() {
        return Ok(expand::waiting(&input));
    }
    let mut report = Report::default();
    let expansion = database::with(|source, db| match check(&input.sql.value(), db) {
        Ok(checked) => {
            let given = parameters::give(&checked.parameters, &input, &mut report);
            shape(&input, &checked, &mut report);
            expand::expand(&input, source, &checked, &given)
        }
        Err(fault) => {
            report.at(fault.span(&input.sql), fault);
            TokenStream::new()
        }
    });
    let expansion = expansion.unwrap_or_else(|problem| {
        report.at(input.sql.span(), problem);
        TokenStream::new()
    });
    match report.finish() {
        Ok(()) => Ok(expansion),
        Err(Reported(errors)) => Err(Reported(expand::instead(&input, &errors))),
    }
}

/// Whether the command line only asks for the schema: the migration that the statement waits for is written from it.
fn is_waiting() -> bool {
    let [asked, package] = ["TABLATURE_DUMP", "CARGO_PKG_NAME"].map(std::env::var);
    asked.is_ok_and(|asked| asked == "1" || package.is_ok_and(|package| asked == package))
}

fn check(sql: &str, db: &Connection) -> Result<Checked, Fault> {
    let tokens = lexer::tokens(sql);
    if tokens.is_empty() {
        return Err(Fault::new(sql, "expected a statement".to_owned(), None));
    }
    let statement = match db.prepare(sql) {
        Ok(statement) => statement,
        Err(error) => {
            return Err(insert::miscount(db, sql, &tokens)
                .unwrap_or_else(|| message::of(db, sql, &tokens, error)));
        }
    };
    if let Some(fault) = insert::missing(db, sql, &tokens) {
        return Err(fault);
    }
    let parameters = parameters::Parameters::of(&statement);
    let targets = assign::targets(db, sql, &tokens, &parameters);
    let columns = results::columns(db, &statement, sql, &tokens);
    Ok(Checked {
        parameters,
        targets,
        columns,
    })
}

/// A statement with rows says what they are, and only such a one.
fn shape(input: &Input, checked: &Checked, report: &mut Report) {
    let at = |ty: &syn::Type| {
        let mut tokens = quote::ToTokens::to_token_stream(ty).into_iter();
        tokens
            .next()
            .map_or_else(Span::call_site, |token| token.span())
    };
    match &input.row {
        Some(row) if checked.columns.is_empty() => report.at(
            at(row),
            "the statement returns no rows: take the type away, and run it with `execute`",
        ),
        None if !checked.columns.is_empty() => report.at(
            input.sql.span(),
            "the statement returns rows: write before it what they are, as in `sql!(Post, \"…\")`, `sql!(i64, \"…\")` or `sql!((i64, String), \"…\")`",
        ),
        _ => {}
    }
}

#[cfg(test)]
mod random;
