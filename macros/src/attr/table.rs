use super::column::{References, collation};
use super::key::{Keys, Set, Slot, flag, in_parentheses, items, nested, unknown, value};
use crate::case::Case;
use crate::report::Report;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitBool, LitFloat, LitInt, LitStr, Path, Token, parenthesized};

/// `#[table(…)]` on a struct.
#[derive(Default)]
pub(crate) struct TableAttr {
    pub(crate) name: Slot<LitStr>,
    pub(crate) rename_all: Slot<Case>,
    pub(crate) krate: Slot<Path>,
    pub(crate) strict: Slot<bool>,
    pub(crate) without_rowid: Slot<()>,
    pub(crate) index_foreign_keys: Slot<bool>,
    pub(crate) primary_key: Slot<Vec<Ident>>,
    pub(crate) uniques: Vec<UniqueAttr>,
    pub(crate) indexes: Vec<IndexAttr>,
    pub(crate) checks: Vec<CheckAttr>,
    pub(crate) foreign_keys: Vec<ForeignKeyAttr>,
    pub(crate) fts: Slot<FtsAttr>,
    pub(crate) triggers: Vec<TriggerAttr>,
}

/// `unique(a, b, name = "…")`
pub(crate) struct UniqueAttr {
    pub(crate) key: Span,
    pub(crate) columns: Vec<Ident>,
    pub(crate) name: Slot<LitStr>,
}

/// `index(a desc, "lower(b)" collate nocase, unique, where = "…", name = "…")`
pub(crate) struct IndexAttr {
    pub(crate) key: Span,
    pub(crate) parts: Vec<PartAttr>,
    pub(crate) unique: Slot<()>,
    pub(crate) filter: Slot<LitStr>,
    pub(crate) name: Slot<LitStr>,
}

pub(crate) enum PartAttr {
    Column {
        column: Ident,
        collate: Option<LitStr>,
        descending: bool,
    },
    Expression {
        expression: LitStr,
        collate: Option<LitStr>,
        descending: bool,
    },
}

/// `"a > 0"`, or `a_positive = "a > 0"`
pub(crate) struct CheckAttr {
    pub(crate) name: Option<Ident>,
    pub(crate) expression: LitStr,
}

/// `foreign_key(a, b, references(Other(x, y)), on_delete = …, on_update = …, deferrable)`
pub(crate) struct ForeignKeyAttr {
    pub(crate) columns: Vec<Ident>,
    pub(crate) references: Slot<References>,
    pub(crate) on_delete: Slot<Ident>,
    pub(crate) on_update: Slot<Ident>,
    pub(crate) deferrable: Slot<()>,
}

/// `fts(title weight 10, body, lang unindexed, tokenize = "…", …)`
pub(crate) struct FtsAttr {
    pub(crate) columns: Vec<FtsColumnAttr>,
    pub(crate) name: Slot<LitStr>,
    pub(crate) content: Slot<ContentAttr>,
    pub(crate) tokenize: Slot<LitStr>,
    pub(crate) prefix: Slot<LitStr>,
    pub(crate) detail: Slot<DetailAttr>,
    pub(crate) columnsize: Slot<bool>,
}

