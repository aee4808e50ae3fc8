use super::{columns, made_name, type_name};
use crate::declare::{Action, Check, Column, Default, Domain, ForeignKey, Literal, Table};
use crate::sqlite::writer::Writer;

pub(super) const fn write(w: &mut Writer<'_>, table: &Table) {
    w.push("CREATE TABLE ");
    w.name(table.name);
    w.push(" (");
    let mut i = 0;
    while i < table.columns.len() {
        w.push(if i == 0 { "\n  " } else { ",\n  " });
        column(w, table, i);
        i += 1;
    }
    if table.primary_key.len() > 1 {
        w.push(",\n  PRIMARY KEY (");
        columns(w, table, table.primary_key);
        w.push(")");
        w.push(table.key_conflict.clause());
    }
    i = 0;
    while i < table.uniques.len() {
        let unique = &table.uniques[i];
        if let Some(conflict) = unique.constraint {
            w.push(",\n  ");
            if let Some(name) = unique.name {
                w.push("CONSTRAINT ");
                w.name(name);
                w.push(" ");
            }
            w.push("UNIQUE (");
            columns(w, table, unique.columns);
            w.push(")");
            w.push(conflict.clause());
        }
        i += 1;
    }
    i = 0;
    while i < table.checks.len() {
        w.push(",\n  ");
        check(w, &table.checks[i], "row", "check", i);
        i += 1;
    }
    i = 0;
    while i < table.foreign_keys.len() {
        let key = &table.foreign_keys[i];
        w.push(",\n  CONSTRAINT ");
        key_name(w, table, key);
        w.push(" FOREIGN KEY (");
        columns(w, table, key.columns);
        w.push(")");
        references(w, key);
        i += 1;
    }
    w.push("\n)");
    match (table.strict, table.without_rowid) {
        (true, true) => w.push(" STRICT, WITHOUT ROWID"),
        (true, false) => w.push(" STRICT"),
        (false, true) => w.push(" WITHOUT ROWID"),
        (false, false) => {}
    }
    w.push(";\n");
}

const fn column(w: &mut Writer<'_>, table: &Table, position: usize) {
    let column = &table.columns[position];
    w.name(column.name);
    let ty = type_name(table, column);
    if !ty.is_empty() {
        w.push(" ");
        w.push(ty);
    }
    let is_rowid = matches!(table.rowid_column(), Some(rowid) if rowid == position);
    // Of a key, NULL is a value only where the table is lax and the type says so.
    let refuses = table.is_key(position) && (table.strict || table.without_rowid);
    if !is_rowid && (!column.facts.nullable || refuses) {
        w.push(" NOT NULL");
    }
    if table.primary_key.len() == 1 && table.primary_key[0] == position {
        w.push(" PRIMARY KEY");
        w.push(table.key_conflict.clause());
        if column.autoincrement {
            w.push(" AUTOINCREMENT");
        }
    }
    match column.default {
        Some(Default::Sql(expression)) => {
            w.push(" DEFAULT (");
            w.push(expression);
            w.push(")");
        }
        Some(Default::Literal(value)) => {
            w.push(" DEFAULT ");
            literal(w, value);
        }
        None => {}
    }
    if let Some(sequence) = column.collate {
        w.push(" COLLATE ");
        w.name(sequence);
    }
    if let Some(generated) = column.generated {
        w.push(" GENERATED ALWAYS AS (");
        w.push(generated.expression);
        w.push(if generated.stored {
            ") STORED"
        } else {
            ") VIRTUAL"
        });
    }
    domain(w, column);
    let mut i = 0;
    while i < column.checks.len() {
        w.push(" ");
        check(w, &column.checks[i], column.name, "check", i);
        i += 1;
    }
    if let Some(key) = &column.references {
        w.push(" CONSTRAINT ");
        key_name(w, table, key);
        references(w, key);
    }
}

const fn key_name(w: &mut Writer<'_>, table: &Table, key: &ForeignKey) {
    match key.name {
        Some(name) => w.name(name),
        None => made_name(w, &[], table, key.columns, "fkey"),
    }
}

/// The CHECK that comes with the column's type. Its name says what it is for, since SQLite's error says its name.
const fn domain(w: &mut Writer<'_>, column: &Column) {
    let kind = match column.facts.domain {
        Domain::All => return,
        Domain::Texts(_) | Domain::Integers(_) => "values",
        Domain::Length(_) => "length",
        Domain::Json => "json",
    };
    w.push(" CONSTRAINT ");
    constraint_name(w, column.name, kind, 0);
    w.push(" CHECK (");
    match column.facts.domain {
        Domain::All => {}
        Domain::Texts(texts) => {
            w.name(column.name);
            w.push(" IN (");
            let mut i = 0;
            while i < texts.len() {
                w.push(if i == 0 { "" } else { ", " });
                w.text_literal(texts[i]);
                i += 1;
            }
            w.push(")");
        }
        Domain::Integers(integers) => {
            w.name(column.name);
            w.push(" IN (");
            let mut i = 0;
            while i < integers.len() {
                w.push(if i == 0 { "" } else { ", " });
                w.number(integers[i]);
                i += 1;
            }
            w.push(")");
        }
        Domain::Length(bytes) => {
            w.push("length(");
            w.name(column.name);
            w.push(") = ");
            w.count(bytes);
        }
        Domain::Json => {
            w.name(column.name);
            w.push(" IS NULL OR json_valid(");
            w.name(column.name);
            w.push(")");
        }
    }
    w.push(")");
}

/// Every CHECK has a name, so that it can be dropped without copying the table.
const fn check(w: &mut Writer<'_>, check: &Check, owner: &str, kind: &str, position: usize) {
    w.push("CONSTRAINT ");
    match check.name {
        Some(name) => w.name(name),
        None => constraint_name(w, owner, kind, position),
    }
    w.push(" CHECK (");
    w.push(check.expression);
    w.push(")");
}

/// `status_check`, `status_check_2`, …
const fn constraint_name(w: &mut Writer<'_>, owner: &str, kind: &str, position: usize) {
    let plain = super::is_word(owner, true);
    if !plain {
        w.push("\"");
    }
    w.part_of_name(owner, plain);
    w.push("_");
    w.push(kind);
    if position > 0 {
        w.push("_");
        w.count(position + 1);
    }
    if !plain {
        w.push("\"");
    }
}

const fn references(w: &mut Writer<'_>, key: &ForeignKey) {
    w.push(" REFERENCES ");
    w.name(key.table);
    let mut i = 0;
    while i < key.target.len() {
        w.push(if i == 0 { " (" } else { ", " });
        w.name(key.target[i]);
        i += 1;
    }
    w.push(if i == 0 { "" } else { ")" });
    if !matches!(key.on_delete, Action::NoAction) {
        w.push(" ON DELETE ");
        w.push(key.on_delete.name());
    }
    if !matches!(key.on_update, Action::NoAction) {
        w.push(" ON UPDATE ");
        w.push(key.on_update.name());
    }
    if key.deferrable {
        w.push(" DEFERRABLE INITIALLY DEFERRED");
    }
}

pub(in crate::sqlite) const fn literal(w: &mut Writer<'_>, value: Literal) {
    match value {
        Literal::Integer(number) => w.number(number),
        Literal::Real(number) => w.push(number),
        Literal::Text(text) => w.text_literal(text),
        Literal::Blob(bytes) => w.blob_literal(bytes),
    }
}
