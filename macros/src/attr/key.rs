use crate::report::Report;
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Attribute, Ident, LitBool, Meta, Token, parenthesized};

/// A value and the key that has set it.
pub(crate) struct Set<T> {
    pub(crate) key: Span,
    pub(crate) value: T,
}

/// A key that may be set once.
pub(crate) type Slot<T> = Option<Set<T>>;

/// The keys of an attribute, each with how it is written.
pub(crate) type Keys = &'static [(&'static str, &'static str)];

/// Reads all `#[name(…)]` of an item. A key that is wrong is reported, and the others are read all the same.
pub(crate) fn nested(
    attributes: &[Attribute],
    name: &str,
    keys: Keys,
    report: &mut Report,
    mut read: impl FnMut(&str, Span, ParseStream<'_>, &mut Report) -> syn::Result<bool>,
) {
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident(name))
    {
        let Meta::List(list) = &attribute.meta else {
            let usage = format!("expected `#[{name}(…)]`");
            report.at(attribute.path().span(), usage);
            continue;
        };
        let parsed = list.parse_args_with(|input: ParseStream<'_>| {
            items(input, report, |input, report| {
                let word = input.call(Ident::parse_any).map_err(|error| {
                    let usage = keys.first().map_or("", |(_, usage)| *usage);
                    syn::Error::new(error.span(), format!("expected a key, as in `{usage}`"))
                })?;
                let key = word.unraw().to_string();
                let is_alone = end(input).is_ok();
                match read(&key, word.span(), input, report) {
                    Ok(true) if input.peek(Token![=]) => {
                        Err(input.error(format!("`{key}` takes no value")))
                    }
                    Ok(true) => end(input).map_err(|error| with_usage(&error, &key, keys)),
                    Ok(false) => {
                        let message = unknown(&key, keys.iter().map(|(name, _)| *name));
                        Err(syn::Error::new(word.span(), message))
                    }
                    Err(_) if is_alone => {
                        let message = format!("expected `{}`", usage(&key, keys));
                        Err(syn::Error::new(word.span(), message))
                    }
                    Err(error) => Err(with_usage(&error, &key, keys)),
                }
            });
            Ok(())
        });
        report.ok(parsed);
    }
}

/// `key = literal`, or whatever `T` is.
pub(crate) fn value<T: Parse>(input: ParseStream<'_>) -> syn::Result<T> {
    input.parse::<Token![=]>()?;
    input.parse()
}

/// `key`, `key = true` or `key = false`.
pub(crate) fn flag(input: ParseStream<'_>) -> syn::Result<bool> {
    if input.peek(Token![=]) {
        value::<LitBool>(input).map(|literal| literal.value)
    } else {
        Ok(true)
    }
}

/// What stands in parentheses. If it is wrong, nothing is said of what follows there.
pub(crate) fn in_parentheses<T>(
    input: ParseStream<'_>,
    read: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<T> {
    let content;
    parenthesized!(content in input);
    let result = read(&content);
    if result.is_err() {
        content.parse::<TokenStream>()?;
    }
    result
}

impl<T> Set<T> {
    /// Fills a slot; a second time is an error at the second place.
    pub(crate) fn once(slot: &mut Slot<T>, key: Span, value: T, report: &mut Report) {
        if slot.is_some() {
            report.at(key, "this is already set");
        } else {
            *slot = Some(Self { key, value });
        }
    }
}

/// Reads items up to the end, separated by commas. One that is wrong is reported and left out. Whether all were right.
pub(crate) fn items(
    input: ParseStream<'_>,
    report: &mut Report,
    mut read: impl FnMut(ParseStream<'_>, &mut Report) -> syn::Result<()>,
) -> bool {
    let mut right = true;
    while !input.is_empty() {
        if let Err(error) = read(input, report).and_then(|()| end(input)) {
            report.push(error);
            right = false;
        }
        if skip_to_comma(input).is_err() || input.parse::<Token![,]>().is_err() {
            break;
        }
    }
    right
}

/// Nothing follows an item but a comma.
fn end(input: ParseStream<'_>) -> syn::Result<()> {
    if input.is_empty() || input.peek(Token![,]) {
        Ok(())
    } else {
        Err(input.error("expected `,`"))
    }
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// What to say of a key that there is not.
pub(crate) fn unknown<'a>(key: &str, keys: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(key, keys.clone()) {
        Some(name) => format!("unknown key `{key}`; did you mean `{name}`?"),
        None => {
            let names: Vec<String> = keys.map(|name| format!("`{name}`")).collect();
            let one_of = if names.len() > 1 { "one of " } else { "" };
            format!("unknown key `{key}`; expected {one_of}{}", names.join(", "))
        }
    }
}

/// Says how the key is written.
fn with_usage(error: &syn::Error, key: &str, keys: Keys) -> syn::Error {
    let usage = usage(key, keys);
    syn::Error::new(error.span(), format!("{error}; write `{usage}`"))
}

fn usage(key: &str, keys: Keys) -> &'static str {
    keys.iter()
        .find(|(name, _)| *name == key)
        .map_or("", |(_, usage)| *usage)
}

/// The name that was probably meant, if one is close.
pub(crate) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = name.chars().count().div_ceil(3);
    names
        .map(|other| (distance(name, other), other))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, other)| other)
}

/// How many letters have to be added, left out, exchanged or swapped.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let mut best = (rows[i - 1][j] + 1)
                .min(row[j - 1] + 1)
                .min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_a_slip_away() {
        let names = || ["default", "default_sql", "name"].into_iter();
        assert_eq!(nearest("defualt", names()), Some("default"));
        assert_eq!(nearest("nmae", names()), Some("name"));
        assert_eq!(nearest("frobnicate", names()), None);
    }
}
