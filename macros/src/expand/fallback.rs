//! What is wrong is implemented all the same, so that one mistake stays one message.

use super::scope;
use crate::model::{ColumnType, Insert, Row, Schema, Table};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Generics, parse_quote};

/// Every column takes every value, and nothing is checked.
pub(crate) fn table(table: &Table<'_>) -> TokenStream {
    let (ident, visibility) = (table.ident, table.visibility);
    let generics = lasting(table.generics);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let this = quote!(#ident #type_generics);
    let columns = &table.columns;
    let (mut fields, mut handles, mut data) = (Vec::new(), Vec::new(), Vec::new());
    for (position, field) in table.fields.0.iter().enumerate() {
        let (name, ty, visibility) = (field.ident, field.ty, field.visibility);
        let (text, position) = (&field.name, Literal::usize_unsuffixed(position));
        fields.push(
            quote!(#visibility #name: __tablature::Column<#this, #ty, __tablature::Unchecked>),
        );
        handles.push(quote!(#name: __tablature::Column::new(#position, #text)));
        data.push(quote!(__tablature::ColumnData::unchecked(#text)));
    }
    let name = &table.name;
    let key = key_type(table);
    let mapped = mapped(ident, &generics);
    scope(
        &table.krate,
        quote! {
            #[doc(hidden)]
            #visibility struct #columns #impl_generics #where_clause {
                #(#fields),*
            }
            #mapped
            #[automatically_derived]
            impl #impl_generics __tablature::Insert for #this #where_clause {
                type Into = Self;
                const GIVEN: &'static [__tablature::usize] = &[];
                const INSERT: __tablature::InsertSql = __tablature::InsertSql::NONE;
                fn bind(&self, _: &mut __tablature::Binder<'_, '_>) -> __tablature::Result<(), __tablature::WriteError> {
                    loop {}
                }
            }
            #[automatically_derived]
            impl #impl_generics __tablature::Table for #this #where_clause {
                type Key = #key;
                type Columns = #columns #type_generics;
                const NAME: &'static __tablature::str = #name;
                const KEY: &'static [&'static __tablature::str] = &[];
                const COLUMNS: Self::Columns = #columns { #(#handles),* };
                const TABLE: &'static __tablature::TableData =
                    &__tablature::TableData::new(#name, #name, const { &[#(#data),*] }).unchecked();
                const DDL: &'static __tablature::str = "";
                const SQL: __tablature::TableSql = __tablature::TableSql::NONE;
            }
            #[automatically_derived]
            impl #impl_generics __tablature::Keyed for #this #where_clause {}
            #[automatically_derived]
            impl #impl_generics __tablature::Searchable for #this #where_clause {}
        },
    )
}

/// A key that one field says it is. Anything names a row otherwise.
fn key_type(table: &Table<'_>) -> TokenStream {
    let mut keys = table
        .fields
        .0
        .iter()
        .filter(|field| field.attr.primary_key.is_some() && field.attr.encoding.is_none());
    match (keys.next(), keys.next()) {
        (Some(field), None) if table.primary_key.len() == 1 && table.generics.params.is_empty() => {
            super::codec_item(field, "NotNull")
        }
        _ => quote!(__tablature::UncheckedKey),
    }
}

/// It is never read.
pub(crate) fn row(row: &Row<'_>) -> TokenStream {
    let ident = row.ident;
    let (impl_generics, type_generics, where_clause) = row.generics.split_for_impl();
    let mapped = mapped(ident, row.generics);
    scope(
        &row.krate,
        quote! {
            #mapped
            #[automatically_derived]
            impl #impl_generics __tablature::Row for #ident #type_generics #where_clause {}
        },
    )
}

fn mapped(ident: &syn::Ident, generics: &Generics) -> TokenStream {
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let name = ident.unraw().to_string();
    quote! {
        #[automatically_derived]
        impl #impl_generics __tablature::Mapped for #ident #type_generics #where_clause {
            const SOURCE: &'static __tablature::str = #name;
            const NAMES: &'static [&'static __tablature::str] = &[];
            const SELECT: &'static __tablature::str = "";
            fn read<const ORDERED: __tablature::bool>(_: &__tablature::Values<'_, ORDERED>) -> __tablature::Result<Self, __tablature::ReadError> {
                loop {}
            }
        }
    }
}

/// It is never inserted. Without a table there is nothing that it could be inserted into.
pub(crate) fn insert(insert: &Insert<'_>) -> TokenStream {
    let Some(table) = &insert.into else {
        return TokenStream::new();
    };
    let ident = insert.ident;
    let (impl_generics, type_generics, where_clause) = insert.generics.split_for_impl();
    scope(
        &insert.krate,
        quote! {
            #[automatically_derived]
            impl #impl_generics __tablature::Insert for #ident #type_generics #where_clause {
                type Into = #table;
                const GIVEN: &'static [__tablature::usize] = &[];
                const INSERT: __tablature::InsertSql = __tablature::InsertSql::NONE;
                fn bind(&self, _: &mut __tablature::Binder<'_, '_>) -> __tablature::Result<(), __tablature::WriteError> {
                    loop {}
                }
            }
        },
    )
}

/// It is of the type ANY, which goes with every default and with every foreign key.
pub(crate) fn column_type(column_type: &ColumnType<'_>) -> TokenStream {
    super::column_type::implementations(
        column_type,
        &quote! {
            const FACTS: __tablature::Facts = __tablature::Facts::new(__tablature::Type::Any).now("0");
            fn write(&self) -> __tablature::Result<__tablature::ToSqlOutput<'_>, __tablature::ValueError> {
                loop {}
            }
            fn read(_: __tablature::ValueRef<'_>) -> __tablature::Result<Self, __tablature::ValueError> {
                loop {}
            }
        },
        &quote!(__tablature::ANY),
    )
}

/// It has no tables.
pub(crate) fn schema(schema: &Schema) -> TokenStream {
    let Some(ident) = &schema.ident else {
        return TokenStream::new();
    };
    let (krate, visibility, attributes) = (&schema.krate, &schema.visibility, &schema.attributes);
    quote! {
        #(#attributes)*
        #visibility static #ident: #krate::Schema = #krate::__private::Schema::new("", &[]);
    }
}

/// The parameters, none of which borrows: a table's columns are a constant.
fn lasting(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    let lifetimes: Vec<_> = generics.lifetimes().map(|it| it.lifetime.clone()).collect();
    let types: Vec<_> = generics.type_params().map(|it| it.ident.clone()).collect();
    if lifetimes.is_empty() && types.is_empty() {
        return generics;
    }
    let clause = generics.make_where_clause();
    clause.predicates.extend(
        lifetimes
            .iter()
            .map(|lifetime| -> syn::WherePredicate { parse_quote!(#lifetime: 'static) }),
    );
    clause.predicates.extend(
        types
            .iter()
            .map(|ty| -> syn::WherePredicate { parse_quote!(#ty: 'static) }),
    );
    generics
}
