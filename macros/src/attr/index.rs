use super::column::collation;
use super::key::{Set, Slot, items};
use super::list::{column, is_word, option};
use crate::report::Report;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

/// `unique(a, b, name = "…", constraint, on_conflict = replace)`
pub(crate) struct UniqueAttr {
    pub(crate) key: Span,
    pub(crate) columns: Vec<Ident>,
    pub(crate) name: Slot<LitStr>,
    pub(crate) constraint: Slot<()>,
    pub(crate) on_conflict: Slot<Ident>,
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

impl UniqueAttr {
    pub(super) fn read(key: Span, input: ParseStream<'_>, report: &mut Report) -> Self {
        let mut this = Self {
            key,
            columns: Vec::new(),
            name: None,
            constraint: None,
            on_conflict: None,
        };
        let right = items(input, report, |input, report| {
            if option(input, "name", &mut this.name, report)?
                || option(input, "on_conflict", &mut this.on_conflict, report)?
            {
                return Ok(());
            }
            if is_word(input, "constraint") {
                let word = input.call(Ident::parse_any)?;
                Set::once(&mut this.constraint, word.span(), (), report);
                return Ok(());
            }
            this.columns.push(column(input, &["name", "on_conflict"])?);
            Ok(())
        });
        if let (Some(conflict), None) = (&this.on_conflict, &this.constraint) {
            report.at(
                conflict.key,
                "`on_conflict` goes with `constraint`: an index has no such clause",
            );
        }
        if this.columns.is_empty() && right {
            report.at(key, "a unique key has columns: `unique(a, b)`");
        }
        this
    }
}

impl IndexAttr {
    pub(super) fn read(key: Span, input: ParseStream<'_>, report: &mut Report) -> Self {
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
