use super::key::{Set, Slot, items};
use super::list::{columns, option};
use crate::report::Report;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, parenthesized};

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

impl TriggerAttr {
    pub(super) fn read(key: Span, input: ParseStream<'_>, report: &mut Report) -> Self {
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
