//! A column becomes a field: its type is what the declared type, the checks and the rows say together.

mod check;
mod look;

use super::model::{Check, Default, Enum, Field, Type};
use super::name::Taken;
use super::rows::Values;
use check::{is_named, length_of, listed_values, text_of};
use look::{exact, is_json, is_moment, kinds, moments, named_for_moments};
use tablature::schema::{self, Expression, Table};

/// What is known of a column.
pub(super) struct Known<'a> {
    pub(super) table: &'a Table,
    pub(super) column: &'a schema::Column,
    pub(super) values: Option<&'a Values>,
}

/// How SQLite stores what comes. See <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Affinity {
    Integer,
    Text,
    Blob,
    Real,
    Numeric,
}

fn affinity(declared: &str) -> Affinity {
    let words = declared.to_ascii_uppercase();
    let has = |all: &[&str]| all.iter().any(|it| words.contains(it));
    if has(&["INT"]) {
        Affinity::Integer
    } else if has(&["CHAR", "CLOB", "TEXT"]) {
        Affinity::Text
    } else if has(&["BLOB"]) || words.is_empty() {
        Affinity::Blob
    } else if has(&["REAL", "FLOA", "DOUB"]) {
        Affinity::Real
    } else {
        Affinity::Numeric
    }
}

impl Known<'_> {
    /// The field. `checks` are those of the column; what its type says by itself is taken out of them.
    pub(super) fn field(
        &self,
        ident: String,
        of: &str,
        checks: &mut Vec<schema::Check>,
        taken: &mut Taken,
    ) -> Field {
        let refuses_null = self.table.refuses_null(self.column);
        let (ty, own_check, mut note) = self.listed(of, checks, taken).unwrap_or_else(|| {
            let (ty, note) = self.plain();
            let own_check = ty != Type::Bool;
            (ty, own_check, note)
        });
        if note.is_none() {
            note = self.advice(&ty);
        }
        if let Some(held) = self.values.filter(|it| it.unreadable > 0) {
            let count = held.unreadable;
            note = Some(format!(
                "texts that are not UTF-8, which no type reads: {count}"
            ));
        }
        let mut own = Vec::new();
        checks.retain(|check| {
            let mine = check.column.as_deref() == Some(self.column.name.as_str());
            if mine {
                own.push(Check {
                    name: check.name.clone(),
                    expression: check.expression.text().to_owned(),
                });
            }
            !mine
        });
        Field {
            ident,
            column: self.column.name.clone(),
            optional: !refuses_null && ty != Type::Value,
            not_null: refuses_null && ty == Type::Value,
            sql_type: self.sql_type(&ty),
            own_check,
            default: self.column.default.as_ref().map(|it| default(it, &ty)),
            checks: own,
            collate: self.column.collation.clone(),
            generated: self
                .column
                .generated
                .as_ref()
                .map(|it| (it.expression.text().to_owned(), it.stored)),
            touch: None,
            immutable: false,
            note,
            ty,
        }
    }

    /// What a CHECK that lists values makes of it, and whether the CHECK is as the type would write it.
    fn listed(
        &self,
        of: &str,
        checks: &mut Vec<schema::Check>,
        taken: &mut Taken,
    ) -> Option<(Type, bool, Option<String>)> {
        let column = &self.column.name;
        let length = checks.iter().enumerate().find_map(|(at, it)| {
            let own = is_named(it, &format!("{column}_length"));
            Some((at, length_of(&it.expression, column)?)).filter(|_| own)
        });
        if let Some((at, length)) = length
            && affinity(&self.column.declared_type) == Affinity::Blob
            && self.values.is_none_or(|held| held.are(held.blobs))
        {
            checks.remove(at);
            return Some((Type::Bytes(length), true, None));
        }
        let (at, values) = checks
            .iter()
            .enumerate()
            .find_map(|(at, it)| Some((at, listed_values(&it.expression, column)?)))?;
        let affinity = affinity(&self.column.declared_type);
        let binary = self.column.collation.is_none();
        let numbers = values == ["0", "1"];
        let whole = matches!(affinity, Affinity::Integer | Affinity::Numeric);
        let ty = if (numbers || values == ["1", "0"]) && whole {
            Type::Bool
        } else if affinity == Affinity::Text && binary {
            Type::Enum(self.texts(of, &values, taken)?)
        } else {
            return None;
        };
        let fits = self.values.is_none_or(|held| match &ty {
            Type::Bool => held.are(held.integers) && held.others == 0,
            // A CHECK may be younger than the rows.
            Type::Enum(it) => held.are(held.texts) && it.has_all(&held.sample),
            _ => false,
        });
        if !fits {
            return None;
        }
        let own =
            (numbers || ty != Type::Bool) && is_named(&checks[at], &format!("{column}_values"));
        if own {
            checks.remove(at);
        }
        Some((ty, own, None))
    }

    /// An enum of these texts, if texts they are, and each another.
    fn texts(&self, of: &str, values: &[String], taken: &mut Taken) -> Option<Enum> {
        let texts: Option<Vec<String>> = values.iter().map(|it| text_of(it)).collect();
        let texts = texts?;
        let mut once = texts.clone();
        once.sort();
        once.dedup();
        if once.len() != texts.len() {
            return None;
        }
        let mut names = Taken::default();
        let variant = |text: String| (names.of_variant(&text), text);
        let variants = texts.into_iter().map(variant).collect();
        Some(Enum {
            ident: taken.of_enum(of, &self.column.name),
            variants,
        })
    }

    /// The type by affinity and rows, and what of it is a guess.
    fn plain(&self) -> (Type, Option<String>) {
        let declared = self.column.declared_type.as_str();
        if self.table.strict {
            let ty = match declared.to_ascii_uppercase().as_str() {
                "INT" | "INTEGER" => Type::Integer,
                "REAL" => Type::Real,
                "TEXT" => Type::Text,
                "BLOB" => Type::Blob,
                _ => Type::Value,
            };
            return (ty, None);
        }
        let by_word = self.by_word();
        let Some(held) = self.values.filter(|it| it.count() > 0) else {
            let guessed = affinity(declared) == Affinity::Numeric && by_word != Type::Value;
            let note =
                guessed.then(|| format!("a guess: declared {declared}, and no rows were seen"));
            return (by_word, note);
        };
        let fits = match by_word {
            Type::Bool => held.are(held.integers) && held.others == 0,
            Type::Integer => held.are(held.integers),
            Type::Real => held.are(held.reals + held.integers) && exact(held),
            Type::Text => held.are(held.texts),
            Type::Blob => held.are(held.blobs),
            _ => false,
        };
        let shown = if declared.is_empty() {
            "without a type"
        } else {
            declared
        };
        if fits {
            let note = (by_word == Type::Bool)
                .then(|| format!("a guess: declared {shown}, and all rows hold 0 or 1"));
            return (by_word, note);
        }
        let ty = if held.are(held.integers) {
            Type::Integer
        } else if held.are(held.integers + held.reals) && exact(held) {
            Type::Real
        } else if held.are(held.texts) {
            Type::Text
        } else if held.are(held.blobs) {
            Type::Blob
        } else {
            let note = format!("declared {shown}; the rows hold {}", kinds(held));
            return (Type::Value, Some(note));
        };
        let note = format!(
            "a guess: declared {shown}, and all rows hold {}",
            kinds(held)
        );
        (ty, Some(note))
    }

    /// The type that the declared words are for.
    fn by_word(&self) -> Type {
        let words = self.column.declared_type.to_ascii_uppercase();
        match affinity(&words) {
            _ if words.starts_with("BOOL") => Type::Bool,
            Affinity::Integer => Type::Integer,
            Affinity::Text => Type::Text,
            Affinity::Real => Type::Real,
            Affinity::Blob if words.is_empty() => Type::Value,
            Affinity::Blob => Type::Blob,
            Affinity::Numeric if words.contains("DATE") || words.contains("TIME") => {
                let default = self.column.default.as_ref();
                let number = default.is_some_and(|it| {
                    it.mentions("unixepoch") || it.text().bytes().all(|it| it.is_ascii_digit())
                });
                if number { Type::Integer } else { Type::Text }
            }
            Affinity::Numeric
                if words == "JSON" || words.contains("STRING") || words.contains("UUID") =>
            {
                Type::Text
            }
            Affinity::Numeric
                if ["DECIMAL", "NUMERIC", "NUMBER", "MONEY"]
                    .iter()
                    .any(|it| words.starts_with(it)) =>
            {
                Type::Real
            }
            Affinity::Numeric => Type::Value,
        }
    }

    /// The words of the declared type, where they are not those that the type has.
    fn sql_type(&self, ty: &Type) -> Option<String> {
        let own = match ty {
            Type::Integer | Type::Bool => "INTEGER",
            Type::Real => "REAL",
            Type::Text | Type::Enum(_) => "TEXT",
            Type::Blob | Type::Bytes(_) => "BLOB",
            Type::Value if self.table.strict => "ANY",
            Type::Value => "",
        };
        let declared = &self.column.declared_type;
        (!declared.eq_ignore_ascii_case(own)).then(|| declared.clone())
    }

    /// What a better type may be, if the rows let one think of it.
    fn advice(&self, ty: &Type) -> Option<String> {
        let held = self.values?;
        match ty {
            Type::Text if held.look(is_json) => Some(
                "the rows hold JSON: `#[column(json, check = false)]` on a type of yours may fit".to_owned(),
            ),
            Type::Text if held.look(is_moment) => Some(
                "the rows hold moments: a type of jiff, chrono or time may fit, if it writes them in the same form".to_owned(),
            ),
            Type::Integer if moments(held) && named_for_moments(&self.column.name) => {
                Some("the rows look like seconds since 1970".to_owned())
            }
            _ => None,
        }
    }
}

