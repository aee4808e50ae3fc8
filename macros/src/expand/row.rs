use super::{codec_path, scope};
use crate::model::Row;
use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::ext::IdentExt;

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
    let columns = quote!(<#table as __tablature::Table>::COLUMNS);
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
        let (name, ty) = (field.ident, field.ty);
        let position = Literal::usize_unsuffixed(position);
        let read = quote_spanned!(field.type_span()=> __tablature::read::<_, #ty, _>(#columns.#name, values, #position));
        quote!(#name: #read?)
    });
    let select = super::table::text(
        krate,
        quote!(select_sql(<#table as __tablature::Table>::TABLE, &[#(#positions),*])),
    );
    quote! {
        #[automatically_derived]
        impl __tablature::Mapped for #ident {
            const SOURCE: &'static __tablature::str = <#table as __tablature::Table>::NAME;
            const NAMES: &'static [&'static __tablature::str] = &[#(#names),*];
            const SELECT: &'static __tablature::str = #select.text();
            #[inline]
            fn read(values: &__tablature::Values<'_>) -> __tablature::Result<Self, __tablature::ReadError> {
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
    let values = row.fields.0.iter().enumerate().map(|(position, field)| {
        let name = field.ident;
        let codec = codec_path(field);
        let position = Literal::usize_unsuffixed(position);
        quote!(#name: values.read(#position, #codec::read)?)
    });
    quote! {
        #[automatically_derived]
        impl __tablature::Mapped for #ident {
            const SOURCE: &'static __tablature::str = #source;
            const NAMES: &'static [&'static __tablature::str] = &[#(#names),*];
            const SELECT: &'static __tablature::str = "";
            #[inline]
            fn read(values: &__tablature::Values<'_>) -> __tablature::Result<Self, __tablature::ReadError> {
                __tablature::Ok(Self { #(#values),* })
            }
        }
        #[automatically_derived]
        impl __tablature::Row for #ident {}
    }
}
