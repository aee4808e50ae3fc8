//! The rules that concern more than one attribute.

mod fts;

use crate::attr::{CheckAttr, ColumnAttr, DefaultAttr, References, Set, Slot, TableAttr};
use crate::model::{Field, Fields, Index, Table, action, sql_name};
use crate::report::Report;
use proc_macro2::Span;
use std::collections::{BTreeMap, BTreeSet};
use syn::{Ident, Lit, LitStr};

/// Attributes that contradict each other, before any of them is understood.
pub(crate) fn grammar(attr: &TableAttr, fields: &Fields<'_>, report: &mut Report) {
    let keys: Vec<Span> = fields
        .0
        .iter()
        .filter_map(|field| field.attr.primary_key.as_ref().map(|key| key.key))
        .collect();
    if let (Some(_), [key, ..]) = (&attr.primary_key, keys.as_slice()) {
        report.at(*key, "the struct says `primary_key(…)` already");
    }
    for key in keys.iter().skip(1) {
        report.at(*key, "a table has one primary key; if it has several columns, write `#[table(primary_key(a, b))]`");
    }
}

pub(crate) fn table(table: &Table<'_>, report: &mut Report) {
    for field in &table.fields.0 {
        column(field, report);
    }
    one_name_each(table, report);
    if table
        .fields
        .0
        .iter()
        .all(|field| field.attr.generated.is_some())
        && !table.fields.0.is_empty()
    {
        report.at(
            table.ident.span(),
            "a table has at least one column that is not generated",
        );
    }
    if table.without_rowid && table.primary_key.is_empty() {
        report.at(
            table.ident.span(),
            "a table `without_rowid` has a primary key; write `#[column(primary_key)]` on a field",
        );
    }
    key_columns(table, report);
    for index in &table.indexes {
        index_parts(table, index, report);
    }
    for unique in table
        .uniques
        .iter()
        .filter(|unique| !unique.columns.is_empty() && unique.constraint.is_none())
    {
        if unique.columns == table.primary_key {
            report.at(
                unique.span,
                "the primary key is unique already; take `unique` away",
            );
        }
    }
    check_names(table, report);
    if let Some(fts) = &table.fts {
        fts::check(table, fts, report);
    }
}

fn column(field: &Field<'_>, report: &mut Report) {
    let attr = &field.attr;
    let mut conflict = |first: Option<Span>, second: Option<Span>, message: &str| {
        if let (Some(_), Some(span)) = (first, second) {
            report.at(span, message);
        }
    };
    let generated = key(&attr.generated);
    conflict(
        key(&attr.default),
        key(&attr.default_sql),
        "a column has one default: `default` or `default_sql`",
    );
    conflict(
        generated,
        key(&attr.default),
        "a generated column has no default",
    );
    conflict(
        generated,
        key(&attr.default_sql),
        "a generated column has no default",
    );
    conflict(
        generated,
        key(&attr.primary_key),
        "a generated column cannot be the primary key",
    );
    conflict(
        generated,
        key(&attr.touch),
        "a generated column cannot be touched: the database computes it",
    );
    conflict(
        generated,
        key(&attr.immutable),
        "a generated column changes with the columns that it is made of",
    );
    for values in [key(&attr.backfill), key(&attr.using)] {
        conflict(
            generated,
            values,
            "a generated column is computed, in old rows too; take this away",
        );
    }
    conflict(
        key(&attr.immutable),
        key(&attr.touch),
        "a column that every UPDATE changes is not immutable",
    );
    requires(
        &attr.stored,
        generated,
        "`stored` goes with `generated = \"…\"`",
        report,
    );
    // The expansion asks for these again, and has nobody to tell.
    action(attr.on_delete.as_ref(), report);
    action(attr.on_update.as_ref(), report);
    let references = key(&attr.references);
    requires(
        &attr.on_delete,
        references,
        "`on_delete` goes with `references(…)`",
        report,
    );
    requires(
        &attr.on_update,
        references,
        "`on_update` goes with `references(…)`",
        report,
    );
    requires(
        &attr.deferrable,
        references,
        "`deferrable` goes with `references(…)`",
        report,
    );
    if let Some(index) = attr
        .index
        .as_ref()
        .filter(|index| !index.value && references.is_none())
    {
        report.at(
            index.key,
            "`index = false` goes with `references(…)`; other columns have no index unless told",
        );
    }
    let second = match attr.references.as_ref().map(|set| &set.value) {
        Some(References::Struct { columns, .. }) => columns.get(1).map(Ident::span),
        Some(References::Name { columns, .. }) => columns.get(1).map(LitStr::span),
        None => None,
    };
    if let Some(second) = second {
        report.at(second, "this column alone refers to one column; for several, write `#[table(foreign_key(a, b, references(…)))]`");
    }
    default_literal(attr, report);
}

