//! The model becomes Rust. It cannot fail: what could be wrong was told before.
//!
//! Everything is named through one alias of the runtime's private module, so that nothing in the user's scope can be
//! taken for it. The types of fields appear with the user's spans: what the compiler has to say of them, it says there.

mod column_type;
mod fallback;
mod insert;
mod row;
mod statement;
mod table;

pub(crate) use column_type::column_type;
pub(crate) use fallback::table as table_fallback;
pub(crate) use insert::insert;
pub(crate) use row::row;
pub(crate) use statement::{insert_into, update_of, upsert_into};
pub(crate) use table::table;

use crate::attr::Encoding;
use crate::model::Field;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

/// The implementation of [`Codec`] or [`ColumnType`] that a field is read and written with.
fn codec_path(field: &Field<'_>) -> TokenStream {
    let ty = field.ty;
    match codec(field) {
        None => quote!(<#ty as __tablature::ColumnType>),
        Some(codec) => quote!(<#codec as __tablature::Codec<#ty>>),
    }
}

/// The codec of a field whose type is no column type.
fn codec(field: &Field<'_>) -> Option<TokenStream> {
    let ty = field.ty;
    let encoding = field.attr.encoding.as_ref()?;
    let name = match encoding.value {
        Encoding::Json => quote_spanned!(encoding.key=> Json),
        Encoding::Text => quote_spanned!(encoding.key=> Text),
    };
    Some(
        quote!(__tablature::#name<{ use __tablature::NotNull as _; __tablature::Nullable::<#ty>::IS }>),
    )
}

/// A constant that refuses to compile when a check panics, at the place of `span`.
fn assert(span: Span, check: TokenStream) -> TokenStream {
    quote_spanned!(span=> const _: () = __tablature::verify::#check;)
}

/// Everything that belongs to one item, out of the way of the user's names.
fn scope(krate: &TokenStream, items: TokenStream) -> TokenStream {
    quote! {
        const _: () = {
            use #krate::__private as __tablature;
            #items
        };
    }
}
