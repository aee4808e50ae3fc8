//! The model becomes Rust. It cannot fail: what could be wrong was told before.
//!
//! Everything is named through one alias of the runtime's private module, so that nothing in the user's scope can be
//! taken for it. The types of fields appear with the user's spans: what the compiler has to say of them, it says there.

mod assertions;
mod column_type;
mod description;
pub(crate) mod fallback;
mod insert;
mod relation;
mod row;
mod schema;
mod statement;
mod table;

pub(crate) use column_type::column_type;
pub(crate) use insert::insert;
pub(crate) use row::row;
pub(crate) use schema::schema;
pub(crate) use statement::{insert_into, update_of, upsert_into};
pub(crate) use table::table;

use crate::attr::Encoding;
use crate::model::Field;
use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Ident, Path};

/// A place in the user's code, from its first to its last token.
///
/// A macro cannot join the two. The compiler does it for generated code whose first and last tokens lie there.
#[derive(Clone, Copy)]
struct Place {
    first: Span,
    last: Span,
}

impl Place {
    fn of(code: &impl ToTokens) -> Self {
        let mut spans = code.to_token_stream().into_iter().map(|token| token.span());
        let first = spans.next().unwrap_or_else(Span::call_site);
        let last = spans.last().unwrap_or(first);
        Self { first, last }
    }

    /// The same place, for code that lints shall not take for the user's. It is not joined with places that are.
    fn generated(self) -> Self {
        Self {
            first: Span::call_site().located_at(self.first),
            last: Span::call_site().located_at(self.last),
        }
    }

    /// The call of a check, in a constant that does not compile when it panics.
    fn assert(self, check: &str, arguments: &TokenStream) -> TokenStream {
        let check = Ident::new(check, self.first);
        let arguments = quote_spanned!(self.last=> (#arguments));
        quote_spanned!(self.first=> const _: () = __tablature::verify::#check #arguments;)
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self {
            first: span,
            last: span,
        }
    }
}

/// An item of the implementation of [`Codec`] or [`ColumnType`] that a field is read and written with.
fn codec_item(field: &Field<'_>, item: &str) -> TokenStream {
    let ty = field.ty;
    let Place { first, last } = Place::of(ty);
    let item = Ident::new(item, last);
    match codec(field) {
        None => quote_spanned!(first=> <#ty as __tablature::ColumnType>::#item),
        Some(codec) => quote_spanned!(first=> <#codec as __tablature::Codec<#ty>>::#item),
    }
}

/// Reads a field from the `values` of the current row.
fn read(field: &Field<'_>, position: usize) -> TokenStream {
    let Place { first, last } = Place::of(field.ty);
    let position = Literal::usize_unsuffixed(position);
    let (function, codec) = (Ident::new("read", last), codec_item(field, "read"));
    let arguments = quote!((values, #position, #codec));
    quote_spanned!(first=> __tablature::Values::#function #arguments)
}

/// The codec of a field whose type is no column type.
fn codec(field: &Field<'_>) -> Option<TokenStream> {
    let ty = field.ty;
    let Place { first, last } = Place::of(ty);
    let name = match field.attr.encoding.as_ref()?.value {
        Encoding::Json => quote_spanned!(first=> Json),
        Encoding::Text => quote_spanned!(first=> Text),
    };
    let is_option = quote!({ use __tablature::NotNull as _; __tablature::Nullable::<#ty>::IS });
    let end = quote_spanned!(last=> >);
    Some(quote_spanned!(first=> __tablature::#name<#is_option #end))
}

/// An item of a table, named where the table is.
fn table_item(table: &Path, item: &str) -> TokenStream {
    let Place { first, last } = Place::of(table);
    let item = Ident::new(item, last);
    quote_spanned!(first=> <#table as __tablature::Table>::#item)
}

/// Everything that belongs to one item, out of the way of the user's names.
///
/// Qualified paths stand at the user's tokens, where a lint would take them for the user's.
fn scope(krate: &TokenStream, items: TokenStream) -> TokenStream {
    quote! {
        #[allow(unused_qualifications)]
        const _: () = {
            use #krate::__private as __tablature;
            #items
        };
    }
}

#[cfg(test)]
mod tests {
    use crate::model;
    use crate::report::Report;
    use proc_macro2::TokenStream;
    use quote::quote;
    use syn::{DeriveInput, parse_quote};

    fn check(expansion: impl Fn(&mut Report) -> TokenStream) {
        let mut report = Report::default();
        let text = expansion(&mut report).to_string();
        assert!(report.finish().is_ok());
        assert!(text.contains("orm :: __private"), "{text}");
        assert!(!text.contains(":: tablature"), "{text}");
    }

    #[test]
    fn a_crate_of_another_name_is_named_so() {
        let table: DeriveInput = parse_quote! {
            #[table(crate = crate::orm, index(author), fts(title))]
            struct Post {
                #[column(primary_key)]
                id: i64,
                #[column(references(Author), on_delete = cascade)]
                author: i64,
                #[column(json)]
                title: String,
            }
        };
        check(|report| super::table(&model::Table::read(&table, report)));
        check(|report| super::fallback::table(&model::Table::read(&table, report)));
        let row: DeriveInput = parse_quote! {
            #[row(crate = orm, of = Post)]
            struct Title { title: String }
        };
        check(|report| super::row(&model::Row::read(&row, report)));
        check(|report| super::fallback::row(&model::Row::read(&row, report)));
        let insert: DeriveInput = parse_quote! {
            #[insert(crate = orm, into = Post)]
            struct NewPost<'a> { title: &'a str }
        };
        check(|report| super::insert(&model::Insert::read(&insert, report)));
        check(|report| super::fallback::insert(&model::Insert::read(&insert, report)));
        let column_type: DeriveInput = parse_quote! {
            #[column_type(crate = orm)]
            enum Status { Draft }
        };
        check(|report| super::column_type(&model::ColumnType::read(&column_type, report)));
        check(|report| {
            super::fallback::column_type(&model::ColumnType::read(&column_type, report))
        });
    }

    #[test]
    fn a_statement_names_the_crate_that_its_macro_came_from() {
        let insert = quote!([orm] &db, Post { title: "Hello", stars: None } on (title));
        check(|_| super::upsert_into(insert.clone()).unwrap_or_else(|error| error.0));
        let update = quote!([orm] &db, Post(1) { title: "Hello" });
        check(|_| super::update_of(update.clone()).unwrap_or_else(|error| error.0));
    }
}
