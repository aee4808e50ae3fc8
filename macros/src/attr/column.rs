use super::constraint::CheckAttr;
use super::key::{Keys, Set, Slot, flag, in_parentheses, nested, value};
use crate::report::Report;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{
    Attribute, Expr, ExprLit, ExprUnary, Ident, Lit, LitStr, Path, Token, UnOp, parenthesized,
};

/// `#[column(…)]` on a field of a table.
#[derive(Default)]
pub(crate) struct ColumnAttr {
    pub(crate) name: Slot<LitStr>,
    pub(crate) primary_key: Slot<()>,
    pub(crate) autoincrement: Slot<()>,
    pub(crate) default: Slot<DefaultAttr>,
    pub(crate) default_sql: Slot<LitStr>,
    pub(crate) unique: Slot<bool>,
    pub(crate) index: Slot<bool>,
    pub(crate) checks: Vec<CheckAttr>,
    pub(crate) own_check: Slot<bool>,
    pub(crate) sql_type: Slot<LitStr>,
    pub(crate) not_null: Slot<()>,
    pub(crate) collate: Slot<LitStr>,
    pub(crate) generated: Slot<LitStr>,
    pub(crate) stored: Slot<()>,
    pub(crate) references: Slot<References>,
    pub(crate) on_delete: Slot<Ident>,
    pub(crate) on_update: Slot<Ident>,
    pub(crate) deferrable: Slot<()>,
    pub(crate) touch: Slot<Option<LitStr>>,
    pub(crate) immutable: Slot<()>,
    pub(crate) encoding: Slot<Encoding>,
    pub(crate) renamed_from: Slot<LitStr>,
    pub(crate) backfill: Slot<LitStr>,
    pub(crate) using: Slot<LitStr>,
}

/// A default: a literal, or the word `now`.
pub(crate) enum DefaultAttr {
    Literal { negative: bool, literal: Lit },
    Now(Span),
}

/// How a field whose type is no column type is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Json,
    Text,
}

/// What a foreign key refers to.
#[derive(Clone)]
pub(crate) enum References {
    /// `references(Author)` or `references(Author(tenant, id))`.
    Struct { table: Path, columns: Vec<Ident> },
    /// `references("authors")` or `references("authors"("tenant", "id"))`.
    Name { table: LitStr, columns: Vec<LitStr> },
}

const KEYS: Keys = &[
    ("name", "name = \"title\""),
    ("primary_key", "primary_key"),
    ("autoincrement", "autoincrement"),
    (
        "default",
        "default = \"draft\"` with a text, a number, a bool, or `default = now",
    ),
    ("default_sql", "default_sql = \"unixepoch()\""),
    ("unique", "unique` or `unique = constraint"),
    ("index", "index` or `index = false"),
    (
        "check",
        "check(\"length(title) > 0\")` or `check(title_not_empty = \"length(title) > 0\")`; without the type's own, `check = false",
    ),
    ("sql_type", "sql_type = \"VARCHAR(80)\""),
    ("not_null", "not_null"),
    ("collate", "collate = nocase"),
    ("generated", "generated = \"price * amount\""),
    ("stored", "stored"),
    (
        "references",
        "references(Author)` or `references(Author(email))`, and without a struct `references(\"authors\"(\"id\"))",
    ),
    ("on_delete", "on_delete = cascade"),
    ("on_update", "on_update = cascade"),
    ("deferrable", "deferrable"),
    ("touch", "touch` or `touch = \"unixepoch()\""),
    ("immutable", "immutable"),
    ("json", "json"),
    ("text", "text"),
    ("renamed_from", "renamed_from = \"headline\""),
    ("backfill", "backfill = \"lower(title)\""),
    ("using", "using = \"CAST(price AS INTEGER)\""),
];

