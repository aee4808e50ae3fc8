//! Structs as Rust.

use super::model::{
    Action, Check, Conflict, Content, Default, Field, ForeignKey, Fts, Index, Part, PartOf, Struct,
    Target, Trigger, Type, Unique,
};
use super::name::{snake, written};
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

/// The lines of `#[table(…)]`.
fn of_table(it: &Struct) -> Vec<String> {
    let mut head = Vec::new();
    if snake(&it.ident) != it.table {
        head.push(format!("name = {}", literal(&it.table)));
    }
    if !it.strict {
        head.push("strict = false".to_owned());
    }
    if it.without_rowid {
        head.push("without_rowid".to_owned());
    }
    if !it.index_foreign_keys {
        head.push("index_foreign_keys = false".to_owned());
    }
    let mut lines = Vec::new();
    if !head.is_empty() {
        lines.push(head.join(", "));
    }
    if it.primary_key.len() > 1 || it.key_conflict != Conflict::Abort {
        let conflict = conflict(it.key_conflict);
        let mut words = fields(it, &it.primary_key);
        words.extend(conflict);
        lines.push(listed("primary_key", &words));
    }
    lines.extend(it.uniques.iter().filter_map(|of| unique(it, of)));
    lines.extend(it.indexes.iter().filter_map(|of| index(it, of)));
    lines.extend(it.checks.iter().map(|of| listed("check", &[check(of)])));
    lines.extend(it.keys_of_table().map(|of| foreign_key(it, of)));
    lines.extend(it.fts.iter().map(|of| full_text(it, of)));
    lines.extend(it.triggers.iter().map(|of| trigger(it, of)));
    lines
}

/// A list in an attribute: on lines of its own where it is long.
fn listed(word: &str, items: &[String]) -> String {
    let line = format!("{word}({})", items.join(", "));
    if line.len() + "#[table()]".len() <= 100 && !line.contains('\n') {
        return line;
    }
    format!("{word}(\n    {}\n)", items.join(",\n    "))
}

/// The words in `#[column(…)]`.
fn of_column(it: &Struct, position: usize, field: &Field) -> Vec<String> {
    let mut words = Vec::new();
    if field.ident != field.column {
        words.push(format!("name = {}", literal(&field.column)));
    }
    if it.primary_key == [position] && it.key_conflict == Conflict::Abort {
        words.push("primary_key".to_owned());
    }
    if it.autoincrement && it.primary_key == [position] {
        words.push("autoincrement".to_owned());
    }
    words.extend(
        field
            .sql_type
            .iter()
            .map(|it| format!("sql_type = {}", literal(it))),
    );
    if field.not_null {
        words.push("not_null".to_owned());
    }
    words.extend(field.default.iter().map(|it| match it {
        Default::Integer(number) => format!("default = {number}"),
        Default::Bool(value) => format!("default = {value}"),
        Default::Real(number) => format!("default = {number}"),
        Default::Text(text) => format!("default = {}", literal(text)),
        Default::Sql(expression) => format!("default_sql = {}", literal(expression)),
    }));
    let uniques = it.uniques.iter().filter(|of| stands_at(of, position));
    words.extend(uniques.map(|of| match of.constraint {
        Some(_) => "unique = constraint".to_owned(),
        None => "unique".to_owned(),
    }));
    if it.indexes.iter().any(|of| is_at(of, position)) {
        words.push("index".to_owned());
    }
    if !field.own_check {
        words.push("check = false".to_owned());
    }
    words.extend(
        field
            .checks
            .iter()
            .map(|it| format!("check({})", check(it))),
    );
    words.extend(
        field
            .collate
            .iter()
            .map(|it| format!("collate = {}", word(it))),
    );
    if let Some((expression, stored)) = &field.generated {
        words.push(format!("generated = {}", literal(expression)));
        if *stored {
            words.push("stored".to_owned());
        }
    }
    if let Some(key) = it.key_of_field(position) {
        words.extend(references(it, &it.foreign_keys[key]));
    }
    words.extend(
        field
            .touch
            .iter()
            .map(|it| format!("touch = {}", literal(it))),
    );
    if field.immutable {
        words.push("immutable".to_owned());
    }
    words
}

/// `Abort` needs no words.
fn conflict(conflict: Conflict) -> Option<String> {
    let word = match conflict {
        Conflict::Rollback => "rollback",
        Conflict::Fail => "fail",
        Conflict::Ignore => "ignore",
        Conflict::Replace => "replace",
        _ => return None,
    };
    Some(format!("on_conflict = {word}"))
}

fn fields(it: &Struct, positions: &[usize]) -> Vec<String> {
    positions
        .iter()
        .map(|at| written(&it.fields[*at].ident))
        .collect()
}

/// Whether it is said at the field.
fn stands_at(unique: &Unique, position: usize) -> bool {
    let plain = unique.constraint.is_none_or(|it| it == Conflict::Abort);
    unique.columns == [position] && unique.name.is_none() && plain
}

