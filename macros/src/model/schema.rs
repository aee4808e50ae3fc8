use crate::attr::{Keys, Set, Slot, nested, unknown, value};
use crate::report::Report;
use proc_macro2::{Group, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{
    Attribute, Ident, LitInt, LitStr, Path, Token, Type, Visibility, bracketed, parenthesized,
};

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
    pub(crate) hooks: Vec<Hook>,
}

/// `hook(2, up = fill_slugs, down = empty_slugs)`
pub(crate) struct Hook {
    pub(crate) version: LitInt,
    pub(crate) up: Slot<Path>,
    pub(crate) down: Slot<Path>,
}

const KEYS: Keys = &[
    ("migrations", "migrations = \"migrations\""),
    ("runner", "runner = refinery"),
    ("sqlite", "sqlite = \"3.40\""),
    ("hook", "hook(2, up = fill_slugs, down = empty_slugs)"),
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
            hooks: Vec::new(),
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
        let (mut hooks, mut first_hook) = (Vec::<Hook>::new(), None);
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
                    "hook" => {
                        first_hook.get_or_insert(span);
                        if let Some(hook) = Hook::read(input, report)? {
                            let version = hook.version.base10_digits();
                            if hooks.iter().any(|it| it.version.base10_digits() == version) {
                                let message = format!(
                                    "migration {version} has a hook already; name `up` and `down` in one"
                                );
                                report.at(hook.version.span(), message);
                            }
                            hooks.push(hook);
                        }
                    }
                    _ => return Ok(false),
                }
                Ok(true)
            },
        );
        if let (Some(span), Some(other)) = (first_hook, runner.as_ref())
            && other.value != "Tablature"
        {
            report.at(
                span,
                "a hook is run by this crate; another runner would pass over it",
            );
        }
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
                needs(first_hook, "hook", report);
            }
        }
        (self.migrations, self.runner, self.sqlite) = (migrations, runner, sqlite);
        self.hooks = hooks;
    }
}

impl Hook {
    /// None where it was reported.
    fn read(input: ParseStream<'_>, report: &mut Report) -> syn::Result<Option<Self>> {
        let content;
        parenthesized!(content in input);
        Self::of(&content, report).inspect_err(|_| {
            // What was wrong is told; what follows it would only be told once more.
            let _ = content.parse::<TokenStream>();
        })
    }

    fn of(content: ParseStream<'_>, report: &mut Report) -> syn::Result<Option<Self>> {
        let usage = "expected the number of a migration";
        let version: LitInt = content
            .parse()
            .map_err(|error| syn::Error::new(error.span(), usage))?;
        if version.base10_parse::<i64>().is_err() || !version.suffix().is_empty() {
            report.at(version.span(), usage);
            return Ok(None);
        }
        let (mut up, mut down) = (None, None);
        while !content.is_empty() {
            content.parse::<Token![,]>()?;
            if content.is_empty() {
                break;
            }
            let key = content.call(Ident::parse_any)?;
            let slot = match key.to_string().as_str() {
                "up" => &mut up,
                "down" => &mut down,
                word => {
                    let message = unknown(word, ["up", "down"].into_iter());
                    return Err(syn::Error::new(key.span(), message));
                }
            };
            content.parse::<Token![=]>()?;
            Set::once(slot, key.span(), content.parse::<Path>()?, report);
        }
        if up.is_none() && down.is_none() {
            report.at(
                version.span(),
                "name a function: `hook(2, up = fill_slugs)`",
            );
            return Ok(None);
        }
        Ok(Some(Self { version, up, down }))
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