impl ColumnAttr {
    pub(crate) fn read(attributes: &[Attribute], report: &mut Report) -> Self {
        let mut this = Self::default();
        nested(
            attributes,
            "column",
            KEYS,
            report,
            |key, span, input, report| {
                match key {
                    "name" => Set::once(&mut this.name, span, value(input)?, report),
                    "primary_key" => Set::once(&mut this.primary_key, span, (), report),
                    "autoincrement" => Set::once(&mut this.autoincrement, span, (), report),
                    "default" => {
                        input.parse::<Token![=]>()?;
                        if let Some(default) = report.ok(input.parse()) {
                            Set::once(&mut this.default, span, default, report);
                        }
                    }
                    "default_sql" => Set::once(&mut this.default_sql, span, value(input)?, report),
                    "unique" => {
                        let constraint = constraint(input)?;
                        Set::once(&mut this.unique, span, constraint, report);
                    }
                    "index" => Set::once(&mut this.index, span, flag(input)?, report),
                    "check" if input.peek(Token![=]) => {
                        let own = flag(input)?;
                        Set::once(&mut this.own_check, span, own, report);
                    }
                    "sql_type" => Set::once(&mut this.sql_type, span, value(input)?, report),
                    "not_null" => Set::once(&mut this.not_null, span, (), report),
                    "check" => {
                        let content;
                        parenthesized!(content in input);
                        this.checks.extend(CheckAttr::read(span, &content, report));
                    }
                    "collate" => {
                        input.parse::<Token![=]>()?;
                        Set::once(&mut this.collate, span, collation(input)?, report);
                    }
                    "generated" => Set::once(&mut this.generated, span, value(input)?, report),
                    "stored" => Set::once(&mut this.stored, span, (), report),
                    "references" => {
                        let references = in_parentheses(input, References::parse)?;
                        Set::once(&mut this.references, span, references, report);
                    }
                    "on_delete" => Set::once(&mut this.on_delete, span, value(input)?, report),
                    "on_update" => Set::once(&mut this.on_update, span, value(input)?, report),
                    "deferrable" => Set::once(&mut this.deferrable, span, (), report),
                    "touch" => {
                        let expression = if input.peek(Token![=]) {
                            Some(value(input)?)
                        } else {
                            None
                        };
                        Set::once(&mut this.touch, span, expression, report);
                    }
                    "immutable" => Set::once(&mut this.immutable, span, (), report),
                    "json" => encode(&mut this.encoding, span, Encoding::Json, report),
                    "text" => encode(&mut this.encoding, span, Encoding::Text, report),
                    "renamed_from" => {
                        Set::once(&mut this.renamed_from, span, value(input)?, report)
                    }
                    "backfill" => Set::once(&mut this.backfill, span, value(input)?, report),
                    "using" => Set::once(&mut this.using, span, value(input)?, report),
                    _ => return Ok(false),
                }
                Ok(true)
            },
        );
        this
    }
}

impl ColumnAttr {
    /// Each key that was set, with its place.
    fn set_keys(&self) -> impl Iterator<Item = (&'static str, Span)> {
        fn key<T>(name: &'static str, slot: &Slot<T>) -> Option<(&'static str, Span)> {
            slot.as_ref().map(|set| (name, set.key))
        }
        [
            key("name", &self.name),
            key("primary_key", &self.primary_key),
            key("autoincrement", &self.autoincrement),
            key("default", &self.default),
            key("default_sql", &self.default_sql),
            key("unique", &self.unique),
            key("index", &self.index),
            self.checks
                .first()
                .map(|check| ("check", check.expression.span())),
            key("check", &self.own_check),
            key("sql_type", &self.sql_type),
            key("not_null", &self.not_null),
            key("collate", &self.collate),
            key("generated", &self.generated),
            key("stored", &self.stored),
            key("references", &self.references),
            key("on_delete", &self.on_delete),
            key("on_update", &self.on_update),
            key("deferrable", &self.deferrable),
            key("touch", &self.touch),
            key("immutable", &self.immutable),
            key("encoding", &self.encoding),
            key("renamed_from", &self.renamed_from),
            key("backfill", &self.backfill),
            key("using", &self.using),
        ]
        .into_iter()
        .flatten()
    }

