use proc_macro2::{Group, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Ident, LitStr, Token, Type};

/// `[$crate] Post, "SELECT …", 1, author = author`
pub(super) struct Input {
    pub(super) krate: TokenStream,
    /// What a row is, where there are rows.
    pub(super) row: Option<Type>,
    pub(super) sql: LitStr,
    pub(super) arguments: Vec<Argument>,
}

/// A value, and the name of its parameter if it is given by name.
pub(super) struct Argument {
    pub(super) name: Option<Ident>,
    pub(super) value: Expr,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let krate = input.parse::<Group>()?.stream();
        let row = if input.peek(LitStr) {
            None
        } else {
            let row: Type = input.parse().map_err(|error| {
                syn::Error::new(
                    error.span(),
                    "expected a statement, or what its rows are: `sql!(\"UPDATE …\")`, `sql!(Post, \"SELECT …\")`",
                )
            })?;
            if let Type::Path(path) = &row
                && path.path.is_ident("Self")
            {
                return Err(syn::Error::new_spanned(
                    path,
                    "write the name of the struct: a constant cannot name `Self`",
                ));
            }
            input.parse::<Token![,]>().map_err(|error| {
                let message = format!("{error} and the statement: `sql!(i64, \"SELECT …\")`");
                syn::Error::new(error.span(), message)
            })?;
            Some(row)
        };
        if !input.peek(LitStr) {
            return Err(input.error(
                "expected the statement as a string literal: what is put together at run time cannot be read while compiling",
            ));
        }
        let sql = input.parse()?;
        let mut arguments = Vec::new();
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            arguments.push(input.parse()?);
        }
        Ok(Self {
            krate,
            row,
            sql,
            arguments,
        })
    }
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ahead = input.fork();
        let is_named = ahead.call(Ident::parse_any).is_ok()
            && ahead.peek(Token![=])
            && !ahead.peek(Token![==])
            && !ahead.peek(Token![=>]);
        let name = if is_named {
            let name = input.call(Ident::parse_any)?;
            input.parse::<Token![=]>()?;
            Some(name)
        } else {
            None
        };
        Ok(Self {
            name,
            value: input.parse()?,
        })
    }
}
