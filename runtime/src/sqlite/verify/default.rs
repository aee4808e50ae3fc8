use super::message::{Message, fail};
use crate::declare::{Default, Domain, Facts, Literal, Table, Type};

/// A default is of the column's type, and legal.
#[track_caller]
pub const fn default(table: &Table, column: usize) {
    let declared = &table.columns[column];
    let Some(Default::Literal(literal)) = declared.default else {
        return;
    };
    let fits = matches!(
        (declared.facts.ty, literal),
        (Type::Integer, Literal::Integer(_))
            | (Type::Real, Literal::Real(_) | Literal::Integer(_))
            | (Type::Text, Literal::Text(_))
            | (Type::Blob, Literal::Blob(_))
            | (Type::Any, _)
    );
    if !fits {
        let kind = match literal {
            Literal::Integer(_) => "an integer",
            Literal::Real(_) => "a number",
            Literal::Text(_) => "a text",
            Literal::Blob(_) => "a blob",
        };
        fail(&[
            "`",
            declared.field,
            "` is ",
            declared.facts.ty.name(),
            ", and its default is ",
            kind,
        ]);
    }
    let legal = match (declared.facts.domain, literal) {
        (Domain::Texts(texts), Literal::Text(text)) => holds_text(texts, text),
        (Domain::Integers(integers), Literal::Integer(number)) => holds_integer(integers, number),
        (Domain::Length(bytes), Literal::Blob(blob)) => blob.len() == bytes,
        _ => true,
    };
    if !legal {
        illegal(declared.field, declared.facts.domain);
    }
}

/// Says which defaults are legal.
#[track_caller]
const fn illegal(field: &str, domain: Domain) -> ! {
    let mut message = Message::new();
    message.say(&["the default of `", field, "` is "]);
    let mut i = 0;
    match domain {
        Domain::Texts(texts) => {
            while i < texts.len() {
                message.say(&[if i == 0 { "one of '" } else { ", '" }, texts[i], "'"]);
                i += 1;
            }
        }
        Domain::Integers(integers) => {
            while i < integers.len() {
                message.say(&[if i == 0 { "one of " } else { ", " }]);
                message.number(integers[i]);
                i += 1;
            }
        }
        Domain::Length(bytes) => {
            message.number(bytes.cast_signed() as i64);
            message.say(&[" bytes long"]);
        }
        Domain::All | Domain::Json => message.say(&["illegal"]),
    }
    message.panic()
}

/// The type of the column has a form for the present moment. `key` takes the expression where it has none.
#[track_caller]
pub const fn has_now(facts: &Facts, field: &str, key: &str) {
    if facts.now.is_none() {
        fail(&[
            "the type of `",
            field,
            "` has no present moment; write the expression: `",
            key,
            " = \"…\"`",
        ]);
    }
}

const fn holds_text(texts: &[&str], text: &str) -> bool {
    let mut i = 0;
    while i < texts.len() {
        if equal(texts[i].as_bytes(), text.as_bytes()) {
            return true;
        }
        i += 1;
    }
    false
}

pub(super) const fn equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

const fn holds_integer(integers: &[i64], number: i64) -> bool {
    let mut i = 0;
    while i < integers.len() {
        if integers[i] == number {
            return true;
        }
        i += 1;
    }
    false
}
