use super::{Place, scope, table_item};
use crate::model::{Field, Insert};
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Ident, Path};

pub(crate) fn insert(insert: &Insert<'_>) -> TokenStream {
    match &insert.into {
        Some(table) => scope(&insert.krate, into(insert, table)),
        None => TokenStream::new(),
    }
}

fn into(insert: &Insert<'_>, table: &Path) -> TokenStream {
    let ident = insert.ident;
    let (impl_generics, type_generics, where_clause) = insert.generics.split_for_impl();
    let (columns, this) = (table_item(table, "COLUMNS"), table_item(table, "TABLE"));
    let positions = insert.fields.0.iter().map(|field| {
        let name = field.ident;
        quote!(#columns.#name.position())
    });
    let binds = insert.fields.0.iter().map(|field| {
        let name = field.ident;
        let value = value(field);
        quote!(to.bind(#columns.#name.value(#value))?;)
    });
    let checks = insert.fields.0.iter().map(|field| {
        let (name, ty) = (field.ident, without_lifetimes(field.ty.to_token_stream()));
        let column = quote!(#this, #columns.#name.position());
        let writable = Place::of(name).assert("writable", &column);
        let is_option = quote!({ use __tablature::NotNull as _; __tablature::Nullable::<#ty>::IS });
        let optional = Place::of(field.ty).assert("optional_field", &quote!(#column, #is_option));
        quote!(#writable #optional)
    });
    let complete = Place::of(ident).assert("complete", &quote!(#this, GIVEN));
    quote! {
        const GIVEN: &'static [__tablature::usize] = &[#(#positions),*];
        #complete
        #(#checks)*
        #[automatically_derived]
        impl #impl_generics __tablature::Insert for #ident #type_generics #where_clause {
            type Into = #table;
            const GIVEN: &'static [__tablature::usize] = GIVEN;
            const INSERT: __tablature::InsertSql = __tablature::InsertSql::some::<Self>();
            #[inline]
            fn bind(&self, to: &mut __tablature::Binder<'_, '_>) -> __tablature::Result<(), __tablature::WriteError> {
                #(#binds)*
                __tablature::Ok(())
            }
        }
    }
}

/// `&self.name`, at the place of the field's type: what the compiler has to say of it, it says there.
fn value(field: &Field<'_>) -> TokenStream {
    let Place { first, last } = Place::of(field.ty).generated();
    let mut name = field.ident.clone();
    name.set_span(last);
    quote_spanned!(first=> &self.#name)
}

/// A type for a constant, which knows no lifetimes of the struct's.
fn without_lifetimes(ty: TokenStream) -> TokenStream {
    let mut follows_tick = false;
    ty.into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), without_lifetimes(group.stream())).into()
            }
            TokenTree::Ident(name) if follows_tick => {
                follows_tick = false;
                Ident::new("static", name.span()).into()
            }
            token => {
                follows_tick = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
                token
            }
        })
        .collect()
}
