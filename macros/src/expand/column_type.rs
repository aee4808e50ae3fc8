use super::scope;
use crate::model::{ColumnType, Shape, Variant};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, Type, parse_quote};

pub(crate) fn column_type(column_type: &ColumnType<'_>) -> TokenStream {
    let ident = column_type.ident;
    let (body, stored) = match &column_type.shape {
        Shape::Texts(variants) => (texts(variants), quote!(__tablature::TEXT)),
        Shape::Integers(variants) => (integers(ident, variants), quote!(__tablature::INTEGER)),
        Shape::Newtype { field, ty } => {
            (newtype(field, ty), quote!(<#ty as __tablature::Stored>::As))
        }
        Shape::Codec(codec) => (self::codec(ident, codec), quote!(__tablature::TEXT)),
    };
    implementations(column_type, &body, &stored)
}

/// The traits, of which `body` is the first.
pub(super) fn implementations(
    column_type: &ColumnType<'_>,
    body: &TokenStream,
    stored: &TokenStream,
) -> TokenStream {
    let ident = column_type.ident;
    let (impl_generics, type_generics, where_clause) = column_type.generics.split_for_impl();
    let mut storable = column_type.generics.clone();
    if let Shape::Newtype { ty, .. } = &column_type.shape {
        // A type that does not say what it is stored as need not: the lifetime lets the bound fail.
        let bound = parse_quote!(for<'__any> #ty: __tablature::Stored);
        storable.make_where_clause().predicates.push(bound);
    }
    let stored_where = &storable.where_clause;
    let this = quote!(#ident #type_generics #where_clause);
    scope(
        &column_type.krate,
        quote! {
            #[automatically_derived]
            impl #impl_generics __tablature::ColumnType for #this {
                type NotNull = Self;
                #body
            }
            #[automatically_derived]
            impl #impl_generics __tablature::Parameter for #this {
                #[inline]
                fn parameter(&self) -> __tablature::Result<__tablature::ToSqlOutput<'_>, __tablature::ValueError> {
                    <Self as __tablature::ColumnType>::write(self)
                }
            }
            #[automatically_derived]
            impl #impl_generics __tablature::Stored for #ident #type_generics #stored_where {
                type As = #stored;
            }
            #[automatically_derived]
            impl #impl_generics __tablature::ToSql for #this {
                fn to_sql(&self) -> __tablature::SqlResult<__tablature::ToSqlOutput<'_>> {
                    __tablature::to_sql(self)
                }
            }
            #[automatically_derived]
            impl #impl_generics __tablature::FromSql for #this {
                fn column_result(value: __tablature::ValueRef<'_>) -> __tablature::FromSqlResult<Self> {
                    __tablature::from_sql(value)
                }
            }
        },
    )
}

fn texts(variants: &[Variant<'_>]) -> TokenStream {
    let idents: Vec<&Ident> = variants.iter().map(|variant| variant.ident).collect();
    let texts: Vec<&String> = variants.iter().map(|variant| &variant.text).collect();
    let bytes: Vec<syn::LitByteStr> = texts
        .iter()
        .map(|text| syn::LitByteStr::new(text.as_bytes(), proc_macro2::Span::call_site()))
        .collect();
    let quoted = texts.iter().map(|text| format!("'{text}'"));
    quote! {
        const FACTS: __tablature::Facts =
            __tablature::Facts::new(__tablature::Type::Text).domain(__tablature::Domain::Texts(&[#(#texts),*]));
        #[inline]
        fn write(&self) -> __tablature::Result<__tablature::ToSqlOutput<'_>, __tablature::ValueError> {
            __tablature::Ok(__tablature::ToSqlOutput::Borrowed(__tablature::ValueRef::Text(match self { #(Self::#idents => #bytes),* })))
        }
        #[inline]
        fn read(value: __tablature::ValueRef<'_>) -> __tablature::Result<Self, __tablature::ValueError> {
            match value {
                #(__tablature::ValueRef::Text(#bytes) => __tablature::Ok(Self::#idents),)*
                other => __tablature::Err(__tablature::ValueError::unknown(&[#(#quoted),*], other)),
            }
        }
    }
}

fn integers(ident: &Ident, variants: &[Variant<'_>]) -> TokenStream {
    let idents: Vec<&Ident> = variants.iter().map(|variant| variant.ident).collect();
    let names: Vec<String> = idents.iter().map(ToString::to_string).collect();
    quote! {
        const FACTS: __tablature::Facts = __tablature::Facts::new(__tablature::Type::Integer)
            .domain(__tablature::Domain::Integers(const { &[#(#ident::#idents as __tablature::i64),*] }));
        #[inline]
        fn write(&self) -> __tablature::Result<__tablature::ToSqlOutput<'_>, __tablature::ValueError> {
            let number = match self { #(Self::#idents => #ident::#idents as __tablature::i64),* };
            __tablature::Ok(__tablature::ToSqlOutput::Owned(__tablature::Value::Integer(number)))
        }
        #[inline]
        fn read(value: __tablature::ValueRef<'_>) -> __tablature::Result<Self, __tablature::ValueError> {
            match value {
                #(__tablature::ValueRef::Integer(number) if number == #ident::#idents as __tablature::i64 => __tablature::Ok(Self::#idents),)*
                other => __tablature::Err(__tablature::ValueError::unknown(&[#(#names),*], other)),
            }
        }
    }
}

fn newtype(field: &TokenStream, ty: &Type) -> TokenStream {
    quote! {
        const FACTS: __tablature::Facts = <#ty as __tablature::ColumnType>::FACTS;
        #[inline]
        fn write(&self) -> __tablature::Result<__tablature::ToSqlOutput<'_>, __tablature::ValueError> {
            <#ty as __tablature::ColumnType>::write(&self.#field)
        }
        #[inline]
        fn read(value: __tablature::ValueRef<'_>) -> __tablature::Result<Self, __tablature::ValueError> {
            __tablature::Ok(Self { #field: <#ty as __tablature::ColumnType>::read(value)? })
        }
    }
}

/// What the type lacks for it is told at the word that asks for it.
fn codec(ident: &Ident, codec: &Ident) -> TokenStream {
    let item = |item| {
        let item = Ident::new(item, codec.span());
        quote_spanned!(codec.span()=> <__tablature::#codec<false> as __tablature::Codec<#ident>>::#item)
    };
    let (facts, write, read) = (item("FACTS"), item("write"), item("read"));
    quote! {
        const FACTS: __tablature::Facts = #facts;
        fn write(&self) -> __tablature::Result<__tablature::ToSqlOutput<'_>, __tablature::ValueError> {
            #write(self)
        }
        fn read(value: __tablature::ValueRef<'_>) -> __tablature::Result<Self, __tablature::ValueError> {
            #read(value)
        }
    }
}