fn default_literal(attr: &ColumnAttr, report: &mut Report) {
    let Some(Set {
        value: DefaultAttr::Literal { literal, negative },
        ..
    }) = &attr.default
    else {
        return;
    };
    match literal {
        Lit::Str(text) if text.value().contains('\0') => {
            report.at(text.span(), "a text default has no NUL character")
        }
        Lit::Int(number) => {
            let digits = number.base10_digits();
            let number_text = if *negative {
                format!("-{digits}")
            } else {
                digits.to_owned()
            };
            if number_text.parse::<i64>().is_err() {
                report.at(number.span(), "SQLite's integers have 64 bits and a sign");
            }
        }
        Lit::Str(_) | Lit::Float(_) | Lit::Bool(_) | Lit::ByteStr(_) | Lit::Char(_) => {}
        other => report.at(
            other.span(),
            "expected a text, a number, a bool or a byte string",
        ),
    }
}

/// SQLite ignores the case of ASCII letters in names.
fn one_name_each(table: &Table<'_>, report: &mut Report) {
    let mut names = BTreeMap::new();
    for field in &table.fields.0 {
        if let Some(other) = names.insert(field.column.to_ascii_lowercase(), &field.name) {
            report.at(
                field.ident.span(),
                format!(
                    "`{}` and `{other}` are both the column `{}`",
                    field.name, field.column
                ),
            );
        }
    }
    let indexes = table
        .indexes
        .iter()
        .map(|index| (index_name(table, index), index.span));
    let uniques = table.uniques.iter().filter(|it| it.constraint.is_none());
    let uniques = uniques.map(|unique| {
        (
            made_name(table, unique.name.as_ref(), &unique.columns, "key"),
            unique.span,
        )
    });
    let mut names = BTreeSet::new();
    for (name, span) in uniques.chain(indexes) {
        if !names.insert(name.to_ascii_lowercase()) {
            report.at(
                span,
                format!("there is an index `{name}` already; give this one a name: `name = \"…\"`"),
            );
        }
    }
    let mut names = BTreeSet::new();
    for trigger in &table.triggers {
        if !names.insert(trigger.name.value().to_ascii_lowercase()) {
            report.at(
                trigger.name.span(),
                "there is a trigger of this name already",
            );
        }
    }
}

fn index_name(table: &Table<'_>, index: &Index) -> String {
    let columns: Vec<usize> = index.parts.iter().filter_map(|part| part.column).collect();
    made_name(
        table,
        index.name.as_ref(),
        &columns,
        if index.unique { "key" } else { "idx" },
    )
}

fn made_name(table: &Table<'_>, name: Option<&String>, columns: &[usize], suffix: &str) -> String {
    if let Some(name) = name {
        return name.clone();
    }
    let columns: Vec<&str> = columns
        .iter()
        .map(|column| table.fields.0[*column].column.as_str())
        .collect();
    format!("{}_{}_{suffix}", table.name, columns.join("_"))
}

fn key_columns(table: &Table<'_>, report: &mut Report) {
    for (position, field) in table.fields.0.iter().enumerate() {
        let is_key = table.primary_key.contains(&position);
        if let Some(autoincrement) = &field.attr.autoincrement {
            if table.primary_key != [position] {
                report.at(
                    autoincrement.key,
                    "`autoincrement` goes with `primary_key` on the same column",
                );
            } else if table.without_rowid {
                report.at(
                    autoincrement.key,
                    "a table `without_rowid` has no `autoincrement`",
                );
            }
        }
        if !is_key {
            continue;
        }
        if let Some(encoding) = &field.attr.encoding {
            report.at(
                encoding.key,
                "a key is a column type of its own; derive `ColumnType` on a newtype",
            );
        }
        if let Some(generated) = field
            .attr
            .generated
            .as_ref()
            .filter(|_| field.attr.primary_key.is_none())
        {
            report.at(
                generated.key,
                "a generated column cannot be part of the primary key",
            );
        }
        if let Some(touch) = &field.attr.touch {
            report.at(
                touch.key,
                "a key that changes with every UPDATE names no row",
            );
        }
    }
}

fn index_parts(table: &Table<'_>, index: &Index, report: &mut Report) {
    if index.name.is_none() && index.parts.iter().any(|part| part.expression.is_some()) {
        report.at(
            index.span,
            "an index over an expression needs a name: `name = \"…\"`",
        );
    }
    if index.parts.len() > 60 {
        report.at(index.span, "an index has at most 60 parts");
    }
    for (i, part) in index.parts.iter().enumerate() {
        let Some(column) = part.column else { continue };
        let earlier = &index.parts[..i];
        if earlier.iter().any(|other| other.column == part.column)
            && index.parts.iter().all(|part| part.collate.is_none())
        {
            report.at(
                part.span,
                format!("`{}` is named twice", table.fields.0[column].name),
            );
        }
    }
}

/// Checks are dropped by name.
fn check_names(table: &Table<'_>, report: &mut Report) {
    let mut names = BTreeSet::new();
    let checks = table
        .fields
        .0
        .iter()
        .flat_map(|field| &field.attr.checks)
        .chain(&table.checks);
    for CheckAttr { name, .. } in checks {
        let Some(name) = name else { continue };
        sql_name(name, report);
        if !names.insert(name.value().to_ascii_lowercase()) {
            report.at(name.span(), "there is a check of this name already");
        }
    }
}

fn key<T>(slot: &Slot<T>) -> Option<Span> {
    slot.as_ref().map(|set| set.key)
}

fn requires<T>(slot: &Slot<T>, other: Option<Span>, message: &str, report: &mut Report) {
    if let (Some(span), None) = (key(slot), other) {
        report.at(span, message);
    }
}
