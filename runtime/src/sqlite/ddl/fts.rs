use super::update_of;
use crate::declare::{Content, Detail, Fts, Table};
use crate::sqlite::writer::Writer;

/// The full-text table and the triggers that keep it in step. See <https://www.sqlite.org/fts5.html#external_content_tables>.
pub(super) const fn write(w: &mut Writer<'_>, table: &Table) {
    let Some(fts) = &table.fts else { return };
    virtual_table(w, table, fts);
    if !fts.triggers {
        return;
    }
    insert_trigger(w, table, fts);
    delete_trigger(w, table, fts);
    update_trigger(w, table, fts);
}

/// `posts_fts`, or the name that was given, with a word behind it.
pub(in crate::sqlite) const fn fts_name(
    w: &mut Writer<'_>,
    table: &Table,
    fts: &Fts,
    suffix: &str,
) {
    let (name, middle) = match fts.name {
        Some(name) => (name, ""),
        None => (table.name, "_fts"),
    };
    if suffix.is_empty() && middle.is_empty() {
        return w.name(name);
    }
    let plain = super::is_word(name, true);
    w.push(if plain { "" } else { "\"" });
    w.escaped(name, b'\"');
    w.push(middle);
    w.push(suffix);
    w.push(if plain { "" } else { "\"" });
}

/// The column that is the rowid. A table without one was refused while compiling.
pub(in crate::sqlite) const fn rowid(table: &Table) -> &'static str {
    match table.rowid_column() {
        Some(column) => table.columns[column].name,
        None => "rowid",
    }
}

const fn virtual_table(w: &mut Writer<'_>, table: &Table, fts: &Fts) {
    w.push("\nCREATE VIRTUAL TABLE ");
    fts_name(w, table, fts, "");
    w.push(" USING fts5(");
    let mut i = 0;
    while i < fts.columns.len() {
        w.push(if i == 0 { "\n  " } else { ",\n  " });
        w.name(table.columns[fts.columns[i].column].name);
        if fts.columns[i].unindexed {
            w.push(" UNINDEXED");
        }
        i += 1;
    }
    match fts.content {
        Content::External => {
            option(w, "content", table.name);
            option(w, "content_rowid", rowid(table));
        }
        Content::Contentless => w.push(",\n  content = '',\n  contentless_delete = 1"),
        Content::Own => {}
    }
    if let Some(tokenizer) = fts.tokenize {
        option(w, "tokenize", tokenizer);
    }
    if let Some(lengths) = fts.prefix {
        option(w, "prefix", lengths);
    }
    match fts.detail {
        Detail::Full => {}
        Detail::Column => w.push(",\n  detail = column"),
        Detail::None => w.push(",\n  detail = none"),
    }
    if !fts.columnsize {
        w.push(",\n  columnsize = 0");
    }
    w.push("\n);\n");
}

const fn option(w: &mut Writer<'_>, key: &str, value: &str) {
    w.push(",\n  ");
    w.push(key);
    w.push(" = ");
    w.text_literal(value);
}

const fn insert_trigger(w: &mut Writer<'_>, table: &Table, fts: &Fts) {
    begin(w, table, fts, "_insert", "INSERT");
    w.push(" ON ");
    w.name(table.name);
    w.push(" BEGIN\n");
    insert(w, table, fts);
    w.push("END;\n");
}

const fn delete_trigger(w: &mut Writer<'_>, table: &Table, fts: &Fts) {
    begin(w, table, fts, "_delete", "DELETE");
    w.push(" ON ");
    w.name(table.name);
    w.push(" BEGIN\n");
    delete(w, table, fts);
    w.push("END;\n");
}

/// Armed only by what the index holds, so that other updates cost nothing. An UPDATE never names a generated column, so
/// with one in the index every update arms it.
const fn update_trigger(w: &mut Writer<'_>, table: &Table, fts: &Fts) {
    begin(w, table, fts, "_update", "UPDATE");
    let mut listed = [0; 512];
    let (mut i, mut computed) = (0, false);
    while i < fts.columns.len() {
        listed[i] = fts.columns[i].column;
        computed |= table.columns[listed[i]].generated.is_some();
        i += 1;
    }
    if !computed {
        w.push(" OF ");
        update_of(w, table, listed.split_at(i).0, true);
    }
    w.push(" ON ");
    w.name(table.name);
    w.push(" BEGIN\n");
    delete(w, table, fts);
    insert(w, table, fts);
    w.push("END;\n");
}

const fn begin(w: &mut Writer<'_>, table: &Table, fts: &Fts, suffix: &str, event: &str) {
    w.push("\nCREATE TRIGGER ");
    fts_name(w, table, fts, suffix);
    w.push(" AFTER ");
    w.push(event);
}

const fn insert(w: &mut Writer<'_>, table: &Table, fts: &Fts) {
    w.push("  INSERT INTO ");
    fts_name(w, table, fts, "");
    w.push(" (rowid");
    names(w, table, fts, "");
    w.push(") VALUES (new.");
    w.name(rowid(table));
    names(w, table, fts, "new.");
    w.push(");\n");
}

/// An index over external content is told the old text, since the table holds the new one by then.
const fn delete(w: &mut Writer<'_>, table: &Table, fts: &Fts) {
    match fts.content {
        Content::External => {
            w.push("  INSERT INTO ");
            fts_name(w, table, fts, "");
            w.push(" (");
            fts_name(w, table, fts, "");
            w.push(", rowid");
            names(w, table, fts, "");
            w.push(") VALUES ('delete', old.");
            w.name(rowid(table));
            names(w, table, fts, "old.");
            w.push(");\n");
        }
        Content::Contentless | Content::Own => {
            w.push("  DELETE FROM ");
            fts_name(w, table, fts, "");
            w.push(" WHERE rowid = old.");
            w.name(rowid(table));
            w.push(";\n");
        }
    }
}

const fn names(w: &mut Writer<'_>, table: &Table, fts: &Fts, prefix: &str) {
    let mut i = 0;
    while i < fts.columns.len() {
        w.push(", ");
        w.push(prefix);
        w.name(table.columns[fts.columns[i].column].name);
        i += 1;
    }
}
