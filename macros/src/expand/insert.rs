use super::{assert, scope};
use crate::model::Insert;
use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

pub(crate) fn insert(insert: &Insert<'_>) -> TokenStream {
    match &insert.into {
        Some(table) => scope(&insert.krate, into(insert, table)),
        None => TokenStream::new(),
    }
}

fn into(insert: &Insert<'_>, table: &Path) -> TokenStream {
    let (ident, krate) = (insert.ident, &insert.krate);
    let (impl_generics, type_generics, where_clause) = insert.generics.split_for_impl();
    let columns = quote!(<#table as __tablature::Table>::COLUMNS);
    let this = quote!(<#table as __tablature::Table>::TABLE);
    let positions = insert.fields.0.iter().map(|field| {
        let name = field.ident;
        quote!(#columns.#name.position())
    });
    let binds = insert.fields.0.iter().map(|field| {
        let name = field.ident;
        quote_spanned!(field.type_span()=> to.bind(#columns.#name.value(&self.#name))?;)
    });
    let writable = insert.fields.0.iter().map(|field| {
        let name = field.ident;
        assert(
            name.span(),
            quote!(writable(#this, #columns.#name.position())),
        )
    });
    let complete = assert(ident.span(), quote!(complete(#this, GIVEN)));
    let count = Literal::usize_unsuffixed(insert.fields.0.len());
    let placeholders = assert(Span::call_site(), quote!(placeholders(&INSERT, #count)));
    let text = super::table::text(
        krate,
        quote!(insert_sql(#this, GIVEN, __tablature::Nulls::Default)),
    );
    let table = quote_spanned!(table.span()=> #table);
    quote! {
        const GIVEN: &'static [__tablature::usize] = &[#(#positions),*];
        const INSERT: __tablature::InsertSql = __tablature::InsertSql::new(#text);
        #complete
        #placeholders
        #(#writable)*
        #[automatically_derived]
        impl #impl_generics __tablature::Insert for #ident #type_generics #where_clause {
            type Into = #table;
            const GIVEN: &'static [__tablature::usize] = GIVEN;
            const INSERT: __tablature::InsertSql = INSERT;
            #[inline]
            fn bind(&self, to: &mut __tablature::Binder<'_, '_>) -> __tablature::Result<(), __tablature::WriteError> {
                #(#binds)*
                __tablature::Ok(())
            }
        }
    }
}