pub(crate) struct FtsColumnAttr {
    pub(crate) column: Ident,
    pub(crate) weight: Option<(Span, String)>,
    pub(crate) unindexed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContentAttr {
    None,
    Own,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum DetailAttr {
    Full,
    Column,
    None,
}

/// `trigger(name = "…", after = update, of(a, b), when = "…", body = "…")`
#[derive(Default)]
pub(crate) struct TriggerAttr {
    pub(crate) key: Option<Span>,
    pub(crate) name: Slot<LitStr>,
    pub(crate) before: Slot<Ident>,
    pub(crate) after: Slot<Ident>,
    pub(crate) of: Slot<Vec<Ident>>,
    pub(crate) when: Slot<LitStr>,
    pub(crate) body: Slot<LitStr>,
}

const KEYS: Keys = &[
    ("name", "name = \"posts\""),
    ("rename_all", "rename_all = \"camelCase\""),
    ("crate", "crate = path::to::tablature"),
    ("strict", "strict = false"),
    ("without_rowid", "without_rowid"),
    ("index_foreign_keys", "index_foreign_keys = false"),
    ("primary_key", "primary_key(a, b)"),
    ("unique", "unique(a, b)"),
    ("index", "index(a, b desc)"),
    ("check", "check(a_before_b = \"a < b\")"),
    (
        "foreign_key",
        "foreign_key(a, b, references(Other(x, y)), on_delete = cascade)",
    ),
    ("fts", "fts(title, body, tokenize = \"porter unicode61\")"),
    (
        "trigger",
        "trigger(name = \"log\", after = update, of(a), when = \"…\", body = \"…\")",
    ),
];

impl TableAttr {
    pub(crate) fn read(attributes: &[Attribute], report: &mut Report) -> Self {
        let mut this = Self::default();
        nested(
            attributes,
            "table",
            KEYS,
            report,
            |key, span, input, report| {
                match key {
                    "name" => Set::once(&mut this.name, span, value(input)?, report),
                    "rename_all" => {
                        if let Some(case) = report.ok(Case::parse(&value(input)?)) {
                            Set::once(&mut this.rename_all, span, case, report);
                        }
                    }
                    "crate" => Set::once(&mut this.krate, span, value(input)?, report),
                    "strict" => Set::once(&mut this.strict, span, flag(input)?, report),
                    "without_rowid" => Set::once(&mut this.without_rowid, span, (), report),
                    "index_foreign_keys" => {
                        Set::once(&mut this.index_foreign_keys, span, flag(input)?, report)
                    }
                    _ => {
                        if !KEYS.iter().any(|(name, _)| *name == key) {
                            return Ok(false);
                        }
                        let content;
                        parenthesized!(content in input);
                        this.read_list(key, span, &content, report);
                    }
                }
                Ok(true)
            },
        );
        this
    }

    fn read_list(&mut self, key: &str, span: Span, input: ParseStream<'_>, report: &mut Report) {
        match key {
            "primary_key" => {
                let (columns, right) = columns(input, report);
                if columns.is_empty() && right {
                    report.at(span, "a primary key has columns: `primary_key(a, b)`");
                }
                Set::once(&mut self.primary_key, span, columns, report);
            }
            "unique" => self.uniques.push(UniqueAttr::read(span, input, report)),
            "index" => self.indexes.push(IndexAttr::read(span, input, report)),
            "check" => self.checks.extend(CheckAttr::read(span, input, report)),
            "foreign_key" => self
                .foreign_keys
                .push(ForeignKeyAttr::read(span, input, report)),
            "fts" => {
                let fts = FtsAttr::read(span, input, report);
                Set::once(&mut self.fts, span, fts, report);
            }
            _ => self.triggers.push(TriggerAttr::read(span, input, report)),
        }
    }
}

/// Names separated by commas, and whether all were right.
fn columns(input: ParseStream<'_>, report: &mut Report) -> (Vec<Ident>, bool) {
    let mut columns = Vec::new();
    let right = items(input, report, |input, _| {
        columns.push(column(input, &[])?);
        Ok(())
    });
    (columns, right)
}

/// The name of a field. With `=` behind it, it was meant to be one of the options.
fn column(input: ParseStream<'_>, options: &[&str]) -> syn::Result<Ident> {
    let word = input.call(Ident::parse_any)?;
    if input.peek(Token![=]) && !options.is_empty() {
        let message = unknown(&word.to_string(), options.iter().copied());
        return Err(syn::Error::new(word.span(), message));
    }
    Ok(word)
}

/// `key = value`, if the next word is this key.
fn option<T: Parse>(
    input: ParseStream<'_>,
    key: &str,
    slot: &mut Slot<T>,
    report: &mut Report,
) -> syn::Result<bool> {
    if !is_option(input, key) {
        return Ok(false);
    }
    let word = input.call(Ident::parse_any)?;
    input.parse::<Token![=]>()?;
    Set::once(slot, word.span(), input.parse()?, report);
    Ok(true)
}

/// Whether the next is `key =`: a column may have the same name.
fn is_option(input: ParseStream<'_>, key: &str) -> bool {
    input.peek2(Token![=])
        && input
            .fork()
            .call(Ident::parse_any)
            .is_ok_and(|word| word == key)
}

/// Whether the next is this word alone.
fn is_word(input: ParseStream<'_>, word: &str) -> bool {
    let ahead = input.fork();
    ahead
        .call(Ident::parse_any)
        .is_ok_and(|found| found == word)
        && (ahead.is_empty() || ahead.peek(Token![,]))
}

impl UniqueAttr {
    fn read(key: Span, input: ParseStream<'_>, report: &mut Report) -> Self {
        let mut this = Self {
            key,
            columns: Vec::new(),
            name: None,
        };
        let right = items(input, report, |input, report| {
            if !option(input, "name", &mut this.name, report)? {
                this.columns.push(column(input, &["name"])?);
            }
            Ok(())
        });
        if this.columns.is_empty() && right {
            report.at(key, "a unique key has columns: `unique(a, b)`");
        }
        this
    }
}

impl IndexAttr {
    fn read(key: Span, input: ParseStream<'_>, report: &mut Report) -> Self {
        let mut this = Self {
            key,
            parts: Vec::new(),
            unique: None,
            filter: None,
            name: None,
        };
        let right = items(input, report, |input, report| {
            if option(input, "name", &mut this.name, report)?
                || option(input, "where", &mut this.filter, report)?
            {
                return Ok(());
            }
            if is_word(input, "unique") {
                let word = input.call(Ident::parse_any)?;
                Set::once(&mut this.unique, word.span(), (), report);
                return Ok(());
            }
            this.parts.push(input.parse()?);
            Ok(())
        });
        if this.parts.is_empty() && right {
            report.at(key, "an index has columns: `index(a, b desc)`");
        }
        this
    }
}

impl Parse for PartAttr {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let expression: Option<LitStr> = if input.peek(LitStr) {
            Some(input.parse()?)
        } else {
            None
        };
        let column = if expression.is_none() {
            Some(column(input, &["name", "where"])?)
        } else {
            None
        };
        let (mut collate, mut descending) = (None, false);
        while !input.is_empty() && !input.peek(Token![,]) {
            let word = input.call(Ident::parse_any)?;
            match word.to_string().as_str() {
                "asc" => {}
                "desc" => descending = true,
                "collate" => collate = Some(collation(input)?),
                _ => {
                    return Err(syn::Error::new(
                        word.span(),
                        "expected `asc`, `desc`, `collate` or `,`",
                    ));
                }
            }
        }
        match (column, expression) {
            (Some(column), _) => Ok(Self::Column {
                column,
                collate,
                descending,
            }),
            (None, Some(expression)) => Ok(Self::Expression {
                expression,
                collate,
                descending,
            }),
            (None, None) => Err(input.error("expected a column")),
        }
    }
}

impl CheckAttr {
    /// `check(…)` holds one or several.
    pub(super) fn read(key: Span, input: ParseStream<'_>, report: &mut Report) -> Vec<Self> {
        let mut checks = Vec::new();
        let right = items(input, report, |input, _| {
            checks.push(input.parse()?);
            Ok(())
        });
        if checks.is_empty() && right {
            report.at(key, "a check has a condition: `check(\"a < b\")`");
        }
        checks
    }
}

impl Parse for CheckAttr {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = if input.peek(LitStr) {
            None
        } else {
            let name = input.call(Ident::parse_any)?;
            if !input.peek(Token![=]) {
                return Err(syn::Error::new(
                    name.span(),
                    "expected a condition in quotes, as in `check(\"a < b\")`, or a name before it: `check(a_before_b = \"a < b\")`",
                ));
            }
            input.parse::<Token![=]>()?;
            Some(name)
        };
        Ok(Self {
            name,
            expression: input.parse()?,
        })
    }
}

