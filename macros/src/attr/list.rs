//! What the lists in parentheses have in common.

use super::key::{Set, Slot, items, unknown};
use crate::report::Report;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, Token};

/// Names separated by commas, and whether all were right.
pub(super) fn columns(input: ParseStream<'_>, report: &mut Report) -> (Vec<Ident>, bool) {
    let mut columns = Vec::new();
    let right = items(input, report, |input, _| {
        columns.push(column(input, &[])?);
        Ok(())
    });
    (columns, right)
}

/// The name of a field. With `=` behind it, it was meant to be one of the options.
pub(super) fn column(input: ParseStream<'_>, options: &[&str]) -> syn::Result<Ident> {
    let word = input
        .call(Ident::parse_any)
        .map_err(|error| syn::Error::new(error.span(), "expected the name of a field"))?;
    if input.peek(Token![=]) && !options.is_empty() {
        let message = unknown(&word.to_string(), options.iter().copied());
        return Err(syn::Error::new(word.span(), message));
    }
    Ok(word)
}

/// `key = value`, if the next word is this key.
pub(super) fn option<T: Parse>(
    input: ParseStream<'_>,
    key: &str,
    slot: &mut Slot<T>,
    report: &mut Report,
) -> syn::Result<bool> {
    if !is_option(input, key) {
        return Ok(false);
    }
    let word = input.call(Ident::parse_any)?;
    input.parse::<Token![=]>()?;
    Set::once(slot, word.span(), input.parse()?, report);
    Ok(true)
}

/// Whether the next is `key =`: a column may have the same name.
pub(super) fn is_option(input: ParseStream<'_>, key: &str) -> bool {
    input.peek2(Token![=])
        && input
            .fork()
            .call(Ident::parse_any)
            .is_ok_and(|word| word == key)
}

/// Whether the next is this word alone.
pub(super) fn is_word(input: ParseStream<'_>, word: &str) -> bool {
    let ahead = input.fork();
    ahead
        .call(Ident::parse_any)
        .is_ok_and(|found| found == word)
        && (ahead.is_empty() || ahead.peek(Token![,]))
}