/// As a literal of Rust where one says the same.
fn default(expression: &Expression, ty: &Type) -> Default {
    let text = expression.text().trim();
    let number = text.parse::<i64>().ok().filter(|it| it.to_string() == text);
    let is_real = text
        .strip_prefix('-')
        .unwrap_or(text)
        .split_once('.')
        .is_some_and(|(a, b)| {
            let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
            digits(a) && digits(b)
        });
    match (ty, number, text_of(text)) {
        (Type::Integer, Some(number), _) => Default::Integer(number),
        (Type::Bool, Some(number @ (0 | 1)), _) => Default::Bool(number == 1),
        (Type::Real, Some(_), _) => Default::Real(text.to_owned()),
        (Type::Real, ..) if is_real => Default::Real(text.to_owned()),
        (Type::Text, _, Some(value)) => Default::Text(value),
        (Type::Enum(it), _, Some(value)) if it.variants.iter().any(|(_, text)| *text == value) => {
            Default::Text(value)
        }
        _ => Default::Sql(unwrapped(expression)),
    }
}

/// Without the parentheses around the whole, which are written again.
fn unwrapped(expression: &Expression) -> String {
    let mut text = expression.text().trim();
    while let Some(inner) = text.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        if Expression::new(inner) != *expression {
            break;
        }
        text = inner.trim();
    }
    text.to_owned()
}