impl ForeignKeyAttr {
    fn read(key: Span, input: ParseStream<'_>, report: &mut Report) -> Self {
        let mut this = Self {
            columns: Vec::new(),
            references: None,
            on_delete: None,
            on_update: None,
            deferrable: None,
        };
        let right = items(input, report, |input, report| {
            if option(input, "on_delete", &mut this.on_delete, report)?
                || option(input, "on_update", &mut this.on_update, report)?
            {
                return Ok(());
            }
            let deferrable = is_word(input, "deferrable");
            let word = column(input, &["references", "on_delete", "on_update"])?;
            if deferrable {
                Set::once(&mut this.deferrable, word.span(), (), report);
            } else if word == "references" && input.peek(syn::token::Paren) {
                let references = in_parentheses(input, References::parse)?;
                Set::once(&mut this.references, word.span(), references, report);
            } else {
                this.columns.push(word);
            }
            Ok(())
        });
        if right && (this.columns.is_empty() || this.references.is_none()) {
            report.at(
                key,
                "a foreign key has columns and refers to a table: `foreign_key(a, b, references(Other(x, y)))`",
            );
        }
        this
    }
}

impl FtsAttr {
    fn read(key: Span, input: ParseStream<'_>, report: &mut Report) -> Self {
        let mut this = Self {
            columns: Vec::new(),
            name: None,
            content: None,
            tokenize: None,
            prefix: None,
            detail: None,
            columnsize: None,
        };
        let right = items(input, report, |input, report| {
            if option(input, "name", &mut this.name, report)?
                || option(input, "content", &mut this.content, report)?
                || option(input, "tokenize", &mut this.tokenize, report)?
                || option(input, "prefix", &mut this.prefix, report)?
                || option(input, "detail", &mut this.detail, report)?
            {
                return Ok(());
            }
            let mut columnsize: Slot<LitBool> = None;
            if option(input, "columnsize", &mut columnsize, report)? {
                if let Some(Set { key, value }) = columnsize {
                    Set::once(&mut this.columnsize, key, value.value, report);
                }
                return Ok(());
            }
            this.columns.push(input.parse()?);
            Ok(())
        });
        if this.columns.is_empty() && right {
            report.at(key, "full-text search has columns: `fts(title, body)`");
        }
        this
    }
}

