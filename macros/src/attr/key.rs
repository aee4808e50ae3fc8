use crate::report::Report;
use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Attribute, Ident, LitBool, Token};

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
    mut read: impl FnMut(&str, Span, &ParseNestedMeta<'_>, &mut Report) -> syn::Result<bool>,
) {
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident(name))
    {
        let parsed = attribute.parse_nested_meta(|meta| {
            let key = meta
                .path
                .get_ident()
                .map(Ident::unraw)
                .map(|ident| ident.to_string())
                .unwrap_or_default();
            match read(&key, meta.path.span(), &meta, report) {
                Ok(true) => {}
                Ok(false) => report.at(meta.path.span(), unknown(&key, keys)),
                Err(error) => report.push(with_usage(error, &key, keys)),
            }
            skip_to_comma(meta.input)
        });
        report.ok(parsed);
    }
}

/// `key = literal`, or whatever `T` is.
pub(crate) fn literal<T: Parse>(meta: &ParseNestedMeta<'_>) -> syn::Result<T> {
    meta.value()?.parse()
}

/// `key`, `key = true` or `key = false`.
pub(crate) fn flag(meta: &ParseNestedMeta<'_>) -> syn::Result<bool> {
    if meta.input.peek(Token![=]) {
        literal::<LitBool>(meta).map(|literal| literal.value)
    } else {
        Ok(true)
    }
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

/// Reads items up to the end, separated by commas. One that is wrong is reported and left out.
pub(crate) fn items(
    input: ParseStream<'_>,
    report: &mut Report,
    mut read: impl FnMut(ParseStream<'_>, &mut Report) -> syn::Result<()>,
) {
    while !input.is_empty() {
        if let Err(error) = read(input, report) {
            report.push(error);
        }
        if skip_to_comma(input).is_err() || input.parse::<Token![,]>().is_err() {
            break;
        }
    }
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

fn unknown(key: &str, keys: Keys) -> String {
    match nearest(key, keys.iter().map(|(name, _)| *name)) {
        Some(name) => format!("unknown key `{key}`; did you mean `{name}`?"),
        None => {
            let names: Vec<String> = keys.iter().map(|(name, _)| format!("`{name}`")).collect();
            format!("unknown key `{key}`; expected one of {}", names.join(", "))
        }
    }
}

/// Says how the key is written.
fn with_usage(error: syn::Error, key: &str, keys: Keys) -> syn::Error {
    match keys.iter().find(|(name, _)| *name == key) {
        Some((_, usage)) => syn::Error::new(error.span(), format!("{error}; write `{usage}`")),
        None => error,
    }
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
