//! Texts and names as they stand in attributes.

use crate::pull::name::written;

/// A name without quotes, where it may be one.
pub(super) fn word(name: &str) -> String {
    let plain = name.starts_with(|it: char| it.is_ascii_lowercase())
        && name
            .chars()
            .all(|it| matches!(it, 'a'..='z' | '0'..='9' | '_'))
        && written(name) == name
        && !matches!(name, "self" | "super" | "crate");
    if plain {
        name.to_owned()
    } else {
        literal(name)
    }
}

/// A text as a literal, raw where that is easier to read.
pub(super) fn literal(text: &str) -> String {
    let raw = text.contains(['"', '\\', '\n']);
    let visible = text.chars().all(|it| it == '\n' || !it.is_control());
    if !raw || !visible {
        return format!("{text:?}");
    }
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}