const FTS_OPTIONS: &[&str] = &[
    "name",
    "content",
    "tokenize",
    "prefix",
    "detail",
    "columnsize",
];

impl Parse for FtsColumnAttr {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut this = Self {
            column: column(input, FTS_OPTIONS)?,
            weight: None,
            unindexed: false,
        };
        while !input.is_empty() && !input.peek(Token![,]) {
            let word = input.call(Ident::parse_any)?;
            match word.to_string().as_str() {
                "unindexed" => this.unindexed = true,
                "weight" => {
                    let number = if input.peek(LitInt) {
                        format!("{}.0", input.parse::<LitInt>()?.base10_digits())
                    } else if input.peek(LitFloat) {
                        input.parse::<LitFloat>()?.base10_digits().to_owned()
                    } else {
                        return Err(input.error("expected a number, as in `title weight 10`"));
                    };
                    this.weight = Some((word.span(), number));
                }
                _ => {
                    return Err(syn::Error::new(
                        word.span(),
                        "expected `weight`, `unindexed` or `,`",
                    ));
                }
            }
        }
        Ok(this)
    }
}

impl Parse for ContentAttr {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let word = input.call(Ident::parse_any)?;
        match word.to_string().as_str() {
            "none" => Ok(Self::None),
            "own" => Ok(Self::Own),
            _ => Err(syn::Error::new(
                word.span(),
                "expected `none` (an index without the text) or `own` (a copy of the text)",
            )),
        }
    }
}

impl Parse for DetailAttr {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let word = input.call(Ident::parse_any)?;
        match word.to_string().as_str() {
            "full" => Ok(Self::Full),
            "column" => Ok(Self::Column),
            "none" => Ok(Self::None),
            _ => Err(syn::Error::new(
                word.span(),
                "expected `full`, `column` or `none`",
            )),
        }
    }
}

impl TriggerAttr {
    fn read(key: Span, input: ParseStream<'_>, report: &mut Report) -> Self {
        let mut this = Self {
            key: Some(key),
            ..Self::default()
        };
        items(input, report, |input, report| {
            if option(input, "name", &mut this.name, report)?
                || option(input, "before", &mut this.before, report)?
                || option(input, "after", &mut this.after, report)?
                || option(input, "when", &mut this.when, report)?
                || option(input, "body", &mut this.body, report)?
            {
                return Ok(());
            }
            let word = input.call(Ident::parse_any)?;
            if word != "of" || !input.peek(syn::token::Paren) {
                return Err(syn::Error::new(
                    word.span(),
                    "expected `name = …`, `before = …`, `after = …`, `of(…)`, `when = …` or `body = …`",
                ));
            }
            let content;
            parenthesized!(content in input);
            let (columns, right) = columns(&content, report);
            if columns.is_empty() && right {
                report.at(word.span(), "expected the columns: `of(a, b)`");
            }
            Set::once(&mut this.of, word.span(), columns, report);
            Ok(())
        });
        this
    }
}

impl TriggerAttr {
    /// Where to tell of something that is missing.
    pub(crate) fn span(&self) -> Span {
        self.key.unwrap_or_else(|| {
            self.name
                .as_ref()
                .map_or_else(Span::call_site, |name| name.value.span())
        })
    }
}
