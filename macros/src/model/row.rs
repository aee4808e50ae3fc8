use super::resolve::{Fields, Lifetimes, no_generics};
use crate::attr::{Keys, Set, Slot, literal, nested};
use crate::report::Report;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Ident, Path};

/// A struct with `#[derive(Row)]`.
pub(crate) struct Row<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) krate: TokenStream,
    pub(crate) of: Option<Path>,
    pub(crate) fields: Fields<'a>,
}

const KEYS: Keys = &[
    ("of", "of = Post"),
    ("crate", "crate = path::to::tablature"),
];

impl<'a> Row<'a> {
    pub(crate) fn read(input: &'a DeriveInput, report: &mut Report) -> Self {
        let (mut of, mut krate): (Slot<Path>, Slot<Path>) = (None, None);
        nested(
            &input.attrs,
            "row",
            KEYS,
            report,
            |key, span, meta, report| {
                match key {
                    "of" => Set::once(&mut of, span, literal(meta)?, report),
                    "crate" => Set::once(&mut krate, span, literal(meta)?, report),
                    _ => return Ok(false),
                }
                Ok(true)
            },
        );
        no_generics(input, "a row", Lifetimes::Refused, report);
        let fields = Fields::read(input, "a row", None, report);
        for field in &fields.0 {
            field.attr.only_encoding_and_name(of.is_none(), report);
        }
        Self {
            ident: &input.ident,
            krate: krate_or_default(krate),
            of: of.map(|of| of.value),
            fields,
        }
    }
}

pub(crate) fn krate_or_default(krate: Slot<Path>) -> TokenStream {
    match krate {
        Some(Set { value, .. }) => quote!(#value),
        None => quote!(::tablature),
    }
}
