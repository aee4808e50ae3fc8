use super::resolve::{Lifetimes, no_generics};
use super::row::krate_or_default;
use crate::attr::{Keys, Set, Slot, nested, value};
use crate::case::Case;
use crate::report::Report;
use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;
use std::collections::BTreeMap;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, Generics, Ident, LitStr, Path, Type};

/// An enum or a newtype with `#[derive(ColumnType)]`.
pub(crate) struct ColumnType<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    pub(crate) krate: TokenStream,
    pub(crate) shape: Shape<'a>,
}

pub(crate) enum Shape<'a> {
    Texts(Vec<Variant<'a>>),
    Integers(Vec<Variant<'a>>),
    Newtype {
        field: TokenStream,
        ty: &'a Type,
    },
    /// `Json` or `Text`, at the word in the attribute.
    Codec(Ident),
}

pub(crate) struct Variant<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) text: String,
}

/// `#[column_type(…)]` on the item.
#[derive(Default)]
struct Attr {
    text: Slot<()>,
    integer: Slot<()>,
    json: Slot<()>,
    rename_all: Slot<Case>,
    krate: Slot<Path>,
}

const KEYS: Keys = &[
    ("text", "text"),
    ("integer", "integer"),
    ("json", "json"),
    ("rename_all", "rename_all = \"snake_case\""),
    ("crate", "crate = path::to::tablature"),
];

const VARIANT_KEYS: Keys = &[("rename", "rename = \"in_review\"")];

impl<'a> ColumnType<'a> {
    pub(crate) fn read(input: &'a DeriveInput, report: &mut Report) -> Self {
        let mut attr = Attr::default();
        nested(
            &input.attrs,
            "column_type",
            KEYS,
            report,
            |key, span, input, report| {
                match key {
                    "text" => Set::once(&mut attr.text, span, (), report),
                    "integer" => Set::once(&mut attr.integer, span, (), report),
                    "json" => Set::once(&mut attr.json, span, (), report),
                    "rename_all" => {
                        if let Some(case) = report.ok(Case::parse(&value(input)?)) {
                            Set::once(&mut attr.rename_all, span, case, report);
                        }
                    }
                    "crate" => Set::once(&mut attr.krate, span, value(input)?, report),
                    _ => return Ok(false),
                }
                Ok(true)
            },
        );
        no_generics(input, "a column type", Lifetimes::Refused, report);
        let kinds: Vec<Span> = [&attr.text, &attr.integer, &attr.json]
            .into_iter()
            .flatten()
            .map(|set| set.key)
            .collect();
        if let Some(second) = kinds.get(1) {
            report.at(
                *second,
                "a column has one form: `text`, `integer` or `json`",
            );
        }
        let shape = if let Some(json) = &attr.json {
            Shape::Codec(Ident::new("Json", json.key))
        } else {
            match &input.data {
                Data::Enum(data) => variants(input, data, &attr, report),
                Data::Struct(data) => newtype(input, &data.fields, &attr, report),
                Data::Union(_) => {
                    report.at(input.ident.span(), "a column type is an enum or a newtype");
                    Shape::Texts(Vec::new())
                }
            }
        };
        if let (Some(rename_all), false) = (&attr.rename_all, matches!(shape, Shape::Texts(_))) {
            report.at(
                rename_all.key,
                "`rename_all` goes with an enum that is stored as text",
            );
        }
        Self {
            ident: &input.ident,
            generics: &input.generics,
            krate: krate_or_default(attr.krate),
            shape,
        }
    }
}

fn variants<'a>(
    input: &'a DeriveInput,
    data: &'a syn::DataEnum,
    attr: &Attr,
    report: &mut Report,
) -> Shape<'a> {
    if data.variants.is_empty() {
        report.at(
            input.ident.span(),
            "an enum without variants has no value to store",
        );
    }
    let case = attr
        .rename_all
        .as_ref()
        .map_or(Case::Snake, |case| case.value);
    let mut texts = BTreeMap::new();
    let mut variants = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            report.at(variant.fields.span(), "a variant with fields is no value of a column; write `#[column_type(json)]` on the enum");
        }
        let mut rename: Slot<LitStr> = None;
        nested(
            &variant.attrs,
            "column_type",
            VARIANT_KEYS,
            report,
            |key, span, input, report| {
                if key != "rename" {
                    return Ok(false);
                }
                Set::once(&mut rename, span, value(input)?, report);
                Ok(true)
            },
        );
        if let (Some(rename), true) = (&rename, attr.integer.is_some()) {
            report.at(
                rename.key,
                "an integer has no name; give the variant a number: `Draft = 1`",
            );
        }
        let place = rename
            .as_ref()
            .map_or_else(|| variant.ident.span(), |rename| rename.value.span());
        let text = rename.map_or_else(
            || case.apply(&variant.ident.unraw().to_string()),
            |rename| rename.value.value(),
        );
        if text.contains('\0') {
            report.at(place, "a value has no NUL character");
        }
        if let Some(other) = texts.insert(text.clone(), &variant.ident) {
            report.at(
                place,
                format!(
                    "`{}` and `{other}` are both stored as '{text}'",
                    variant.ident
                ),
            );
        }
        variants.push(Variant {
            ident: &variant.ident,
            text,
        });
    }
    if attr.integer.is_some() {
        Shape::Integers(variants)
    } else {
        Shape::Texts(variants)
    }
}

fn newtype<'a>(
    input: &'a DeriveInput,
    fields: &'a Fields,
    attr: &Attr,
    report: &mut Report,
) -> Shape<'a> {
    if let Some(integer) = &attr.integer {
        report.at(
            integer.key,
            "`integer` goes with an enum; a newtype is stored as what it holds",
        );
    }
    if let Some(text) = &attr.text {
        return Shape::Codec(Ident::new("Text", text.key));
    }
    let mut all = fields.iter();
    match (all.next(), all.next()) {
        (Some(field), None) => {
            let name = field.ident.as_ref().map_or_else(
                || {
                    let zero = Literal::usize_unsuffixed(0);
                    quote!(#zero)
                },
                |ident| quote!(#ident),
            );
            Shape::Newtype {
                field: name,
                ty: &field.ty,
            }
        }
        _ => {
            let message = "a struct is a column if it has one field; otherwise write `#[column_type(json)]`, or `#[column_type(text)]` if it has `Display` and `FromStr`";
            report.at(input.ident.span(), message);
            Shape::Texts(Vec::new())
        }
    }
}
