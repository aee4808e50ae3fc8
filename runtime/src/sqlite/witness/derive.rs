use super::class::Class;
use super::literal::{Hints, Literal, Reading};
use rusqlite::types::Value;

/// What the literals near a column say about its values.
pub(super) fn derive(literals: &[Literal], class: Class, reading: &Reading<'_>, hint: &mut Hints) {
    let mut before: Option<f64> = None;
    for literal in literals {
        match literal {
            Literal::Integer(n) => {
                if reading.uses_length {
                    of_length(*n, class, &mut hint.derived);
                }
                integer(*n, class, hint);
            }
            Literal::Real(n) => {
                hint.told.push(Value::Real(*n));
                hint.derived
                    .extend([n - 1.0, n + 1.0, n / 2.0].map(Value::Real));
            }
            Literal::Text(text) => {
                hint.told.push(Value::Text(text.clone()));
                if text.len() < 40 {
                    hint.derived.push(Value::Text(format!("a{text}b")));
                    hint.derived.push(Value::Text(format!("{text}1")));
                }
            }
            Literal::Like(pattern) => {
                let texts = ["", "a", "b1"].map(|rest| like(pattern, rest));
                hint.derived.extend(texts.map(Value::Text));
            }
            Literal::Glob(pattern) => {
                let texts = ["", "1", "ab2"].map(|rest| glob(pattern, rest));
                hint.derived.extend(texts.map(Value::Text));
            }
            Literal::Blob(blob) => {
                hint.told.push(Value::Blob(blob.clone()));
                let ends = [0, 0xff].map(|byte| Value::Blob(vec![byte; blob.len()]));
                hint.derived.extend(ends);
            }
        }
        let number = match literal {
            Literal::Integer(n) => i32::try_from(*n).ok().map(f64::from),
            Literal::Real(n) => Some(*n),
            _ => None,
        };
        if let (Some(low), Some(high)) = (before, number) {
            hint.derived.push(Value::Real(f64::midpoint(low, high)));
        }
        before = number.or(before);
    }
    if reading.uses_json && matches!(class, Class::Text | Class::Any | Class::Blob) {
        json(literals, hint);
    }
}

fn integer(n: i64, class: Class, hint: &mut Hints) {
    let near = [n.checked_add(1), n.checked_sub(1)].into_iter().flatten();
    if class == Class::Text {
        hint.derived.push(Value::Text(n.to_string()));
        hint.derived
            .extend(near.map(|it| Value::Text(it.to_string())));
    } else {
        hint.told.push(Value::Integer(n));
        hint.derived.extend(near.map(Value::Integer));
    }
}

/// Digits first: they are in lower and in upper case at once, hexadecimal, and no space.
fn of_length(n: i64, class: Class, values: &mut Vec<Value>) {
    let Ok(exact) = usize::try_from(n) else {
        return;
    };
    for (length, variants) in [(exact, 9), (exact.saturating_sub(1), 2), (exact + 1, 2)] {
        // Long ones are slow, and say nothing more.
        let variants = if length > 1000 { 2 } else { variants };
        if length == 0 || length > 100_000 {
            continue;
        }
        for variant in 1..=variants {
            if matches!(class, Class::Text | Class::Any | Class::Moment) {
                let mut text = variant.to_string().repeat(length);
                text.truncate(length);
                values.push(Value::Text(text));
            }
            if matches!(class, Class::Blob | Class::Any) {
                values.push(Value::Blob(vec![variant; length]));
            }
        }
    }
}

fn json(literals: &[Literal], hint: &mut Hints) {
    const FIRST: [&str; 7] = [
        "{}",
        "[]",
        "[1]",
        "{\"a\":1}",
        "\"it's\"",
        "[\"\u{fc}\", null]",
        "0",
    ];
    let first = FIRST.map(|it| Value::Text(it.to_owned()));
    let many = (0..9).map(|n| Value::Text(format!("{{\"n\":{n}}}")));
    hint.derived.extend(first.into_iter().chain(many));
    // `json_extract(c, '$.kind') = 'a'`, `c ->> 'kind' = 'a'`
    let is_path = |it: &Literal| matches!(it, Literal::Text(text) if text.starts_with('$'));
    let has_paths = literals.iter().any(is_path);
    for path in literals.iter().filter(|it| !has_paths || is_path(it)) {
        let Literal::Text(path) = path else {
            continue;
        };
        let key = path.strip_prefix("$.").unwrap_or(path);
        if key.contains(['.', '[', '"', '\\', '$']) {
            continue;
        }
        let object = format!("{{\"{key}\":\"it's\"}}");
        hint.derived.insert(0, Value::Text(object));
        for other in literals.iter().filter(|it| !is_path(it)) {
            match other {
                Literal::Integer(n) => {
                    hint.told.push(Value::Text(format!("{{\"{key}\":{n}}}")));
                }
                Literal::Text(text) if text != path && !text.contains(['"', '\\']) => {
                    let object = format!("{{\"{key}\":\"{text}\"}}");
                    hint.told.push(Value::Text(object));
                }
                _ => {}
            }
        }
    }
}

fn like(pattern: &str, rest: &str) -> String {
    let mut text = String::new();
    for c in pattern.chars() {
        match c {
            '%' => text.push_str(rest),
            '_' => text.push('a'),
            c => text.push(c),
        }
    }
    text
}

fn glob(pattern: &str, rest: &str) -> String {
    let mut text = String::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '*' => text.push_str(rest),
            '?' => text.push('a'),
            '[' => {
                let mut class = String::new();
                // A `]` that comes first is one of the characters.
                while let Some(c) = chars.next().filter(|&c| c != ']' || class.is_empty()) {
                    class.push(c);
                }
                text.push(one_of(&class));
            }
            c => text.push(c),
        }
    }
    text
}

fn one_of(class: &str) -> char {
    match class.strip_prefix('^') {
        Some(not) => "a0A-_ "
            .chars()
            .find(|&c| !in_class(not, c))
            .unwrap_or('\u{fc}'),
        None => ['1', '2', 'a']
            .into_iter()
            .find(|&c| in_class(class, c))
            .or_else(|| class.chars().next())
            .unwrap_or('a'),
    }
}

fn in_class(class: &str, c: char) -> bool {
    let chars: Vec<char> = class.chars().collect();
    chars.contains(&c)
        || chars
            .windows(3)
            .any(|it| it[1] == '-' && (it[0]..=it[2]).contains(&c))
}
