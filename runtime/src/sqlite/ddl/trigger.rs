use super::{columns, made_name, rowid_name, update_of};
use crate::declare::{Event, Table, Timing, Trigger};
use crate::sqlite::writer::Writer;

pub(super) const fn write(w: &mut Writer<'_>, table: &Table) {
    let mut i = 0;
    while i < table.columns.len() {
        if let Some(expression) = table.columns[i].touch {
            touch(w, table, i, expression);
        }
        if table.columns[i].immutable {
            immutable(w, table, i);
        }
        i += 1;
    }
    i = 0;
    while i < table.triggers.len() {
        trigger(w, table, &table.triggers[i]);
        i += 1;
    }
}

/// Stores the expression's value whenever an UPDATE does not set the column itself.
///
/// With `recursive_triggers` on, the trigger's own UPDATE fires it again, which finds the column changed and stops. Where
/// the value is there already nothing is updated, so nothing fires.
const fn touch(w: &mut Writer<'_>, table: &Table, column: usize, expression: &str) {
    let name = table.columns[column].name;
    w.push("\nCREATE TRIGGER ");
    made_name(w, &[table.name], table, &[column], "touch");
    w.push(" AFTER UPDATE ON ");
    w.name(table.name);
    w.push("\nWHEN new.");
    w.name(name);
    w.push(" IS old.");
    w.name(name);
    w.push(" BEGIN\n  UPDATE ");
    w.name(table.name);
    w.push(" SET ");
    w.name(name);
    w.push(" = ");
    w.push(expression);
    w.push(" WHERE ");
    this_row(w, table);
    w.push(" AND ");
    w.name(name);
    w.push(" IS NOT (");
    w.push(expression);
    w.push(");\nEND;\n");
}

const fn this_row(w: &mut Writer<'_>, table: &Table) {
    if let Some(rowid) = rowid_name(table) {
        w.name(rowid);
        w.push(" = new.");
        return w.name(rowid);
    }
    let mut i = 0;
    while i < table.primary_key.len() {
        let key = table.columns[table.primary_key[i]].name;
        w.push(if i == 0 { "" } else { " AND " });
        w.name(key);
        w.push(" = new.");
        w.name(key);
        i += 1;
    }
}

/// Compares byte by byte: under the column's own collation, `a` and `A` may be equal.
const fn immutable(w: &mut Writer<'_>, table: &Table, column: usize) {
    let name = table.columns[column].name;
    w.push("\nCREATE TRIGGER ");
    made_name(w, &[table.name], table, &[column], "immutable");
    w.push(" BEFORE UPDATE OF ");
    update_of(w, table, &[column], false);
    w.push(" ON ");
    w.name(table.name);
    w.push("\nWHEN new.");
    w.name(name);
    w.push(" IS NOT old.");
    w.name(name);
    w.push(" COLLATE BINARY BEGIN\n  SELECT RAISE(ABORT, '");
    w.escaped(table.name, b'\'');
    w.push(".");
    w.escaped(name, b'\'');
    w.push(" is immutable');\nEND;\n");
}

const fn trigger(w: &mut Writer<'_>, table: &Table, trigger: &Trigger) {
    w.push("\nCREATE TRIGGER ");
    w.name(trigger.name);
    w.push(match trigger.timing {
        Timing::Before => " BEFORE ",
        Timing::After => " AFTER ",
    });
    w.push(match trigger.event {
        Event::Insert => "INSERT",
        Event::Update => "UPDATE",
        Event::Delete => "DELETE",
    });
    if !trigger.of.is_empty() {
        w.push(" OF ");
        columns(w, table, trigger.of);
    }
    w.push(" ON ");
    w.name(table.name);
    if let Some(condition) = trigger.when {
        w.push("\nWHEN ");
        w.push(condition);
    }
    w.push(" BEGIN\n  ");
    let body = trigger.body.trim_ascii();
    w.push(body);
    w.push(if ends_statement(body) {
        "\nEND;\n"
    } else {
        ";\nEND;\n"
    });
}

const fn ends_statement(body: &str) -> bool {
    matches!(body.as_bytes(), [.., b';'])
}
