use crate::attr::{Keys, Set, Slot, nested, unknown, value};
use crate::report::Report;
use proc_macro2::{Group, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Ident, LitStr, Token, Type, Visibility, bracketed};

/// `[$crate] #[schema(…)] pub static BLOG = [Author, Post];`
pub(crate) struct Schema {
    pub(crate) krate: TokenStream,
    /// All but `#[schema(…)]`.
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    /// None only where it was reported.
    pub(crate) ident: Option<Ident>,
    pub(crate) tables: Vec<Type>,
    pub(crate) migrations: Slot<LitStr>,
    /// The variant of `Runner`.
    pub(crate) runner: Slot<&'static str>,
    pub(crate) sqlite: Slot<LitStr>,
}

const KEYS: Keys = &[
    ("migrations", "migrations = \"migrations\""),
    ("runner", "runner = refinery"),
    ("sqlite", "sqlite = \"3.40\""),
];

/// The words for runners, and their variants.
const RUNNERS: [(&str, &str); 6] = [
    ("tablature", "Tablature"),
    ("refinery", "Refinery"),
    ("sqlx", "Sqlx"),
    ("d1", "D1"),
    ("diesel", "Diesel"),
    ("rusqlite_migration", "RusqliteMigration"),
];

impl Schema {
    pub(crate) fn read(input: TokenStream, report: &mut Report) -> Self {
        let mut this = Self {
            krate: quote!(::tablature),
            attributes: Vec::new(),
            visibility: Visibility::Inherited,
            ident: None,
            tables: Vec::new(),
            migrations: None,
            runner: None,
            sqlite: None,
        };
        let parsed = (|input: ParseStream<'_>| {
            this.item(input, report).inspect_err(|_| {
                // What was wrong is told; what follows it would only be told once more.
                let _ = input.parse::<TokenStream>();
            })
        })
        .parse2(input);
        report.ok(parsed);
        this
    }

    fn item(&mut self, input: ParseStream<'_>, report: &mut Report) -> syn::Result<()> {
        self.krate = input.parse::<Group>()?.stream();
        self.attributes = input.call(Attribute::parse_outer)?;
        self.attribute(report);
        self.attributes
            .retain(|attribute| !attribute.path().is_ident("schema"));
        self.visibility = input.parse()?;
        let usage = |error: syn::Error| {
            let message = format!("{error}; write `static BLOG = [Author, Post];`");
            syn::Error::new(error.span(), message)
        };
        input.parse::<Token![static]>().map_err(usage)?;
        self.ident = Some(input.parse().map_err(usage)?);
        if input.peek(Token![:]) {
            return Err(
                input.error("a schema needs no type: it is a `Schema`; write `static BLOG = […];`")
            );
        }
        input.parse::<Token![=]>().map_err(usage)?;
        if !input.peek(syn::token::Bracket) {
            return Err(input.error("expected the tables: `[Author, Post]`"));
        }
        let content;
        bracketed!(content in input);
        let tables = content.parse_terminated(<Type as Parse>::parse, Token![,])?;
        self.tables = tables.into_iter().collect();
        input.parse::<Token![;]>().map_err(usage)?;
        if !input.is_empty() {
            return Err(input.error("expected nothing behind the static"));
        }
        Ok(())
    }

    fn attribute(&mut self, report: &mut Report) {
        let (mut migrations, mut runner, mut sqlite) = (None, None, None);
        nested(
            &self.attributes,
            "schema",
            KEYS,
            report,
            |key, span, input, report| {
                match key {
                    "migrations" => {
                        let folder: LitStr = value(input)?;
                        folder_name(&folder, report);
                        Set::once(&mut migrations, span, folder, report);
                    }
                    "runner" => {
                        let word: Ident = value_word(input)?;
                        if let Some(variant) = report.ok(variant(&word)) {
                            Set::once(&mut runner, span, variant, report);
                        }
                    }
                    "sqlite" => {
                        let version: LitStr = value(input)?;
                        is_version(&version, report);
                        Set::once(&mut sqlite, span, version, report);
                    }
                    _ => return Ok(false),
                }
                Ok(true)
            },
        );
        if migrations.is_none() {
            let needs = |key: Option<Span>, name: &str, report: &mut Report| {
                if let Some(span) = key {
                    report.at(
                        span,
                        format!(
                            "`{name}` is about migrations: write `migrations = \"migrations\"` too"
                        ),
                    );
                }
            };
            // A folder that was wrong was told.
            if report.is_empty() {
                needs(runner.as_ref().map(|set| set.key), "runner", report);
                needs(sqlite.as_ref().map(|set| set.key), "sqlite", report);
            }
        }
        (self.migrations, self.runner, self.sqlite) = (migrations, runner, sqlite);
    }
}

/// `= word`
fn value_word(input: ParseStream<'_>) -> syn::Result<Ident> {
    input.parse::<Token![=]>()?;
    input.call(Ident::parse_any)
}

fn variant(word: &Ident) -> syn::Result<&'static str> {
    let text = word.to_string();
    let found = RUNNERS.into_iter().find(|(name, _)| *name == text);
    found.map(|(_, variant)| variant).ok_or_else(|| {
        let names = RUNNERS.iter().map(|(name, _)| *name);
        let message = unknown(&text, names).replacen("key", "runner", 1);
        syn::Error::new(word.span(), message)
    })
}

/// A folder of the crate, whatever the machine.
fn folder_name(folder: &LitStr, report: &mut Report) {
    let path = folder.value();
    if path.is_empty() || path.ends_with('/') {
        report.at(
            folder.span(),
            "expected the name of a folder, as in `migrations`",
        );
    } else if std::path::Path::new(&path).is_absolute() || path.contains('\\') {
        report.at(
            folder.span(),
            "expected a path from the folder of `Cargo.toml`, as in `database/migrations`",
        );
    }
}

/// `3.40` or `3.40.1`
fn is_version(version: &LitStr, report: &mut Report) {
    let text = version.value();
    let parts: Vec<&str> = text.split('.').collect();
    let numbers = parts.iter().all(|part| part.parse::<u32>().is_ok());
    if !numbers || !(2..=3).contains(&parts.len()) || parts[0] != "3" {
        report.at(
            version.span(),
            "expected the oldest version of SQLite that the migrations run on, as in `3.40`",
        );
    }
}