    /// In a projection or an insert, the columns are the table's, which says everything about them.
    pub(crate) fn only_encoding_and_name(&self, free_standing: bool, report: &mut Report) {
        for (name, span) in self.set_keys() {
            match name {
                "name" | "encoding" if free_standing => {}
                "name" => report.at(
                    span,
                    "the table says what its column is called; name the field as the table's field",
                ),
                "encoding" => report.at(
                    span,
                    "the table says how its column is stored; take this away",
                ),
                name => report.at(
                    span,
                    format!("`{name}` belongs to the column of a table; take it away"),
                ),
            }
        }
    }
}

fn encode(slot: &mut Slot<Encoding>, key: Span, encoding: Encoding, report: &mut Report) {
    match slot {
        Some(set) if set.value != encoding => report.at(
            key,
            "a column is stored in one form; write `json` or `text`",
        ),
        _ => Set::once(slot, key, encoding, report),
    }
}

/// Nothing, or `= constraint`.
fn constraint(input: ParseStream<'_>) -> syn::Result<bool> {
    if !input.peek(Token![=]) {
        return Ok(false);
    }
    let word: Ident = value(input)?;
    if word != "constraint" {
        return Err(syn::Error::new(word.span(), "expected `constraint`"));
    }
    Ok(true)
}

/// `nocase`, or a name in quotes.
pub(crate) fn collation(input: ParseStream<'_>) -> syn::Result<LitStr> {
    if input.peek(LitStr) {
        return input.parse();
    }
    let word = input.call(Ident::parse_any)?;
    Ok(LitStr::new(&word.to_string(), word.span()))
}

impl Parse for References {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let this = if input.peek(LitStr) {
            Self::Name {
                table: input.parse()?,
                columns: other_columns(input, <LitStr as Parse>::parse)?,
            }
        } else {
            Self::Struct {
                table: input.call(Path::parse_mod_style)?,
                columns: other_columns(input, Ident::parse_any)?,
            }
        };
        if !input.is_empty() {
            return Err(input.error("expected `)`"));
        }
        Ok(this)
    }
}

/// What stands in parentheses behind the other table; nothing means its primary key.
fn other_columns<T>(
    input: ParseStream<'_>,
    column: fn(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Vec<T>> {
    if !input.peek(syn::token::Paren) {
        return Ok(Vec::new());
    }
    let place = input.span();
    let columns = in_parentheses(input, |input| input.parse_terminated(column, Token![,]))?;
    if columns.is_empty() {
        return Err(syn::Error::new(
            place,
            "expected a column of the other table",
        ));
    }
    Ok(columns.into_iter().collect())
}

impl Parse for DefaultAttr {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let expression: Expr = input.parse()?;
        match &expression {
            Expr::Lit(ExprLit { lit, .. }) => Ok(Self::Literal {
                negative: false,
                literal: lit.clone(),
            }),
            Expr::Unary(ExprUnary {
                op: UnOp::Neg(_),
                expr,
                ..
            }) => match &**expr {
                Expr::Lit(ExprLit {
                    lit: lit @ (Lit::Int(_) | Lit::Float(_)),
                    ..
                }) => Ok(Self::Literal {
                    negative: true,
                    literal: lit.clone(),
                }),
                _ => Err(syn::Error::new_spanned(&expression, "expected a number")),
            },
            Expr::Path(path) if path.path.is_ident("now") => {
                Ok(Self::Now(syn::spanned::Spanned::span(path)))
            }
            _ => Err(syn::Error::new_spanned(
                &expression,
                "expected a literal or `now`; an expression of SQL goes into `default_sql = \"…\"`",
            )),
        }
    }
}
