use super::samples;
use crate::column_type::Restore;
use rusqlite::types::Value;

/// Fields of a struct, at most.
const FIELDS: usize = 64;

/// The JSON of a struct whose fields have to be there; none where a field is more than a number, a text or the like.
///
/// serde reads a struct from an array too, field by field, and where the array ends too early says how long it was.
pub(super) fn fields(n: usize, restore: Restore) -> Option<Value> {
    let items = items(n);
    let mut array = "[".to_owned();
    for length in 1..=FIELDS {
        let too_short = format!("invalid length {length},");
        let next = items.iter().find_map(|item| {
            let longer = format!("{array}{item}");
            let json = Value::Text(format!("{longer}]"));
            match restore.value((&json).into()) {
                Ok(value) => Some(Ok(value)),
                Err(error) => error
                    .to_string()
                    .contains(&too_short)
                    .then_some(Err(longer)),
            }
        });
        match next? {
            Ok(value) => return Some(value),
            Err(longer) => array = longer + ",",
        }
    }
    None
}

/// What a field may be: plain values first, then texts of some form.
fn items(n: usize) -> Vec<String> {
    let mut items = vec![
        format!("\"text {n}\""),
        n.to_string(),
        (n % 2 == 1).to_string(),
        "[]".to_owned(),
        "{}".to_owned(),
    ];
    let texts = samples::texts(n).into_iter();
    let plain = texts.filter(|it| !it.contains(['"', '\\']));
    items.extend(plain.map(|it| format!("\"{it}\"")));
    // Sometimes nothing.
    items.insert(if n % 3 == 2 { 0 } else { items.len() }, "null".to_owned());
    items
}
