//! What a call becomes: the text, where its columns are among the fields, and references to the arguments.

use super::Checked;
use super::assign::{Class, Target};
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
            // What is wrong with the columns is told at the statement, and with the type at the type.
            let check = Ident::new("result", sql.span());
            let check = quote_spanned! {sql.span()=>
                const _: () = __tablature::verify::#check(&FIELDS, COLUMNS);
            };
            let shape = shape(krate, row);
            quote_spanned! {Span::mixed_site()=>
                #krate::__private::Fetch {
                    statement: {
                        use #krate::__private as __tablature;
                        #files
                        const COLUMNS: &'static [__tablature::ResultColumn] = &[#(#columns),*];
                        const FIELDS: __tablature::Fields = __tablature::fields(#shape, &[#(#names),*]);
                        const ORDER: &'static [__tablature::usize] =
                            &__tablature::verify::order::<{ FIELDS.names.len() }>(&FIELDS, COLUMNS);
                        #check
                        const STATEMENT: &'static __tablature::Statement =
                            &__tablature::Statement::new(#sql, FIELDS, ORDER);
                        STATEMENT
                    },
                    row: #shape,
                    arguments: #arguments,
                }
            }
        }
    }
}

/// How a row is read. It is no struct where the other trait has to say.
fn shape(krate: &TokenStream, row: &Type) -> TokenStream {
    let name = Ident::new("ROW", first(row));
    quote_spanned! {Span::mixed_site()=>
        {
            #[allow(unused_imports)]
            use #krate::__private::Other as _;
            #krate::__private::Shape::<#row>::#name
        }
    }
}

/// The errors, and what lets the rest of the user's code be checked.
pub(super) fn instead(input: &Input, errors: &TokenStream) -> TokenStream {
    let krate = &input.krate;
    let values = input.arguments.iter().map(|argument| &argument.value);
    let value = match &input.row {
        Some(row) => {
            let shape = shape(krate, row);
            quote!(#krate::__private::refused_rows(#shape))
        }
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

/// What stands in while the command line asks for the schema. The compiler is told on what that hangs, so that nothing that
/// was built then is taken for checked.
pub(super) fn waiting(input: &Input) -> TokenStream {
    let krate = &input.krate;
    let asked = quote! {
        const _: #krate::__private::Option<&#krate::__private::str> =
            #krate::__private::option_env!("TABLATURE_DUMP");
    };
    instead(input, &asked)
}

/// `&[(1, &author), (2, &title)]`
fn arguments(input: &Input, checked: &Checked, given: &[usize]) -> TokenStream {
    let arguments = input.arguments.iter().zip(given).map(|(argument, number)| {
        let index = number.checked_sub(1);
        let target = index.and_then(|index| checked.targets.get(index)?.as_ref());
        let value = value(&input.krate, &argument.value, target);
        let number = Literal::usize_unsuffixed(*number);
        quote!((#number, #value))
    });
    quote!(&[#(#arguments),*])
}

fn value(krate: &TokenStream, value: &Expr, target: Option<&Target>) -> TokenStream {
    // `None` alone has no type.
    if matches!(value, Expr::Path(path) if path.path.is_ident("None")) {
        return quote_spanned!(first(value)=> &#krate::__private::NULL);
    }
    // A reference to a variable is taken as it is, so that it may outlive the statement.
    let reference = match value {
        Expr::Reference(reference) if matches!(*reference.expr, Expr::Path(_) | Expr::Field(_)) => {
            quote!(#reference)
        }
        _ => quote_spanned!(first(value)=> &(#value)),
    };
    let Some(Target {
        class,
        table,
        column,
    }) = target
    else {
        return reference;
    };
    let method = match class {
        Class::Integer => "integer",
        Class::Real | Class::Numeric => "number",
        Class::Text => "text",
        Class::Blob => "blob",
    };
    let method = Ident::new(method, first(value));
    let (table, column) = (word(table), word(column));
    quote_spanned! {first(value)=>
        match #reference {
            value => {
                use #krate::__private::{Known as _, Unknown as _};
                // It is called as the column is, for the compiler's message.
                #[allow(non_camel_case_types, non_snake_case, non_ascii_idents, unused_imports)]
                mod #table {
                    pub(super) enum #column {}
                }
                (&#krate::__private::Probe(value)).#method::<#table::#column>()
            }
        }
    }
}

/// A name of SQL as one of Rust, or near it.
fn word(name: &str) -> Ident {
    let mut word: String = name
        .chars()
        .map(|it| if it.is_alphanumeric() { it } else { '_' })
        .collect();
    if !word.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        word.insert(0, '_');
    }
    syn::parse_str(&word).unwrap_or_else(|_| {
        // A keyword, or no name of Rust at all.
        word.retain(|it| it.is_ascii());
        Ident::new(&format!("{word}_column"), Span::call_site())
    })
}

/// Where the user's code begins, for a name of ours that the compiler has something to say of.
fn first(code: &impl ToTokens) -> Span {
    let first = code.to_token_stream().into_iter().next();
    let span = first.map_or_else(Span::call_site, |token| token.span());
    Span::mixed_site().located_at(span)
}

fn column(column: &Column) -> TokenStream {
    let (name, nullable, rowless) = (&column.name, column.nullable, column.rowless);
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
        rowless: #rowless,
    })
}
