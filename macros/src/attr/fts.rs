use super::key::{Set, Slot, items};
use super::list::{column, option};
use crate::report::Report;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitBool, LitFloat, LitInt, LitStr, Token};

/// `fts(title weight 10, body, lang unindexed, tokenize = "…", …)`
pub(crate) struct FtsAttr {
    pub(crate) columns: Vec<FtsColumnAttr>,
    pub(crate) name: Slot<LitStr>,
    pub(crate) content: Slot<ContentAttr>,
    pub(crate) tokenize: Slot<LitStr>,
    pub(crate) prefix: Slot<LitStr>,
    pub(crate) detail: Slot<DetailAttr>,
    pub(crate) columnsize: Slot<bool>,
    pub(crate) triggers: Slot<bool>,
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

impl FtsAttr {
    pub(super) fn read(key: Span, input: ParseStream<'_>, report: &mut Report) -> Self {
        let mut this = Self {
            columns: Vec::new(),
            name: None,
            content: None,
            tokenize: None,
            prefix: None,
            detail: None,
            columnsize: None,
            triggers: None,
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
            for (name, slot) in [
                ("columnsize", &mut this.columnsize),
                ("triggers", &mut this.triggers),
            ] {
                let mut set: Slot<LitBool> = None;
                if option(input, name, &mut set, report)? {
                    if let Some(Set { key, value }) = set {
                        Set::once(slot, key, value.value, report);
                    }
                    return Ok(());
                }
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
    "triggers",
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
