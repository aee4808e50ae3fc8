//! Structs as Rust.

mod attribute;
mod literal;

use super::model::{Field, PartOf, Struct, Type};
use super::name::{snake, written};
use attribute::{of_column, of_table};
use literal::literal;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The whole file. `schema` are the words in `#[schema(…)]`.
pub(super) fn file(structs: &[Struct], head: &str, schema: &str) -> String {
    let mut enums = structs.iter().flat_map(|it| &it.fields);
    let enums = enums.any(|it| matches!(it.ty, Type::Enum(_)));
    let derives = if enums {
        "{ColumnType, Table}"
    } else {
        "Table"
    };
    let mut text = format!("{head}\nuse tablature::{derives};\n");
    for it in structs {
        text.push('\n');
        one(&mut text, it);
    }
    let names: Vec<String> = structs.iter().map(|it| written(&it.ident)).collect();
    let _ = write!(
        text,
        "\ntablature::schema! {{\n    #[schema({schema})]\n    pub static SCHEMA = [{}];\n}}\n",
        list(&names)
    );
    formatted(&text).unwrap_or(text)
}

/// As the project formats its code, where rustfmt is.
fn formatted(text: &str) -> Option<String> {
    let rustfmt = std::env::var_os("RUSTFMT").unwrap_or_else(|| "rustfmt".into());
    let mut child = Command::new(rustfmt)
        .args(["--edition", "2024"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    let input = text.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().ok()?;
    writer.join().ok()?.ok()?;
    let formatted = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !formatted.is_empty()).then_some(formatted)
}

/// Items of a list of structs: on lines of their own where they are many.
fn list(names: &[String]) -> String {
    let line = names.join(", ");
    if line.len() <= 70 {
        return line;
    }
    let lines: Vec<String> = names.iter().map(|it| format!("\n        {it},")).collect();
    format!("{}\n    ", lines.concat())
}

fn one(text: &mut String, it: &Struct) {
    for field in &it.fields {
        if let Type::Enum(values) = &field.ty {
            text.push_str("#[derive(ColumnType, Clone, Copy, Debug, PartialEq, Eq)]\n");
            let _ = writeln!(text, "pub enum {} {{", values.ident);
            for (variant, value) in &values.variants {
                if snake(variant) != *value {
                    let _ = writeln!(text, "    #[column_type(rename = {})]", literal(value));
                }
                let _ = writeln!(text, "    {variant},");
            }
            text.push_str("}\n\n");
        }
    }
    if names_a_field_twice(it) {
        text.push_str("#[allow(clippy::duplicated_attributes)]\n");
    }
    text.push_str("#[derive(Table, Clone, Debug)]\n");
    for line in of_table(it) {
        let _ = writeln!(text, "#[table({line})]");
    }
    let _ = writeln!(text, "pub struct {} {{", it.ident);
    for (position, field) in it.fields.iter().enumerate() {
        if let Some(note) = &field.note {
            let _ = writeln!(text, "    // {}", one_line(note));
        }
        let words = of_column(it, position, field);
        if !words.is_empty() {
            let _ = writeln!(text, "    #[column({})]", words.join(", "));
        }
        let _ = writeln!(text, "    pub {}: {},", written(&field.ident), ty(field));
    }
    text.push_str("}\n");
}

fn ty(field: &Field) -> String {
    let ty = match &field.ty {
        Type::Integer => "i64".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Real => "f64".to_owned(),
        Type::Text => "String".to_owned(),
        Type::Blob => "Vec<u8>".to_owned(),
        Type::Bytes(length) => format!("[u8; {length}]"),
        Type::Value => "tablature::types::Value".to_owned(),
        Type::Enum(it) => it.ident.clone(),
    };
    if field.optional {
        format!("Option<{ty}>")
    } else {
        ty
    }
}

fn one_line(note: &str) -> String {
    note.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Clippy takes two lists that name one field for a mistake.
fn names_a_field_twice(it: &Struct) -> bool {
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    let mut add = |at: usize| *named.entry(it.fields[at].ident.as_str()).or_default() += 1;
    if it.primary_key.len() > 1 {
        it.primary_key.iter().for_each(|at| add(*at));
    }
    it.uniques
        .iter()
        .flat_map(|of| &of.columns)
        .for_each(|at| add(*at));
    for part in it.indexes.iter().flat_map(|of| &of.parts) {
        if let PartOf::Column(at) = part.of {
            add(at);
        }
    }
    it.keys_of_table()
        .flat_map(|of| &of.columns)
        .for_each(|at| add(*at));
    it.fts
        .iter()
        .flat_map(|of| &of.columns)
        .for_each(|(at, _)| add(*at));
    it.triggers
        .iter()
        .flat_map(|of| &of.of)
        .for_each(|at| add(*at));
    named.values().any(|count| *count > 1)
}
