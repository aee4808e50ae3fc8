//! `insert!`, `insert_returning!`, `upsert!` and `update!`: a struct literal becomes a constant statement.

use crate::report::{Report, Reported};
use proc_macro2::{Group, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use std::collections::BTreeMap;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Expr, FieldValue, Ident, Member, Path, Token, braced, parenthesized};

/// `[$crate] &db, Post(key) { a: 1, b } on (a, b)`
struct Statement {
    krate: TokenStream,
    db: Expr,
    table: Path,
    key: Option<Expr>,
    fields: Vec<(Ident, Expr)>,
    on: Option<Vec<Ident>>,
}

impl Parse for Statement {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let krate = input.parse::<Group>()?.stream();
        let db = input.parse()?;
        input.parse::<Token![,]>()?;
        let table = input.call(Path::parse_mod_style)?;
        let key = if input.peek(syn::token::Paren) {
            let content;
            parenthesized!(content in input);
            let key = content.parse()?;
            if !content.is_empty() {
                return Err(
                    content.error("a key of several columns is a tuple: `Post((a, b)) { … }`")
                );
            }
            Some(key)
        } else {
            None
        };
        let content;
        braced!(content in input);
        let mut fields = Vec::new();
        for field in content.parse_terminated(FieldValue::parse, Token![,])? {
            match field.member {
                Member::Named(name) => fields.push((name, field.expr)),
                Member::Unnamed(index) => {
                    return Err(syn::Error::new(index.span, "expected the name of a column"));
                }
            }
        }
        let on = if input
            .fork()
            .call(Ident::parse_any)
            .is_ok_and(|word| word == "on")
        {
            input.call(Ident::parse_any)?;
            let content;
            parenthesized!(content in input);
            Some(
                content
                    .parse_terminated(Ident::parse_any, Token![,])?
                    .into_iter()
                    .collect(),
            )
        } else {
            None
        };
        input.parse::<Option<Token![,]>>()?;
        Ok(Self {
            krate,
            db,
            table,
            key,
            fields,
            on,
        })
    }
}

