//! What a call becomes: the text, where its columns are among the fields, and references to the arguments.

use super::Checked;
use super::assign::Class;
use super::database::Source;
use super::input::Input;
use super::results::Column;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Type};

/// The user's expressions stand in no block of ours, so that they see no name of ours, and what they borrow lives as
/// long as the user's statement.
pub(super) fn expand(
    input: &Input,
    source: &Source,
    checked: &Checked,
    given: &[usize],
) -> TokenStream {
    let (krate, sql) = (&input.krate, &input.sql);
    let arguments = arguments(input, checked, given);
    let files = &source.files;
    let files = quote! {
        const _: &[&__tablature::str] = &[#(__tablature::include_str!(#files)),*];
    };
    match &input.row {
        None => quote_spanned! {Span::mixed_site()=>
            #krate::__private::Execute {
                sql: {
                    use #krate::__private as __tablature;
                    #files
                    #sql
                },
                arguments: #arguments,
            }
        },
        Some(row) => {
            let columns = checked.columns.iter().map(column);
            let names = checked.columns.iter().map(|column| &column.name);
            // What is wrong with the columns is told at the statement.
            let order = Ident::new("order", sql.span());
            let order = quote_spanned! {sql.span()=>
                __tablature::verify::#order::<{ FIELDS.names.len() }>(&FIELDS, COLUMNS)
            };
            let shape = spanned(row, quote!(__tablature::Shape));
            quote_spanned! {Span::mixed_site()=>
                #krate::__private::Fetch {
                    statement: {
                        use #krate::__private as __tablature;
                        #[allow(unused_imports)]
                        use __tablature::Scalar as _;
                        #files
                        const COLUMNS: &'static [__tablature::ResultColumn] = &[#(#columns),*];
                        const FIELDS: __tablature::Fields = #shape::<#row>::FIELDS.or_called(&[#(#names),*]);
                        const ORDER: &'static [__tablature::usize] = &#order;
                        const STATEMENT: &'static __tablature::Statement =
                            &__tablature::Statement::new(#sql, FIELDS, ORDER);
                        STATEMENT
                    },
                    read: {
                        #[allow(unused_imports)]
                        use #krate::__private::Scalar as _;
                        #krate::__private::Shape::<#row>::read
                    },
                    arguments: #arguments,
                }
            }
        }
    }
}

/// The errors, and what lets the rest of the user's code be checked.
pub(super) fn instead(input: &Input, errors: &TokenStream) -> TokenStream {
    let krate = &input.krate;
    let values = input.arguments.iter().map(|argument| &argument.value);
    let value = match &input.row {
        Some(row) => quote!(#krate::__private::refused_rows::<#row>()),
        None => quote!(#krate::__private::refused()),
    };
    quote! {
        {
            #errors
            #(let _ = &(#values);)*
            #value
        }
    }
}

/// `(At { … }, (At { … }, ()))`: as many as there are.
fn arguments(input: &Input, checked: &Checked, given: &[usize]) -> TokenStream {
    let krate = &input.krate;
    let mut list = quote!(());
    for (argument, number) in input.arguments.iter().zip(given).rev() {
        let class = number.checked_sub(1).and_then(|index| checked.classes.get(index));
        let value = value(krate, &argument.value, class.copied().flatten());
        let number = Literal::usize_unsuffixed(*number);
        list = quote_spanned! {Span::mixed_site()=>
            (#krate::__private::At::<#number, _> { value: #value }, #list)
        };
    }
    list
}

fn value(krate: &TokenStream, value: &Expr, class: Option<Class>) -> TokenStream {
    // `None` alone has no type.
    if matches!(value, Expr::Path(path) if path.path.is_ident("None")) {
        return quote!(&#krate::__private::NULL);
    }
    let Some(class) = class else {
        return quote!(&(#value));
    };
    let first = value.to_token_stream().into_iter().next();
    let span = first.map_or_else(Span::call_site, |token| token.span());
    let class = Ident::new(name(class), Span::mixed_site());
    let stored_as = Ident::new("stored_as", Span::mixed_site().located_at(span));
    quote_spanned! {Span::mixed_site()=>
        match &(#value) {
            value => {
                #[allow(unused_imports)]
                use #krate::__private::{Known as _, Unknown as _};
                (&#krate::__private::Probe(value)).#stored_as::<#krate::__private::#class>()
            }
        }
    }
}

const fn name(class: Class) -> &'static str {
    match class {
        Class::Integer => "INTEGER",
        Class::Real => "REAL",
        Class::Numeric => "NUMERIC",
        Class::Text => "TEXT",
        Class::Blob => "BLOB",
    }
}

fn column(column: &Column) -> TokenStream {
    let (name, nullable) = (&column.name, column.nullable);
    let origin = column.origin.as_deref().unwrap_or_default();
    let ty = match column.class {
        Some(Class::Integer) => quote!(Integer),
        Some(Class::Real) => quote!(Real),
        Some(Class::Text) => quote!(Text),
        Some(Class::Blob) => quote!(Blob),
        Some(Class::Numeric) | None => quote!(Any),
    };
    quote!(__tablature::ResultColumn {
        name: #name,
        origin: #origin,
        ty: __tablature::Type::#ty,
        nullable: #nullable,
    })
}

/// What the compiler has to say of a type, it says at the type.
fn spanned(ty: &Type, path: TokenStream) -> TokenStream {
    let first = ty.to_token_stream().into_iter().next();
    let span = first.map_or_else(Span::call_site, |token| token.span());
    path.into_iter()
        .map(|mut token| {
            token.set_span(Span::call_site().located_at(span));
            token
        })
        .collect()
}
