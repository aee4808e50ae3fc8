use tablature::plan::Hazard;
use tablature::schema::{Schema, Table};

/// The command that was typed, with the flags that would answer what is asked: to paste, and to look over.
pub(crate) fn command(hazards: &[Hazard], to: &Schema) -> Option<String> {
    let answers: Vec<String> = hazards
        .iter()
        .filter_map(|it| flags(&it.fix).into_iter().next())
        .map(|flag| quoted(&filled(flag, to)))
        .collect();
    if answers.is_empty() {
        return None;
    }
    let typed = std::env::args().skip(1).map(|it| word(&it));
    let words: Vec<String> = std::iter::once("cargo".to_owned())
        .chain(typed)
        .chain(answers)
        .collect();
    Some(words.join(" "))
}

/// The flags that a hazard's advice names: `` `--allow drop:posts` ``.
pub(crate) fn flags(fix: &str) -> Vec<String> {
    let quoted = fix.split('`').skip(1).step_by(2);
    quoted
        .filter(|it| it.starts_with("--"))
        .map(str::to_owned)
        .collect()
}

/// What a hazard's advice says of the first of them, in parentheses behind it.
pub(crate) fn example(fix: &str) -> Option<&str> {
    let (_, behind) = fix.split_once("…` (")?;
    behind.split_once("), or ").map(|(example, _)| example)
}

/// A value that the column takes, in the place that is left open. A column with a check is left to its author, and so are
/// values that are there: what is pasted must not wipe them out.
fn filled(flag: String, to: &Schema) -> String {
    let place = flag
        .strip_suffix("=…")
        .and_then(|it| it.strip_prefix("--backfill "))
        .and_then(|place| place.split_once('.'));
    let Some((table, column)) = place.and_then(|(table, column)| Some((to.table(table)?, column)))
    else {
        return flag;
    };
    match sample(table, column) {
        Some(value) => flag.replace('…', value),
        None => flag,
    }
}

fn sample(table: &Table, column: &str) -> Option<&'static str> {
    let declared = &table.column(column)?.declared_type;
    let checked = table.checks.iter().any(|it| it.expression.mentions(column));
    match declared.to_ascii_uppercase().as_str() {
        _ if checked => None,
        "TEXT" => Some("''"),
        "INTEGER" => Some("0"),
        "REAL" => Some("0.0"),
        "BLOB" => Some("x''"),
        _ => None,
    }
}

fn quoted(flag: &str) -> String {
    match flag.split_once(' ') {
        Some((name, value)) => format!("{name} {}", word(value)),
        None => flag.to_owned(),
    }
}

/// A word as a shell takes it.
fn word(text: &str) -> String {
    let plain = |it: char| it.is_ascii_alphanumeric() || "._:=-/,+@%".contains(it);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else if text.contains('\'') && !text.contains(['"', '$', '`', '\\', '!']) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
