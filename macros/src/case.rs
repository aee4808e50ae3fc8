use syn::LitStr;

/// How the names of Rust become names in SQL, as in serde.
#[derive(Clone, Copy)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

const CASES: &[(&str, Case)] = &[
    ("lowercase", Case::Lower),
    ("UPPERCASE", Case::Upper),
    ("PascalCase", Case::Pascal),
    ("camelCase", Case::Camel),
    ("snake_case", Case::Snake),
    ("SCREAMING_SNAKE_CASE", Case::ScreamingSnake),
    ("kebab-case", Case::Kebab),
    ("SCREAMING-KEBAB-CASE", Case::ScreamingKebab),
];

impl Case {
    pub(crate) fn parse(literal: &LitStr) -> syn::Result<Self> {
        let text = literal.value();
        match CASES.iter().find(|(name, _)| *name == text) {
            Some((_, case)) => Ok(*case),
            None => {
                let names: Vec<String> = CASES
                    .iter()
                    .map(|(name, _)| format!("\"{name}\""))
                    .collect();
                Err(syn::Error::new(
                    literal.span(),
                    format!("expected one of {}", names.join(", ")),
                ))
            }
        }
    }

    /// Applies it to a name in snake case or in Pascal case.
    pub(crate) fn apply(self, name: &str) -> String {
        let words = words(name);
        let capital = |word: &String| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect()
            })
        };
        match self {
            Self::Lower => words.concat(),
            Self::Upper => words.concat().to_uppercase(),
            Self::Pascal => words.iter().map(capital).collect(),
            Self::Camel => words
                .iter()
                .take(1)
                .cloned()
                .chain(words.iter().skip(1).map(capital))
                .collect(),
            Self::Snake => words.join("_"),
            Self::ScreamingSnake => words.join("_").to_uppercase(),
            Self::Kebab => words.join("-"),
            Self::ScreamingKebab => words.join("-").to_uppercase(),
        }
    }
}

/// The words of a name, in lower case. A run of capitals is one word: `HTTPServer` is `http`, `server`.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (i, letter) in letters.iter().enumerate() {
        let starts = letter.is_uppercase()
            && i > 0
            && (!letters[i - 1].is_uppercase()
                || letters.get(i + 1).is_some_and(|next| next.is_lowercase()));
        if *letter == '_' || starts {
            words.push(String::new());
        }
        if *letter != '_'
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::Case;

    fn check(case: Case, name: &str, expect: &str) {
        assert_eq!(case.apply(name), expect);
    }

    #[test]
    fn names_become_snake_case() {
        check(Case::Snake, "BlogPost", "blog_post");
        check(Case::Snake, "HTTPServer", "http_server");
        check(Case::Snake, "PostV2", "post_v2");
        check(Case::Snake, "A", "a");
    }

    #[test]
    fn every_case_of_serde() {
        check(Case::Lower, "created_at", "createdat");
        check(Case::Upper, "created_at", "CREATEDAT");
        check(Case::Pascal, "created_at", "CreatedAt");
        check(Case::Camel, "created_at", "createdAt");
        check(Case::ScreamingSnake, "created_at", "CREATED_AT");
        check(Case::Kebab, "created_at", "created-at");
        check(Case::ScreamingKebab, "created_at", "CREATED-AT");
    }
}
