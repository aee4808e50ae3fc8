use super::scope;
use crate::model::Table;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

/// A table whose attributes are wrong is a table all the same, so that one mistake stays one message: every column
/// takes every value, and nothing is checked.
pub(crate) fn table(table: &Table<'_>) -> TokenStream {
    let (ident, visibility) = (table.ident, table.visibility);
    if !table.generics_are_plain {
        return TokenStream::new();
    }
    let columns = format_ident!("{}Columns", ident.unraw());
    let (mut fields, mut handles, mut data) = (Vec::new(), Vec::new(), Vec::new());
    for (position, field) in table.fields.0.iter().enumerate() {
        let (name, ty, visibility) = (field.ident, field.ty, field.visibility);
        let (text, position) = (&field.name, Literal::usize_unsuffixed(position));
        fields.push(
            quote!(#visibility #name: __tablature::Column<#ident, #ty, __tablature::Unchecked>),
        );
        handles.push(quote!(#name: __tablature::Column::new(#position, #text)));
        data.push(quote!(__tablature::ColumnData::unchecked(#text)));
    }
    let name = &table.name;
    scope(
        &table.krate,
        quote! {
            #[doc(hidden)]
            #visibility struct #columns { #(#fields),* }
            #[automatically_derived]
            impl __tablature::Mapped for #ident {
                const SOURCE: &'static __tablature::str = #name;
                const NAMES: &'static [&'static __tablature::str] = &[];
                const SELECT: &'static __tablature::str = "";
                fn read(_: &__tablature::Values<'_>) -> __tablature::Result<Self, __tablature::ReadError> {
                    loop {}
                }
            }
            #[automatically_derived]
            impl __tablature::Insert for #ident {
                type Into = Self;
                const GIVEN: &'static [__tablature::usize] = &[];
                const INSERT: __tablature::InsertSql = __tablature::InsertSql::NONE;
                fn bind(&self, _: &mut __tablature::Binder<'_, '_>) -> __tablature::Result<(), __tablature::WriteError> {
                    loop {}
                }
            }
            #[automatically_derived]
            impl __tablature::Table for #ident {
                type Key = __tablature::UncheckedKey;
                type Columns = #columns;
                const NAME: &'static __tablature::str = #name;
                const KEY: &'static [&'static __tablature::str] = &[];
                const COLUMNS: #columns = #columns { #(#handles),* };
                const TABLE: &'static __tablature::TableData =
                    &__tablature::TableData::new(#name, #name, const { &[#(#data),*] }).unchecked();
                const DDL: &'static __tablature::str = "";
                const SQL: __tablature::TableSql = __tablature::TableSql::NONE;
            }
            #[automatically_derived]
            impl __tablature::Keyed for #ident {}
            #[automatically_derived]
            impl __tablature::Searchable for #ident {}
        },
    )
}