pub(crate) fn insert_into(input: TokenStream, function: &str) -> Result<TokenStream, Reported> {
    let statement = Statement::read(input, |statement, report| {
        statement.refuse_key_and_on(report)
    })?;
    let table = &statement.table;
    let sql = text(
        quote!(insert_sql(<#table as __tablature::Table>::TABLE, GIVEN, __tablature::Nulls::Default)),
        &statement.krate,
    );
    let complete = complete(table);
    let function = format_ident!("{function}");
    Ok(statement.expand(
        &quote! {
            #complete
            const SQL: __tablature::InsertSql = __tablature::InsertSql::new(#sql);
        },
        &quote!(__tablature::#function::<#table>(db, &SQL, GIVEN, bind)),
    ))
}

pub(crate) fn upsert_into(input: TokenStream) -> Result<TokenStream, Reported> {
    let statement = Statement::read(input, Statement::refuse_key)?;
    let table = &statement.table;
    let columns = quote!(<#table as __tablature::Table>);
    let (key, check) = match &statement.on {
        Some(on) => {
            let span = on.first().map_or_else(|| table.span(), Ident::span);
            let key = quote!(&[#(#columns::COLUMNS.#on.position()),*]);
            (
                key,
                quote_spanned!(span=> const _: () = __tablature::verify::unique_key(#columns::TABLE, KEY);),
            )
        }
        None => {
            let given = quote_spanned!(table.span()=> const _: () = __tablature::verify::gives_key(#columns::TABLE, GIVEN););
            (quote!(#columns::TABLE.primary_key), given)
        }
    };
    let sql = text(
        quote!(upsert_sql(#columns::TABLE, GIVEN, __tablature::Nulls::Default, KEY)),
        &statement.krate,
    );
    let complete = complete(table);
    Ok(statement.expand(
        &quote! {
            const KEY: &'static [__tablature::usize] = #key;
            #check
            #complete
            const SQL: &'static __tablature::str = #sql.text();
        },
        &quote!(__tablature::upsert::<#table>(db, SQL, GIVEN, bind)),
    ))
}

pub(crate) fn update_of(input: TokenStream) -> Result<TokenStream, Reported> {
    let statement = Statement::read(input, |statement, report| {
        if statement.key.is_none() {
            report.at(
                statement.table.span(),
                "which row? write its primary key behind the name: `Post(id) { … }`",
            );
        }
        if statement.fields.is_empty() {
            report.at(
                statement.table.span(),
                "an update changes at least one column",
            );
        }
        if let Some(on) = statement.on.as_ref().and_then(|on| on.first()) {
            report.at(on.span(), "`on (…)` belongs to `upsert!`");
        }
    })?;
    let (table, key) = (&statement.table, &statement.key);
    let this = quote!(<#table as __tablature::Table>);
    let sql = text(
        quote!(update_sql(#this::TABLE, GIVEN, __tablature::Nulls::Default)),
        &statement.krate,
    );
    let keys = statement.fields.iter().map(|(name, _)| {
        quote_spanned!(name.span()=> const _: () = __tablature::verify::not_key(#this::TABLE, #this::COLUMNS.#name.position());)
    });
    let keyed = quote_spanned!(table.span()=> __tablature::update::<#table>);
    Ok(statement.expand(
        &quote! {
            #(#keys)*
            const SQL: &'static __tablature::str = #sql.text();
        },
        &quote!(#keyed(db, SQL, GIVEN, #key, bind)),
    ))
}

/// An INSERT without a column that must be given is refused at the name of the table.
fn complete(table: &Path) -> TokenStream {
    quote_spanned!(table.span()=> const _: () = __tablature::verify::complete(<#table as __tablature::Table>::TABLE, GIVEN);)
}

fn text(write: TokenStream, krate: &TokenStream) -> TokenStream {
    quote!(#krate::__text!(__tablature::#write))
}

impl Statement {
    fn read(input: TokenStream, check: impl FnOnce(&Self, &mut Report)) -> Result<Self, Reported> {
        let statement: Self =
            syn::parse2(input).map_err(|error| Reported(error.into_compile_error()))?;
        let mut report = Report::default();
        let mut names = BTreeMap::new();
        for (name, _) in &statement.fields {
            if names.insert(name.unraw().to_string(), ()).is_some() {
                report.at(name.span(), format!("`{name}` is given twice"));
            }
        }
        check(&statement, &mut report);
        report.finish()?;
        Ok(statement)
    }

    fn refuse_key(&self, report: &mut Report) {
        if let Some(key) = &self.key {
            report.at(
                key.span(),
                "a new row has its key among its columns: `Post { id, … }`",
            );
        }
    }

    fn refuse_key_and_on(&self, report: &mut Report) {
        self.refuse_key(report);
        if let Some(on) = self.on.as_ref().and_then(|on| on.first()) {
            report.at(on.span(), "`on (…)` belongs to `upsert!`");
        }
    }

    /// The values are evaluated once, before the statement is prepared; `call` runs it with `bind`.
    fn expand(&self, constants: &TokenStream, call: &TokenStream) -> TokenStream {
        let (krate, db, table) = (&self.krate, &self.db, &self.table);
        let columns = quote!(<#table as __tablature::Table>::COLUMNS);
        let names: Vec<&Ident> = self.fields.iter().map(|(name, _)| name).collect();
        let bound: Vec<Ident> = (0..names.len())
            .map(|i| Ident::new(&format!("__value{i}"), Span::mixed_site()))
            .collect();
        let values = self.fields.iter().map(|(name, value)| {
            if is_none(value) {
                quote!(#columns.#name.none())
            } else {
                quote!(#value)
            }
        });
        let writable = names.iter().map(|name| {
            quote_spanned!(name.span()=> const _: () = __tablature::verify::writable(<#table as __tablature::Table>::TABLE, #columns.#name.position());)
        });
        let binds = self
            .fields
            .iter()
            .zip(&bound)
            .map(|((name, value), bound)| {
                let value = quote_spanned!(value.span()=> #columns.#name.value(#bound));
                quote!(to.bind(#value)?;)
            });
        quote! {{
            use #krate::__private as __tablature;
            const GIVEN: &'static [__tablature::usize] = &[#(#columns.#names.position()),*];
            #(#writable)*
            #constants
            match (#db, #(&#values,)*) {
                (db, #(#bound,)*) => {
                    let db: &__tablature::Connection = &*db;
                    let bind = |to: &mut __tablature::Binder<'_, '_>| { #(#binds)* __tablature::Ok(()) };
                    #call
                }
            }
        }}
    }
}

/// The path `None` has the type of the column's option, which the compiler could not tell among all that fits.
fn is_none(value: &Expr) -> bool {
    matches!(value, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "None" && last.arguments.is_none()))
}
