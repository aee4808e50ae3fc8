//! Names in Rust's style.

use std::collections::BTreeSet;

/// The words of a name, in lower case: `user_id`, `userId`, `user-id` and `USER ID` have the same.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (i, &letter) in letters.iter().enumerate() {
        let starts = letter.is_uppercase()
            && i > 0
            && (!letters[i - 1].is_uppercase()
                || letters.get(i + 1).is_some_and(|next| next.is_lowercase()));
        if starts || !is_letter(letter) {
            words.push(String::new());
        }
        if is_letter(letter)
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A letter that Rust takes in a name, wherever it stands, or a digit.
fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || (letter.is_alphabetic()
            && matches!(letter, 'À'..='ɏ' | 'Ͱ'..='ӿ' | 'ぁ'..='ヺ' | '一'..='鿿' | '가'..='힣'))
}

/// What the derive makes of the name of a struct or of a variant.
pub(super) fn snake(name: &str) -> String {
    words(name).join("_")
}

fn pascal(name: &str) -> String {
    let capital = |word: &String| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters).collect()
        })
    };
    words(name).iter().map(capital).collect()
}

/// Names that are taken.
#[derive(Debug, Default)]
pub(super) struct Taken(BTreeSet<String>);

impl Taken {
    /// The names of types that the file itself uses.
    pub(super) fn by_rust() -> Self {
        let names = ["Table", "ColumnType", "Option", "Vec", "String", "Self"];
        Self(names.into_iter().map(str::to_owned).collect())
    }

    /// A struct, and the struct of its columns, which the derive makes.
    pub(super) fn of_struct(&mut self, table: &str) -> String {
        let columns = |name: &str| format!("{name}Columns");
        let name = self.free(&or(pascal(table), "Table"), "Row", |taken, name| {
            taken.contains(name) || taken.contains(&columns(name))
        });
        self.0.insert(columns(&name));
        name
    }

    pub(super) fn of_enum(&mut self, table: &str, column: &str) -> String {
        let name = format!("{table}{}", or(pascal(column), "Value"));
        self.free(&name, "Value", BTreeSet::contains)
    }

    pub(super) fn of_variant(&mut self, value: &str) -> String {
        let name = match pascal(value) {
            name if name.is_empty() && value.is_empty() => "Empty".to_owned(),
            name if !name.starts_with(char::is_alphabetic) => format!("Value{name}"),
            name => name,
        };
        self.free(&name, "Value", |taken, name| {
            taken.contains(name) || name == "Self"
        })
    }

    pub(super) fn of_field(&mut self, column: &str, position: usize) -> String {
        let inner = column.trim_matches('_');
        let fits = inner.starts_with(|it: char| it.is_ascii_lowercase())
            && !inner.contains("__")
            && inner
                .chars()
                .all(|it| matches!(it, 'a'..='z' | '0'..='9' | '_'));
        let name = match (fits, snake(column)) {
            (true, _) => column.to_owned(),
            (false, name) if name.is_empty() => format!("column_{}", position + 1),
            (false, name) => name,
        };
        // The only keywords that have no raw form.
        let name = match name.as_str() {
            "self" | "super" | "crate" => format!("{name}_"),
            _ => name,
        };
        self.free(&name, "", BTreeSet::contains)
    }

    /// The name, or the next one that is free: with a word behind it, and then with a number.
    fn free(
        &mut self,
        name: &str,
        word: &str,
        is_taken: impl Fn(&BTreeSet<String>, &String) -> bool,
    ) -> String {
        let name = if name.starts_with(|it: char| it.is_ascii_digit()) {
            format!("_{name}")
        } else {
            name.to_owned()
        };
        let longer = format!("{name}{word}");
        let numbered = (2..).map(|number| {
            if longer.ends_with(|it: char| it.is_ascii_digit()) {
                format!("{longer}_{number}")
            } else {
                format!("{longer}{number}")
            }
        });
        let free = [name, longer.clone()]
            .into_iter()
            .chain(numbered)
            .find(|it| !is_taken(&self.0, it))
            .unwrap_or(longer.clone());
        self.0.insert(free.clone());
        free
    }
}

fn or(name: String, other: &str) -> String {
    if name.is_empty() {
        other.to_owned()
    } else {
        name
    }
}

/// The name as it stands in Rust: a keyword needs `r#`.
pub(super) fn written(name: &str) -> String {
    // See <https://doc.rust-lang.org/reference/keywords.html>.
    const KEYWORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do",
        "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in",
        "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
        "return", "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe",
        "unsized", "use", "virtual", "where", "while", "yield",
    ];
    if KEYWORDS.contains(&name) {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Taken, snake, written};

    fn check(columns: &[&str], expect: &[&str]) {
        let mut taken = Taken::default();
        let fields: Vec<String> = columns
            .iter()
            .enumerate()
            .map(|(at, it)| written(&taken.of_field(it, at)))
            .collect();
        assert_eq!(fields, expect);
    }

    #[test]
    fn columns_become_fields() {
        check(&["id", "_id", "id_"], &["id", "_id", "id_"]);
        check(
            &["userId", "USER_ID", "user id", "UserID2"],
            &["user_id", "user_id2", "user_id3", "user_id2_2"],
        );
        check(&["type", "self", "Self"], &["r#type", "self_", "self_2"]);
        check(
            &["", "1st", "a__b", "+", "größe", "²"],
            &["column_1", "_1st", "a_b", "column_4", "größe", "column_6"],
        );
    }

    #[test]
    fn tables_become_structs() {
        let mut taken = Taken::by_rust();
        let names = [
            "posts",
            "table",
            "posts_columns",
            "POSTS",
            "2fa",
            "blog-post",
        ];
        let structs: Vec<String> = names.iter().map(|it| taken.of_struct(it)).collect();
        let expect = [
            "Posts",
            "TableRow",
            "PostsColumnsRow",
            "PostsRow",
            "_2fa",
            "BlogPost",
        ];
        assert_eq!(structs, expect);
        assert_eq!(snake("BlogPost"), "blog_post");
    }
}
