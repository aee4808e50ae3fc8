//! What stands in `#[table(…)]` and `#[column(…)]`.

use super::literal::{literal, word};
use crate::pull::model::{
    Action, Check, Conflict, Content, Default, Field, ForeignKey, Fts, Index, PartOf, Struct,
    Target, Trigger, Unique,
};
use crate::pull::name::{snake, written};
use std::fmt::Write as _;

/// The lines of `#[table(…)]`.
pub(super) fn of_table(it: &Struct) -> Vec<String> {
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
    lines.extend(it.uniques_of_table().map(|of| unique(it, of)));
    lines.extend(it.indexes_of_table().map(|of| index(it, of)));
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
pub(super) fn of_column(it: &Struct, position: usize, field: &Field) -> Vec<String> {
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
    if let Some(at) = it.unique_of_field(position) {
        words.push(match it.uniques[at].constraint {
            Some(_) => "unique = constraint".to_owned(),
            None => "unique".to_owned(),
        });
    }
    if it.index_of_field(position).is_some() {
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

fn unique(it: &Struct, unique: &Unique) -> String {
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
    listed("unique", &words)
}

fn index(it: &Struct, index: &Index) -> String {
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
    listed("index", &words)
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
            if fields.is_empty() {
                ident.to_owned()
            } else {
                format!("{ident}({})", fields.join(", "))
            }
        }
        Target::Name { table, columns } => {
            let columns: Vec<String> = columns.iter().map(|it| literal(it)).collect();
            if columns.is_empty() {
                literal(table)
            } else {
                format!("{}({})", literal(table), columns.join(", "))
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
