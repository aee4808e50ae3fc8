use super::column::References;
use super::key::{Set, Slot, in_parentheses, items};
use super::list::{column, is_word, option};
use crate::report::Report;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

/// `"a > 0"`, or `a_positive = "a > 0"`
pub(crate) struct CheckAttr {
    pub(crate) name: Option<LitStr>,
    pub(crate) expression: LitStr,
}

/// `foreign_key(a, b, references(Other(x, y)), on_delete = …, on_update = …, deferrable, name = "…")`
pub(crate) struct ForeignKeyAttr {
    pub(crate) columns: Vec<Ident>,
    pub(crate) references: Slot<References>,
    pub(crate) on_delete: Slot<Ident>,
    pub(crate) on_update: Slot<Ident>,
    pub(crate) deferrable: Slot<()>,
    pub(crate) name: Slot<LitStr>,
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
        let name = if input.peek(LitStr) && !input.peek2(Token![=]) {
            None
        } else if input.peek(LitStr) {
            let name = input.parse()?;
            input.parse::<Token![=]>()?;
            Some(name)
        } else {
            let name = input.call(Ident::parse_any)?;
            if !input.peek(Token![=]) {
                return Err(syn::Error::new(
                    name.span(),
                    "expected a condition in quotes, as in `check(\"a < b\")`, or a name before it: `check(a_before_b = \"a < b\")`",
                ));
            }
            input.parse::<Token![=]>()?;
            Some(LitStr::new(&name.unraw().to_string(), name.span()))
        };
        Ok(Self {
            name,
            expression: input.parse()?,
        })
    }
}

impl ForeignKeyAttr {
    pub(super) fn read(key: Span, input: ParseStream<'_>, report: &mut Report) -> Self {
        let mut this = Self {
            columns: Vec::new(),
            references: None,
            on_delete: None,
            on_update: None,
            deferrable: None,
            name: None,
        };
        let right = items(input, report, |input, report| {
            if option(input, "on_delete", &mut this.on_delete, report)?
                || option(input, "on_update", &mut this.on_update, report)?
                || option(input, "name", &mut this.name, report)?
            {
                return Ok(());
            }
            let deferrable = is_word(input, "deferrable");
            let word = column(input, &["references", "on_delete", "on_update", "name"])?;
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
