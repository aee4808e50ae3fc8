use super::{Place, codec_item, read, scope, table_item};
use crate::model::Row;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Ident, Path};

pub(crate) fn row(row: &Row<'_>) -> TokenStream {
    let items = match &row.of {
        Some(table) => projection(row, table),
        None => free_standing(row),
    };
    scope(&row.krate, items)
}

/// Columns of a table. A field has the type that it has there.
fn projection(row: &Row<'_>, table: &Path) -> TokenStream {
    let (ident, krate) = (row.ident, &row.krate);
    let columns = table_item(table, "COLUMNS");
    let positions: Vec<_> = row
        .fields
        .0
        .iter()
        .map(|field| {
            let name = field.ident;
            quote!(#columns.#name.position())
        })
        .collect();
    let names = row.fields.0.iter().map(|field| {
        let name = field.ident;
        quote!(#columns.#name.name())
    });
    let values = row.fields.0.iter().enumerate().map(|(position, field)| {
        let name = field.ident;
        let position = Literal::usize_unsuffixed(position);
        // Another type than the column's is a mismatch at the field's type, and nothing else.
        let value = Ident::new("value", Place::of(field.ty).generated().first);
        quote!(#name: match __tablature::read(#columns.#name, values, #position) {
            __tablature::Ok(#value) => #value,
            __tablature::Err(error) => return __tablature::Err(error),
        })
    });
    let (this, source) = (table_item(table, "TABLE"), table_item(table, "NAME"));
    let select =
        quote!(#krate::__text!(text(__tablature::SqlText::Select(#this, &[#(#positions),*]))));
    quote! {
        #[automatically_derived]
        impl __tablature::Mapped for #ident {
            const SOURCE: &'static __tablature::str = #source;
            const NAMES: &'static [&'static __tablature::str] = &[#(#names),*];
            const SELECT: &'static __tablature::str = #select;
            const KINDS: __tablature::Kinds = __tablature::Kinds::Projection(#this, &[#(#positions),*]);
            #[inline]
            fn read<const ORDERED: __tablature::bool>(values: &__tablature::Values<'_, ORDERED>) -> __tablature::Result<Self, __tablature::ReadError> {
                __tablature::Ok(Self { #(#values),* })
            }
        }
        #[automatically_derived]
        impl __tablature::Row for #ident {}
    }
}

fn free_standing(row: &Row<'_>) -> TokenStream {
    let ident = row.ident;
    let source = ident.unraw().to_string();
    let names = row.fields.0.iter().map(|field| &field.column);
    let facts = row.fields.0.iter().map(|field| codec_item(field, "FACTS"));
    let values = row.fields.0.iter().enumerate().map(|(position, field)| {
        let name = field.ident;
        let value = read(field, position);
        quote!(#name: #value?)
    });
    quote! {
        #[automatically_derived]
        impl __tablature::Mapped for #ident {
            const SOURCE: &'static __tablature::str = #source;
            const NAMES: &'static [&'static __tablature::str] = &[#(#names),*];
            const SELECT: &'static __tablature::str = "";
            const KINDS: __tablature::Kinds = __tablature::Kinds::Each(&[#(#facts),*]);
            #[inline]
            fn read<const ORDERED: __tablature::bool>(values: &__tablature::Values<'_, ORDERED>) -> __tablature::Result<Self, __tablature::ReadError> {
                __tablature::Ok(Self { #(#values),* })
            }
        }
        #[automatically_derived]
        impl __tablature::Row for #ident {}
    }
}
