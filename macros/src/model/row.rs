use super::resolve::{Fields, Lifetimes, no_generics, no_references};
use crate::attr::{Keys, Set, Slot, nested, value};
use crate::report::Report;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Generics, Ident, Path};

/// A struct with `#[derive(Row)]`.
pub(crate) struct Row<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
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
            |key, span, input, report| {
                match key {
                    "of" => Set::once(&mut of, span, value(input)?, report),
                    "crate" => Set::once(&mut krate, span, value(input)?, report),
                    _ => return Ok(false),
                }
                Ok(true)
            },
        );
        no_generics(input, "a row", Lifetimes::Refused, report);
        no_references(input, report);
        let fields = Fields::read(input, "a row", None, report);
        for field in &fields.0 {
            field.attr.only_encoding_and_name(of.is_none(), report);
        }
        Self {
            ident: &input.ident,
            generics: &input.generics,
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
