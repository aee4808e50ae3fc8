//! `insert!`, `insert_returning!`, `upsert!` and `update!`: a struct literal becomes a constant statement.

use super::{Place, table_item};
use crate::report::{Report, Reported};
use proc_macro2::{Group, Span, TokenStream};
use quote::{quote, quote_spanned};
use std::collections::BTreeSet;
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
    on: Option<On>,
}

/// `on (a, b)`
struct On {
    word: Span,
    columns: Vec<Ident>,
}

impl Parse for Statement {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let krate = input.parse::<Group>()?.stream();
        let db: Expr = input.parse()?;
        if input.is_empty() {
            let expected = match &db {
                Expr::Struct(_) => "expected a connection before the row: `&db, Post { … }`",
                _ => "expected a row behind the connection: `&db, Post { … }`",
            };
            return Err(syn::Error::new(db.span(), expected));
        }
        input.parse::<Token![,]>()?;
        let table = input.call(Path::parse_mod_style).map_err(|error| {
            syn::Error::new(
                error.span(),
                "expected a row behind the connection: `&db, Post { … }`",
            )
        })?;
        if table.is_ident("Self") {
            return Err(syn::Error::new(
                table.span(),
                "write the name of the struct: a constant cannot name `Self`",
            ));
        }
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
        if !input.peek(syn::token::Brace) {
            return Err(syn::Error::new(
                table.span(),
                "expected the columns and their values: `Post { title: \"Hello\" }`",
            ));
        }
        let content;
        braced!(content in input);
        let fields = content
            .parse_terminated(Self::field, Token![,])?
            .into_iter()
            .collect();
        let on = if input
            .fork()
            .call(Ident::parse_any)
            .is_ok_and(|word| word == "on")
        {
            let word = input.call(Ident::parse_any)?.span();
            let content;
            parenthesized!(content in input);
            let columns = content.parse_terminated(Ident::parse_any, Token![,])?;
            Some(On {
                word,
                columns: columns.into_iter().collect(),
            })
        } else {
            None
        };
        input.parse::<Option<Token![,]>>()?;
        if !input.is_empty() {
            return Err(input.error("expected nothing behind the row"));
        }
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

impl Statement {
    fn field(input: ParseStream<'_>) -> syn::Result<(Ident, Expr)> {
        if input.peek(Token![..]) {
            return Err(syn::Error::new_spanned(
                input.parse::<Token![..]>()?,
                "the columns that are left out get their default; take this away",
            ));
        }
        let field: FieldValue = input.parse()?;
        match field.member {
            Member::Named(name) => Ok((name, field.expr)),
            Member::Unnamed(index) => {
                Err(syn::Error::new(index.span, "expected the name of a column"))
            }
        }
    }
}

pub(crate) fn insert_into(input: TokenStream, function: &str) -> Result<TokenStream, Reported> {
    let statement = Statement::read(input, |statement, report| {
        statement.refuse_key(report);
        statement.refuse_on(report);
    })?;
    let this = table_item(&statement.table, "TABLE");
    let sql = quote!(insert_text(__tablature::SqlText::Insert(#this, GIVEN, __tablature::Nulls::Default)));
    let complete = statement.complete();
    Ok(statement.expand(&complete, &sql, function))
}

pub(crate) fn upsert_into(input: TokenStream) -> Result<TokenStream, Reported> {
    let statement = Statement::read(input, |statement, report| {
        statement.refuse_key(report);
        if let Some(on) = statement.on.as_ref().filter(|on| on.columns.is_empty()) {
            report.at(on.word, "expected the columns of a unique key: `on (a, b)`");
        }
    })?;
    let table = &statement.table;
    let this = table_item(table, "TABLE");
    let (key, check) = match &statement.on {
        Some(On { columns, .. }) => {
            let all = table_item(table, "COLUMNS");
            (
                quote!(&[#(#all.#columns.position()),*]),
                Place::of(&quote!(#(#columns)*)).assert("unique_key", &quote!(#this, KEY, GIVEN)),
            )
        }
        None => (
            quote!(#this.primary_key),
            Place::of(table).assert("gives_key", &quote!(#this, GIVEN)),
        ),
    };
    let sql =
        quote!(text(__tablature::SqlText::Upsert(#this, GIVEN, __tablature::Nulls::Default, KEY)));
    let complete = statement.complete();
    Ok(statement.expand(
        &quote! {
            const KEY: &'static [__tablature::usize] = #key;
            #check
            #complete
        },
        &sql,
        "upsert",
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
        statement.refuse_on(report);
    })?;
    let table = &statement.table;
    let (this, columns) = (table_item(table, "TABLE"), table_item(table, "COLUMNS"));
    let sql = quote!(text(__tablature::SqlText::Update(#this, GIVEN, __tablature::Nulls::Default)));
    let has_key = Place::of(table).assert("has_key", &this);
    let keys = statement.fields.iter().map(|(name, _)| {
        Place::of(name).assert("not_key", &quote!(#this, #columns.#name.position()))
    });
    Ok(statement.expand(
        &quote! {
            #has_key
            #(#keys)*
        },
        &sql,
        "update",
    ))
}

impl Statement {
    fn read(input: TokenStream, check: impl FnOnce(&Self, &mut Report)) -> Result<Self, Reported> {
        let statement: Self =
            syn::parse2(input).map_err(|error| Reported(error.into_compile_error()))?;
        let mut report = Report::default();
        let mut names = BTreeSet::new();
        for (name, _) in &statement.fields {
            if !names.insert(name.unraw().to_string()) {
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

    fn refuse_on(&self, report: &mut Report) {
        if let Some(on) = &self.on {
            report.at(on.word, "`on (…)` belongs to `upsert!`");
        }
    }

    /// An INSERT without a column that must be given is refused at the name of the table.
    fn complete(&self) -> TokenStream {
        let this = table_item(&self.table, "TABLE");
        Place::of(&self.table).assert("complete", &quote!(#this, GIVEN))
    }

    /// A block that evaluates the user's expressions once, and then runs `sql` with them. What it needs of its own is
    /// out of their sight: the variables by hygiene, the constants in a block where no expression of the user's stands.
    fn expand(&self, constants: &TokenStream, sql: &TokenStream, function: &str) -> TokenStream {
        let (krate, db, table, key) = (&self.krate, &self.db, &self.table, &self.key);
        let columns = table_item(table, "COLUMNS");
        let names: Vec<&Ident> = self.fields.iter().map(|(name, _)| name).collect();
        let bound: Vec<Ident> = (0..names.len())
            .map(|i| Ident::new(&format!("value{i}"), Span::mixed_site()))
            .collect();
        let values = self.fields.iter().map(|(name, value)| {
            if is_none(value) {
                quote!([<#table as #krate::__private::Table>::COLUMNS.#name.none(), #value][1])
            } else {
                quote!(#value)
            }
        });
        let checks = self.fields.iter().map(|(name, value)| {
            let this = table_item(table, "TABLE");
            let column = quote!(#this, #columns.#name.position());
            let writable = Place::of(name).assert("writable", &column);
            let optional = is_none(value).then(|| Place::of(value).assert("optional", &column));
            quote!(#writable #optional)
        });
        let binds = self
            .fields
            .iter()
            .zip(&bound)
            .map(|((name, value), bound)| {
                let value = at(value, bound);
                quote_spanned!(Span::mixed_site()=> to.bind(#columns.#name.value(#value))?;)
            });
        let key = key.as_ref().map(|key| quote!(#key,));
        let connection = at(db, &Ident::new("db", Span::mixed_site()));
        let place = Span::mixed_site().located_at(Place::of(db).first);
        let connection_type = quote_spanned!(place=> &__tablature::Connection);
        let run = quote_spanned! {Span::mixed_site()=>
            db, sql, given, #key |to| {
                #(#binds)*
                __tablature::Ok(())
            }
        };
        let run = call(function, table, &run);
        quote_spanned! {Span::mixed_site()=>
            match (&(#db), #(&(#values),)*) {
                (db, #(#bound,)*) => {
                    use #krate::__private as __tablature;
                    let db: #connection_type = #connection;
                    #[allow(unused_qualifications)]
                    let (sql, given) = {
                        const GIVEN: &'static [__tablature::usize] = &[#(#columns.#names.position()),*];
                        #(#checks)*
                        #constants
                        (#krate::__text!(#sql), GIVEN)
                    };
                    #[allow(unused_qualifications)]
                    let result = #run;
                    result
                }
            }
        }
    }
}

/// Calls a function of the runtime for a table. If it is none, that is told at its name.
fn call(function: &str, table: &Path, arguments: &TokenStream) -> TokenStream {
    let Place { first, last } = Place::of(table);
    let function = Ident::new(function, first);
    let end = quote_spanned!(last=> >(#arguments));
    quote_spanned!(first=> __tablature::#function::<#table #end)
}

/// What a variable refers to, at the place of the expression that it was bound to: what the compiler has to say of its
/// type, it says there.
fn at(expression: &Expr, variable: &Ident) -> TokenStream {
    let place = Place::of(expression);
    let mut variable = variable.clone();
    variable.set_span(variable.span().located_at(place.last));
    quote_spanned!(Span::mixed_site().located_at(place.first)=> &*#variable)
}

/// `None` or `Option::None` gets the type of the column's option, which the compiler could not tell among all that fits.
fn is_none(value: &Expr) -> bool {
    let Expr::Path(path) = value else {
        return false;
    };
    let mut segments = path.path.segments.iter().rev();
    segments
        .next()
        .is_some_and(|last| last.ident == "None" && last.arguments.is_none())
        && segments
            .next()
            .is_none_or(|before| before.ident == "Option")
}
