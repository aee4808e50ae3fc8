use super::assertions::assertions;
use super::description::{description, positions};
use super::relation::{key_value, relations};
use super::{codec, codec_item, read, scope};
use crate::model::{Field, Table};
use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

pub(crate) fn table(table: &Table<'_>) -> TokenStream {
    let columns = columns_struct(table);
    let mapped = mapped(table);
    let insert = insert(table);
    let implementation = implementation(table);
    let relations = relations(table);
    let assertions = assertions(table);
    let krate = &table.krate;
    scope(
        krate,
        quote!(#columns #mapped #insert #implementation #relations #assertions),
    )
}

/// The struct of handles. Its fields are as visible as the user's.
fn columns_struct(table: &Table<'_>) -> TokenStream {
    let Table {
        ident, visibility, ..
    } = table;
    let (visibility, columns) = (generated(visibility), &table.columns);
    let fields = table.fields.0.iter().map(|field| {
        let Field {
            ident: name,
            visibility,
            ty,
            ..
        } = field;
        let (visibility, name) = (generated(visibility), generated(name));
        let codec = codec(field).unwrap_or_else(|| quote!(__tablature::Plain));
        quote!(#visibility #name: __tablature::Column<#ident, #ty, #codec>)
    });
    quote! {
        #[doc(hidden)]
        #visibility struct #columns { #(#fields),* }
    }
}

fn mapped(table: &Table<'_>) -> TokenStream {
    let Table { ident, name, .. } = table;
    let names = table.fields.0.iter().map(|field| &field.column);
    let values = table.fields.0.iter().enumerate().map(|(position, field)| {
        let name = field.ident;
        let value = read(field, position);
        quote!(#name: #value?)
    });
    quote! {
        #[automatically_derived]
        impl __tablature::Mapped for #ident {
            const SOURCE: &'static __tablature::str = #name;
            const NAMES: &'static [&'static __tablature::str] = &[#(#names),*];
            const SELECT: &'static __tablature::str = __tablature::select_of::<#ident>();
            const KINDS: __tablature::Kinds = __tablature::Kinds::Table(<#ident as __tablature::Table>::TABLE);
            #[inline]
            fn read<const ORDERED: __tablature::bool>(values: &__tablature::Values<'_, ORDERED>) -> __tablature::Result<Self, __tablature::ReadError> {
                __tablature::Ok(Self { #(#values),* })
            }
        }
    }
}

fn insert(table: &Table<'_>) -> TokenStream {
    let ident = table.ident;
    let writable = table.writable();
    let given = positions(&writable);
    let binds = writable.iter().map(|position| {
        let field = &table.fields.0[*position];
        let name = field.ident;
        let write = codec_item(field, "write");
        quote!(to.bind(#write(&self.#name))?;)
    });
    quote! {
        #[automatically_derived]
        impl __tablature::Insert for #ident {
            type Into = Self;
            const GIVEN: &'static [__tablature::usize] = &#given;
            #[inline]
            fn bind(&self, to: &mut __tablature::Binder<'_, '_>) -> __tablature::Result<(), __tablature::WriteError> {
                #(#binds)*
                __tablature::Ok(())
            }
        }
    }
}

/// The user's words for an item of ours, of which no lint has anything to say.
pub(super) fn generated(code: &impl ToTokens) -> TokenStream {
    let respan = |mut token: TokenTree| {
        token.set_span(Span::call_site().located_at(token.span()));
        token
    };
    code.to_token_stream().into_iter().map(respan).collect()
}

fn implementation(table: &Table<'_>) -> TokenStream {
    let Table { ident, name, .. } = table;
    let columns = &table.columns;
    let handles = table.fields.0.iter().enumerate().map(|(position, field)| {
        let Field {
            ident: name,
            column,
            ..
        } = field;
        let position = Literal::usize_unsuffixed(position);
        quote!(#name: __tablature::Column::new(#position, #column))
    });
    let key_names = table
        .primary_key
        .iter()
        .map(|position| &table.fields.0[*position].column);
    let key = key_type(table);
    let description = description(table);
    let key_value = key_value(table);
    let keyed = (!table.primary_key.is_empty())
        .then(|| quote!(#[automatically_derived] impl __tablature::Keyed for #ident {}));
    let searchable = table
        .fts
        .is_some()
        .then(|| quote!(#[automatically_derived] impl __tablature::Searchable for #ident {}));
    quote! {
        #[automatically_derived]
        impl __tablature::Table for #ident {
            type Key = #key;
            type Columns = #columns;
            const NAME: &'static __tablature::str = #name;
            const KEY: &'static [&'static __tablature::str] = &[#(#key_names),*];
            const COLUMNS: #columns = #columns { #(#handles),* };
            const TABLE: &'static __tablature::TableData = #description;
            #key_value
        }
        #keyed
        #searchable
    }
}

fn key_type(table: &Table<'_>) -> TokenStream {
    let parts: Vec<TokenStream> = table
        .primary_key
        .iter()
        .map(|position| codec_item(&table.fields.0[*position], "NotNull"))
        .collect();
    match parts.as_slice() {
        [] => quote!(__tablature::i64),
        [key] => quote!(#key),
        parts => quote!((#(#parts),*)),
    }
}
