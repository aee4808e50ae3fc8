//! Checks that a type of Rust says by itself.

use tablature::schema::{self, Expression, same_name};

/// The values of `column IN (…)`, as they are written.
pub(super) fn listed_values(check: &Expression, column: &str) -> Option<Vec<String>> {
    let [name, word, open, values @ .., close] = check.tokens() else {
        return None;
    };
    let shape = same_name(name, column) && word == "in" && open == "(" && close == ")";
    if !shape || values.len() % 2 == 0 {
        return None;
    }
    let commas = values.iter().skip(1).step_by(2).all(|it| it == ",");
    commas.then(|| values.iter().step_by(2).cloned().collect())
}

/// Whether it has no name, or the one that the type would give it.
pub(super) fn is_named(check: &schema::Check, name: &str) -> bool {
    check.name.as_ref().is_none_or(|it| same_name(it, name))
}

/// The number of `length(column) = 16`.
pub(super) fn length_of(check: &Expression, column: &str) -> Option<usize> {
    let [word, open, name, close, equals, length] = check.tokens() else {
        return None;
    };
    let shape = [word, open, close, equals] == ["length", "(", ")", "="];
    (shape && same_name(name, column))
        .then(|| length.parse().ok())
        .flatten()
}

/// What a text literal says.
pub(super) fn text_of(token: &str) -> Option<String> {
    let inner = token.strip_prefix('\'')?.strip_suffix('\'')?;
    let text = inner.replace("''", "'");
    (!text.contains('\0')).then_some(text)
}
