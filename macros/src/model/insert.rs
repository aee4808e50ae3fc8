use super::resolve::{Fields, Lifetimes, no_generics};
use super::row::krate_or_default;
use crate::attr::{Keys, Set, Slot, nested, value};
use crate::report::Report;
use proc_macro2::TokenStream;
use syn::{DeriveInput, Generics, Ident, Path};

/// A struct with `#[derive(Insert)]`.
pub(crate) struct Insert<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    pub(crate) krate: TokenStream,
    /// None only where the attribute is missing, which was reported.
    pub(crate) into: Option<Path>,
    pub(crate) fields: Fields<'a>,
}

const KEYS: Keys = &[
    ("into", "into = Post"),
    ("crate", "crate = path::to::tablature"),
];

impl<'a> Insert<'a> {
    pub(crate) fn read(input: &'a DeriveInput, report: &mut Report) -> Self {
        let (mut into, mut krate): (Slot<Path>, Slot<Path>) = (None, None);
        nested(
            &input.attrs,
            "insert",
            KEYS,
            report,
            |key, span, input, report| {
                match key {
                    "into" => Set::once(&mut into, span, value(input)?, report),
                    "crate" => Set::once(&mut krate, span, value(input)?, report),
                    _ => return Ok(false),
                }
                Ok(true)
            },
        );
        if into.is_none() {
            report.at(
                input.ident.span(),
                "into which table? write `#[insert(into = Post)]`",
            );
        }
        no_generics(input, "an insert", Lifetimes::Allowed, report);
        let fields = Fields::read(input, "an insert", None, report);
        for field in &fields.0 {
            field.attr.only_encoding_and_name(false, report);
        }
        let into = into.map(|into| into.value);
        Self {
            ident: &input.ident,
            generics: &input.generics,
            krate: krate_or_default(krate),
            into,
            fields,
        }
    }
}
