use super::scopes::{Binding, Scopes};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Expr, Lit, Macro, Token};
use tablature::check::Arguments;

/// Counts what is given as parameters: `()`, arrays, slices, tuples, `params!` and `named_params!`. None where the
/// program puts them together.
pub(super) fn of(value: &Expr, scopes: Option<&Scopes>) -> Option<Arguments> {
    match value {
        Expr::Reference(it) => of(&it.expr, scopes),
        Expr::Paren(it) => of(&it.expr, scopes),
        Expr::Group(it) => of(&it.expr, scopes),
        Expr::Cast(it) => of(&it.expr, scopes),
        Expr::Array(it) => list(it.elems.iter()),
        Expr::Tuple(it) => Some(Arguments::Counted(it.elems.len())),
        Expr::Repeat(it) => match &*it.len {
            Expr::Lit(it) => match &it.lit {
                Lit::Int(it) => it.base10_parse().ok().map(Arguments::Counted),
                _ => None,
            },
            _ => None,
        },
        Expr::Macro(it) => of_macro(&it.mac),
        Expr::Path(it) => match scopes?.get(&it.path.get_ident()?.to_string())? {
            Binding::Arguments(arguments) => Some(arguments.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// An array is by position, unless its elements are pairs of a name and a value.
fn list<'e>(elements: impl Iterator<Item = &'e Expr>) -> Option<Arguments> {
    let (mut count, mut names) = (0, Vec::new());
    for element in elements {
        count += 1;
        if let Expr::Tuple(pair) = element
            && pair.elems.len() == 2
        {
            names.push(text(&pair.elems[0])?);
        }
    }
    match names.len() {
        0 => Some(Arguments::Counted(count)),
        it if it == count => Some(Arguments::Named(names)),
        _ => None,
    }
}

fn text(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(it) => match &it.lit {
            Lit::Str(it) => Some(it.value()),
            _ => None,
        },
        _ => None,
    }
}

fn of_macro(mac: &Macro) -> Option<Arguments> {
    let name = mac.path.segments.last()?.ident.to_string();
    match name.as_str() {
        "params" => {
            let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
            let values = parse.parse2(mac.tokens.clone()).ok()?;
            Some(Arguments::Counted(values.len()))
        }
        "named_params" => {
            let pair = |input: syn::parse::ParseStream<'_>| {
                let name: syn::LitStr = input.parse()?;
                input.parse::<Token![:]>()?;
                input.parse::<Expr>()?;
                Ok(name.value())
            };
            let parse = |input: syn::parse::ParseStream<'_>| {
                Punctuated::<String, Token![,]>::parse_terminated_with(input, pair)
            };
            let names = parse.parse2(mac.tokens.clone()).ok()?;
            Some(Arguments::Named(names.into_iter().collect()))
        }
        _ => None,
    }
}
