use super::class::Class;
use rusqlite::Connection;
use rusqlite::types::Value;

/// The forms of a moment, each with the steps in which it moves.
const FORMS: [(&str, &str); 5] = [
    ("%Y-%m-%d", "days"),
    ("%Y-%m-%dT%H:%M:%f000000Z", "days"),
    ("%Y-%m-%dT%H:%M:%f000000Z", "minutes"),
    ("%Y-%m-%dT%H:%M:%f000000", "minutes"),
    ("%H:%M:%f000000", "minutes"),
];

/// The values around those that a check names: where they are bounds, most of what lies between them.
pub(super) fn near(db: &Connection, told: &[Value], class: Class, reach: i32) -> Vec<Value> {
    let mut found = Vec::new();
    if reach == 0 {
        return found;
    }
    let Ok(mut moved) = db.prepare("SELECT strftime(?1, ?2, ?3)") else {
        return found;
    };
    let mut moved = |form: &str, text: &str, by: &str| {
        let other = moved.query_row([form, text, by], |row| row.get(0));
        other.ok().filter(|it| *it != Value::Null)
    };
    let mut told = told.to_vec();
    told.retain(|it| match it {
        Value::Text(it) => moved("%s", it, "0 days").is_some(),
        _ => true,
    });
    for step in (1..=reach).flat_map(|it| [it, -it]) {
        for value in &told {
            match value {
                Value::Real(it) => found.push(fraction(*it, step)),
                // `x > 0 AND x < 1`
                Value::Integer(it) if class == Class::Real => {
                    found.extend(i32::try_from(*it).map(|it| fraction(it.into(), step)));
                }
                Value::Integer(it) => {
                    found.extend(it.checked_add(step.into()).map(Value::Integer));
                }
                Value::Text(it) => {
                    for (form, unit) in FORMS {
                        found.extend(moved(form, it, &format!("{step} {unit}")));
                    }
                }
                Value::Null | Value::Blob(_) => {}
            }
        }
    }
    found
}

fn fraction(from: f64, step: i32) -> Value {
    Value::Real(from + f64::from(step) / 256.0)
}
