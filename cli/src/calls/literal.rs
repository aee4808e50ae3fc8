use super::text::Text;
use proc_macro2::Span;
use std::iter::Peekable;
use std::str::CharIndices;
use syn::LitStr;

/// The value of a literal, each of its characters at its place in the file.
pub(super) fn text(literal: &LitStr, file: usize, source: &str) -> Text {
    let bytes = bytes(literal.span());
    let written = source.get(bytes.clone()).unwrap_or_default();
    let text = read(written, bytes.start, file).unwrap_or_default();
    let mut value = literal.value();
    if written.starts_with('r') {
        // The compiler ends all lines in one way.
        value = value.replace("\r\n", "\n");
    }
    if text.value == value {
        return text;
    }
    // It is not as it is written, as in a macro: then it stands where it begins.
    let mut text = Text::default();
    for letter in value.chars() {
        text.push(letter, file, bytes.start);
    }
    text
}

pub(super) fn bytes(span: Span) -> std::ops::Range<usize> {
    span.byte_range()
}

/// See <https://doc.rust-lang.org/reference/tokens.html#string-literals>.
fn read(written: &str, start: usize, file: usize) -> Option<Text> {
    let mut text = Text::default();
    if let Some(raw) = written.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let inner = raw.get(hashes + 1..raw.len().checked_sub(hashes + 1)?)?;
        let from = start + 1 + hashes + 1;
        for (at, letter) in inner.char_indices() {
            if letter != '\r' || !inner[at..].starts_with("\r\n") {
                text.push(letter, file, from + at);
            }
        }
        return Some(text);
    }
    let inner = written.strip_prefix('"')?.strip_suffix('"')?;
    let mut letters = inner.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let place = start + 1 + at;
        match letter {
            '\\' => {
                let (_, first) = letters.next()?;
                if matches!(first, '\n' | '\r') {
                    // A backslash joins two lines.
                    let is_space = |it: &(usize, char)| matches!(it.1, ' ' | '\t' | '\n' | '\r');
                    while letters.next_if(is_space).is_some() {}
                } else {
                    text.push(escaped(first, &mut letters)?, file, place);
                }
            }
            '\r' if letters.peek().is_some_and(|it| it.1 == '\n') => {}
            letter => text.push(letter, file, place),
        }
    }
    Some(text)
}

fn escaped(first: char, letters: &mut Peekable<CharIndices<'_>>) -> Option<char> {
    Some(match first {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        'x' => {
            let digits: String = letters.by_ref().take(2).map(|it| it.1).collect();
            char::from(u8::from_str_radix(&digits, 16).ok()?)
        }
        'u' => {
            letters.next_if(|it| it.1 == '{')?;
            let digits = letters.by_ref().map(|it| it.1).take_while(|it| *it != '}');
            let digits: String = digits.filter(|it| *it != '_').collect();
            char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
        }
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::text;

    /// A word that stands once in the value stands at the same place as in the source.
    fn check(source: &str, word: &str) {
        let literal: syn::LitStr = syn::parse_str(source).unwrap();
        let text = text(&literal, 0, source);
        let at = text.value.find(word).unwrap();
        let place = text.place(&(at..at + word.len())).unwrap();
        assert_eq!(&source[place.bytes], word, "{source}");
    }

    #[test]
    fn every_character_has_its_place() {
        check(r#""SELECT titel""#, "titel");
        check(r#""a\t\n\r\0\\\'\"\x41\u{1F4_00} titel b""#, "titel");
        check("\"a \\\n      titel \\\r\n  b\"", "titel");
        check("\"é\r\n\ttitel\"", "titel");
        check("r\"é\\n\r\n titel\"", "titel");
        check("r##\"a \"# titel\"##", "titel");
    }
}
