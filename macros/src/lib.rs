//! The derive macros of [tablature](https://docs.rs/tablature), which re-exports them and documents them by example.

mod attr;
mod case;
mod check;
#[cfg(feature = "checked")]
mod checked;
mod expand;
mod folder;
mod model;
mod report;

use proc_macro::TokenStream;
use report::{Report, Reported};
use syn::{DeriveInput, parse_macro_input};

#[doc = include_str!("attributes.md")]
#[proc_macro_derive(Table, attributes(table, column))]
pub fn table(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut report = Report::default();
    let table = model::Table::read(&input, &mut report);
    finish(report, &table, expand::table, expand::fallback::table)
}

/// Implements `Row` for a struct: a projection of a table with `#[row(of = Post)]`, or free-standing.
///
/// | attribute | on | says |
/// |---|---|---|
/// | `#[row(of = Post)]` | struct | the fields are columns of that table, of the same types |
/// | `#[row(crate = path)]` | struct | where tablature is, if it was renamed or re-exported |
/// | `#[column(name = "…")]` | field | the name of the column; free-standing rows only |
/// | `#[column(json)]`, `#[column(text)]` | field | how it is stored; free-standing rows only |
#[proc_macro_derive(Row, attributes(row, column))]
pub fn row(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut report = Report::default();
    let row = model::Row::read(&input, &mut report);
    finish(report, &row, expand::row, expand::fallback::row)
}

/// Implements `Insert` for a struct of some columns of a table; fields may be borrowed.
///
/// | attribute | on | says |
/// |---|---|---|
/// | `#[insert(into = Post)]` | struct | the table; its columns that have neither a default nor an `Option` must be there |
/// | `#[insert(crate = path)]` | struct | where tablature is, if it was renamed or re-exported |
#[proc_macro_derive(Insert, attributes(insert, column))]
pub fn insert(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut report = Report::default();
    let insert = model::Insert::read(&input, &mut report);
    finish(report, &insert, expand::insert, expand::fallback::insert)
}

/// Implements `ColumnType` for an enum or a newtype.
///
/// An enum is stored as text, the variants' names in snake case, with a CHECK that lists them.
///
/// | attribute | on | says |
/// |---|---|---|
/// | `#[column_type(rename_all = "…")]` | enum | another case, as in serde |
/// | `#[column_type(rename = "…")]` | variant | another text |
/// | `#[column_type(integer)]` | enum | stored as the variants' numbers |
/// | `#[column_type(json)]` | enum, struct | stored as JSON, through serde |
/// | `#[column_type(text)]` | struct | stored as the text of `Display`, read by `FromStr` |
/// | `#[column_type(crate = path)]` | enum, struct | where tablature is, if it was renamed or re-exported |
#[proc_macro_derive(ColumnType, attributes(column_type))]
pub fn column_type(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut report = Report::default();
    let column_type = model::ColumnType::read(&input, &mut report);
    finish(
        report,
        &column_type,
        expand::column_type,
        expand::fallback::column_type,
    )
}

#[doc(hidden)]
#[proc_macro]
pub fn insert_into(input: TokenStream) -> TokenStream {
    tokens(expand::insert_into(input.into(), "insert"))
}

#[doc(hidden)]
#[proc_macro]
pub fn insert_returning_into(input: TokenStream) -> TokenStream {
    tokens(expand::insert_into(input.into(), "insert_returning"))
}

#[doc(hidden)]
#[proc_macro]
pub fn upsert_into(input: TokenStream) -> TokenStream {
    tokens(expand::upsert_into(input.into()))
}

#[doc(hidden)]
#[proc_macro]
pub fn update_of(input: TokenStream) -> TokenStream {
    tokens(expand::update_of(input.into()))
}

#[doc(hidden)]
#[proc_macro]
pub fn schema_static(input: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let schema = model::Schema::read(input.into(), &mut report);
    finish(report, &schema, expand::schema, expand::fallback::schema)
}

#[cfg(feature = "checked")]
#[doc(hidden)]
#[proc_macro]
pub fn sql_checked(input: TokenStream) -> TokenStream {
    tokens(checked::sql(input.into()))
}

/// The expansion of a model, or its errors and what stands in for it.
fn finish<M>(
    report: Report,
    model: &M,
    expand: fn(&M) -> proc_macro2::TokenStream,
    fallback: fn(&M) -> proc_macro2::TokenStream,
) -> TokenStream {
    match report.finish() {
        Ok(()) => expand(model).into(),
        Err(Reported(mut errors)) => {
            errors.extend(fallback(model));
            errors.into()
        }
    }
}

fn tokens(result: Result<proc_macro2::TokenStream, Reported>) -> TokenStream {
    result.unwrap_or_else(|Reported(errors)| errors).into()
}