fn unique(it: &Struct, unique: &Unique) -> Option<String> {
    if unique
        .columns
        .first()
        .is_some_and(|at| stands_at(unique, *at))
    {
        return None;
    }
    let mut words = fields(it, &unique.columns);
    words.extend(
        unique
            .name
            .iter()
            .map(|it| format!("name = {}", literal(it))),
    );
    if let Some(constraint) = unique.constraint {
        words.push("constraint".to_owned());
        words.extend(conflict(constraint));
    }
    Some(listed("unique", &words))
}

/// Whether it is said at the field.
fn is_at(index: &Index, position: usize) -> bool {
    let plain = matches!(
        index.parts.as_slice(),
        [Part { of: PartOf::Column(at), collate: None, descending: false }] if *at == position
    );
    plain && index.name.is_none() && index.filter.is_none() && !index.unique
}

fn index(it: &Struct, index: &Index) -> Option<String> {
    if (0..it.fields.len()).any(|position| is_at(index, position)) {
        return None;
    }
    let parts = index.parts.iter().map(|part| {
        let mut text = match &part.of {
            PartOf::Column(at) => written(&it.fields[*at].ident),
            PartOf::Expression(expression) => literal(expression),
        };
        if let Some(sequence) = &part.collate {
            let _ = write!(text, " collate {}", word(sequence));
        }
        if part.descending {
            text.push_str(" desc");
        }
        text
    });
    let mut words: Vec<String> = parts.collect();
    if index.unique {
        words.push("unique".to_owned());
    }
    words.extend(
        index
            .filter
            .iter()
            .map(|it| format!("where = {}", literal(it))),
    );
    words.extend(
        index
            .name
            .iter()
            .map(|it| format!("name = {}", literal(it))),
    );
    Some(listed("index", &words))
}

fn check(check: &Check) -> String {
    let expression = literal(&check.expression);
    match &check.name {
        Some(name) => format!("{} = {expression}", word(name)),
        None => expression,
    }
}

fn references(it: &Struct, key: &ForeignKey) -> Vec<String> {
    let target = match &key.target {
        Target::Struct { ident, fields, .. } => {
            let ident = if *ident == it.ident { "Self" } else { ident };
            let fields: Vec<String> = fields.iter().map(|it| written(it)).collect();
            match fields.is_empty() {
                true => ident.to_owned(),
                false => format!("{ident}({})", fields.join(", ")),
            }
        }
        Target::Name { table, columns } => {
            let columns: Vec<String> = columns.iter().map(|it| literal(it)).collect();
            match columns.is_empty() {
                true => literal(table),
                false => format!("{}({})", literal(table), columns.join(", ")),
            }
        }
    };
    let mut words = vec![format!("references({target})")];
    for (on, action) in [("on_delete", key.on_delete), ("on_update", key.on_update)] {
        let word = match action {
            Action::Restrict => "restrict",
            Action::SetNull => "set_null",
            Action::SetDefault => "set_default",
            Action::Cascade => "cascade",
            _ => continue,
        };
        words.push(format!("{on} = {word}"));
    }
    if key.deferrable {
        words.push("deferrable".to_owned());
    }
    words.extend(key.name.iter().map(|it| format!("name = {}", literal(it))));
    words
}

fn foreign_key(it: &Struct, key: &ForeignKey) -> String {
    let mut words = fields(it, &key.columns);
    words.extend(references(it, key));
    listed("foreign_key", &words)
}

fn full_text(it: &Struct, fts: &Fts) -> String {
    let columns = fts.columns.iter().map(|(at, unindexed)| {
        let name = written(&it.fields[*at].ident);
        if *unindexed {
            format!("{name} unindexed")
        } else {
            name
        }
    });
    let mut words: Vec<String> = columns.collect();
    words.extend(fts.name.iter().map(|it| format!("name = {}", literal(it))));
    match fts.content {
        Content::External => {}
        Content::None => words.push("content = none".to_owned()),
        Content::Own => words.push("content = own".to_owned()),
    }
    words.extend(
        fts.tokenize
            .iter()
            .map(|it| format!("tokenize = {}", literal(it))),
    );
    words.extend(
        fts.prefix
            .iter()
            .map(|it| format!("prefix = {}", literal(it))),
    );
    let detail = fts
        .detail
        .iter()
        .filter(|it| matches!(it.as_str(), "column" | "none"));
    words.extend(detail.map(|it| format!("detail = {it}")));
    if !fts.columnsize {
        words.push("columnsize = false".to_owned());
    }
    if !fts.triggers {
        words.push("triggers = false".to_owned());
    }
    listed("fts", &words)
}

fn trigger(it: &Struct, trigger: &Trigger) -> String {
    let timing = if trigger.before { "before" } else { "after" };
    let mut words = vec![
        format!("name = {}", literal(&trigger.name)),
        format!("{timing} = {}", trigger.event),
    ];
    if !trigger.of.is_empty() {
        words.push(format!("of({})", fields(it, &trigger.of).join(", ")));
    }
    words.extend(
        trigger
            .when
            .iter()
            .map(|it| format!("when = {}", literal(it))),
    );
    words.push(format!("body = {}", literal(&trigger.body)));
    listed("trigger", &words)
}

/// A name without quotes, where it may be one.
fn word(name: &str) -> String {
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
fn literal(text: &str) -> String {
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
