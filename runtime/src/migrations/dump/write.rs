use super::{BEGIN, END};
use crate::declare::Table;
use crate::migrations::fnv;
use crate::migrations::layout::{Source, same};
use crate::open::Entry;
use crate::sqlite::writer::{Writer, Written};

/// What would be taken for a sign of the line in a name.
const SIGNS: &[u8] = b".= ";

/// Whether this crate is asked, by `1` or by the name of its package.
pub const fn is_asked_for(variable: Option<&str>, package: Option<&str>) -> bool {
    let Some(asked) = variable else {
        return false;
    };
    match package {
        Some(package) if same(asked.as_bytes(), package.as_bytes()) => true,
        _ => same(asked.as_bytes(), b"1"),
    }
}

/// The lines between the first and the last; nothing where nobody has asked, since the compiler writes it either way.
pub const fn body<const N: usize>(asked: bool, source: &Source, tables: &[Entry]) -> Written<N> {
    let mut bytes = [0; N];
    let mut w = Writer::new(&mut bytes);
    if asked {
        body_lines(&mut w, source, tables);
    }
    Written::new(w.end(), bytes)
}

const fn body_lines(w: &mut Writer<'_>, source: &Source, tables: &[Entry]) {
    w.push("-- schema ");
    w.push(source.name);
    w.push("\n-- migrations ");
    escape(w, source.folder, &[]);
    w.push("\n-- runner ");
    w.push(source.runner.name());
    if let Some(version) = source.target {
        w.push("\n-- sqlite ");
        w.push(version);
    }
    w.push("\n");
    let mut i = 0;
    while i < source.hooks.len() {
        w.push("-- hook ");
        w.number(source.hooks[i]);
        w.push("\n");
        i += 1;
    }
    i = 0;
    while i < tables.len() {
        hints(w, tables[i].table);
        i += 1;
    }
    i = 0;
    while i < tables.len() {
        let Entry { table, ddl } = tables[i];
        w.push("-- table ");
        w.count(ddl.len());
        w.push(" ");
        escape(w, table.name, SIGNS);
        w.push(" ");
        w.push(table.row);
        w.push("\n");
        w.push(ddl);
        fields(w, table);
        i += 1;
    }
}

/// The columns whose fields have other names.
const fn fields(w: &mut Writer<'_>, table: &Table) {
    let mut i = 0;
    while i < table.columns.len() {
        let column = &table.columns[i];
        if !same(column.name.as_bytes(), column.field.as_bytes()) {
            line(w, "field", table, column.name, column.field);
        }
        i += 1;
    }
}

const fn hints(w: &mut Writer<'_>, table: &Table) {
    if let Some(from) = table.renamed_from {
        w.push("-- rename ");
        escape(w, from, SIGNS);
        w.push("=");
        escape(w, table.name, SIGNS);
        w.push("\n");
    }
    let mut i = 0;
    while i < table.columns.len() {
        let column = &table.columns[i];
        if let Some(from) = column.renamed_from {
            line(w, "rename", table, from, column.name);
        }
        if let Some(expression) = column.backfill {
            line(w, "backfill", table, column.name, expression);
        }
        if let Some(expression) = column.using {
            line(w, "using", table, column.name, expression);
        }
        i += 1;
    }
}

/// `-- backfill posts.subtitle=''`
const fn line(w: &mut Writer<'_>, key: &str, table: &Table, place: &str, value: &str) {
    w.push("-- ");
    w.push(key);
    w.push(" ");
    escape(w, table.name, SIGNS);
    w.push(".");
    escape(w, place, SIGNS);
    w.push("=");
    escape(w, value, &[]);
    w.push("\n");
}

/// A line holds it, and none of its signs is taken for ours.
const fn escape(w: &mut Writer<'_>, text: &str, signs: &[u8]) {
    let bytes = text.as_bytes();
    let (mut start, mut i) = (0, 0);
    while i < bytes.len() {
        let (mut sign, mut is_sign) = (0, bytes[i] == b'\\');
        while sign < signs.len() {
            is_sign |= bytes[i] == signs[sign];
            sign += 1;
        }
        let letter = match bytes[i] {
            b'\n' => Some("n"),
            b'\r' => Some("r"),
            _ => None,
        };
        if is_sign || letter.is_some() {
            w.push(text.split_at(i).0.split_at(start).1);
            w.push("\\");
            start = i;
        }
        if let Some(letter) = letter {
            w.push(letter);
            start = i + 1;
        }
        i += 1;
    }
    w.push(text.split_at(start).1);
}

/// The whole message.
pub const fn frame<const N: usize>(asked: bool, source: &Source, body: &str) -> Written<N> {
    let mut bytes = [0; N];
    let mut w = Writer::new(&mut bytes);
    if asked {
        frame_lines(&mut w, source, body);
    }
    Written::new(w.end(), bytes)
}

const fn frame_lines(w: &mut Writer<'_>, source: &Source, body: &str) {
    w.push(BEGIN);
    w.push(source.name);
    w.push(" ");
    w.count(body.len());
    w.push(" ");
    w.hex(fnv(body.as_bytes()));
    w.push("\n");
    w.push(body);
    w.push(END);
}
