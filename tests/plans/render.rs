//! The model as SQL text, spelled in one of many ways.

mod table;

use super::model::{Fts, FtsKind, Id, Piece, Schema, Sql, Trigger};
use super::random::Random;
use std::collections::BTreeMap;

/// The statements that make a schema. The seed chooses case, quotes, spaces, comments and the order of clauses.
pub(crate) fn statements(schema: &Schema, seed: u64) -> Vec<String> {
    let mut spelling = Spelling {
        random: Random(seed),
        names: schema.names(),
        plain: seed == 0,
    };
    let mut statements = Vec::new();
    for table in &schema.tables {
        statements.push(spelling.table(table));
    }
    for fts in &schema.fts {
        statements.push(spelling.fts(schema, fts));
    }
    for index in &schema.indexes {
        let unique = if index.unique { "UNIQUE " } else { "" };
        let parts: Vec<String> = index
            .parts
            .iter()
            .map(|(part, suffix)| format!("{}{suffix}", spelling.sql(part)))
            .collect();
        let filter = index
            .filter
            .as_ref()
            .map(|it| format!(" WHERE {}", spelling.sql(it)))
            .unwrap_or_default();
        let (name, on) = (spelling.own(&index.name), spelling.name(index.table));
        statements.push(format!(
            "{} {unique}INDEX {name} ON {on} ({}){filter}",
            spelling.word("CREATE"),
            parts.join(", ")
        ));
    }
    for view in &schema.views {
        statements.push(format!(
            "CREATE VIEW {} {}",
            spelling.own(&view.name),
            spelling.sql(&view.text)
        ));
    }
    for trigger in schema.triggers.clone().iter().chain(&fts_triggers(schema)) {
        statements.push(format!(
            "CREATE TRIGGER {} {}",
            spelling.own(&trigger.name),
            spelling.sql(&trigger.text)
        ));
    }
    statements
}

struct Spelling<'a> {
    random: Random,
    names: BTreeMap<Id, &'a str>,
    plain: bool,
}

impl Spelling<'_> {
    fn chance(&mut self, percent: usize) -> bool {
        !self.plain && self.random.chance(percent)
    }

    fn word(&mut self, word: &str) -> String {
        if self.chance(15) {
            word.to_lowercase()
        } else {
            word.to_owned()
        }
    }

    fn space(&mut self) -> &'static str {
        if self.plain {
            return " ";
        }
        [
            " ",
            " ",
            " ",
            " ",
            " ",
            "\n  ",
            "  ",
            "\t",
            " /* a, (b */ ",
            " -- it's \"so\n ",
        ][self.random.below(10)]
    }

    /// The name of an object where it is made.
    fn own(&mut self, name: &str) -> String {
        let choice = if self.plain { 4 } else { self.random.below(5) };
        match choice {
            0 if !name.contains(']') => format!("[{name}]"),
            1 => format!("`{}`", name.replace('`', "``")),
            2 | 3 if is_plain(name) => name.to_owned(),
            4 if self.plain && is_plain(name) => name.to_owned(),
            _ => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    fn name(&mut self, id: Id) -> String {
        let name = self
            .names
            .get(&id)
            .copied()
            .unwrap_or_else(|| panic!("{id} has no name"))
            .to_owned();
        if self.chance(10) {
            return self.own(&name.to_ascii_uppercase());
        }
        self.own(&name)
    }

    fn list(&mut self, ids: &[Id]) -> String {
        ids.iter()
            .map(|&id| self.name(id))
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn sql(&mut self, sql: &Sql) -> String {
        let mut text = String::new();
        for piece in sql {
            match piece {
                Piece::Sql(sql) => text.push_str(sql),
                Piece::Name(id) => text.push_str(&self.name(*id)),
            }
        }
        text
    }

    fn named(&mut self, name: Option<&String>) -> String {
        match name {
            Some(name) => format!("{} {} ", self.word("CONSTRAINT"), self.own(name)),
            None => String::new(),
        }
    }

    /// Full-text tables compare their options as texts, so that there is one spelling.
    fn fts(&mut self, schema: &Schema, fts: &Fts) -> String {
        let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
        let text = |name: &str| format!("'{}'", name.replace('\'', "''"));
        let table = schema.table(fts.table).unwrap();
        let mut arguments: Vec<String> = fts
            .columns
            .iter()
            .map(|id| quoted(self.names[id]))
            .collect();
        match fts.kind {
            FtsKind::External => {
                arguments.push(format!("content={}", text(&table.name)));
                arguments.push(format!(
                    "content_rowid={}",
                    text(self.names[&table.rowid().unwrap()])
                ));
            }
            FtsKind::Own => {}
            FtsKind::Contentless => {
                arguments.extend(["content=''", "contentless_delete=1"].map(str::to_owned))
            }
        }
        arguments.extend((!fts.options.is_empty()).then(|| fts.options.to_owned()));
        format!(
            "CREATE VIRTUAL TABLE {} {} fts5({})",
            self.own(&fts.name),
            self.word("USING"),
            arguments.join(", ")
        )
    }
}

/// The triggers that keep a full-text table in step.
pub(crate) fn fts_triggers(schema: &Schema) -> Vec<Trigger> {
    let mut triggers = Vec::new();
    for fts in &schema.fts {
        let id = schema.table(fts.table).unwrap().rowid().unwrap();
        let (f, t) = (Piece::Name(fts.id), Piece::Name(fts.table));
        let s = |text: &str| Piece::Sql(text.to_owned());
        let columns = |of: &str| -> Sql {
            fts.columns
                .iter()
                .flat_map(|&it| [s(", "), s(of), Piece::Name(it)])
                .collect()
        };
        let insert = || {
            let mut sql = vec![s("INSERT INTO "), f.clone(), s(" (rowid")];
            sql.extend(columns(""));
            sql.extend([s(") VALUES (new."), Piece::Name(id)]);
            sql.extend(columns("new."));
            sql.push(s(");"));
            sql
        };
        let delete = || {
            if fts.kind == FtsKind::External {
                let mut sql = vec![
                    s("INSERT INTO "),
                    f.clone(),
                    s(" ("),
                    f.clone(),
                    s(", rowid"),
                ];
                sql.extend(columns(""));
                sql.extend([s(") VALUES ('delete', old."), Piece::Name(id)]);
                sql.extend(columns("old."));
                sql.push(s(");"));
                return sql;
            }
            vec![
                s("DELETE FROM "),
                f.clone(),
                s(" WHERE rowid = old."),
                Piece::Name(id),
                s(";"),
            ]
        };
        let mut add = |suffix: &str, event: &str, body: Vec<Sql>| {
            let mut text = vec![s(&format!("AFTER {event} ON ")), t.clone(), s(" BEGIN ")];
            text.extend(body.into_iter().flatten());
            text.push(s(" END"));
            triggers.push(Trigger {
                name: format!("{}{suffix}", fts.name),
                text,
            });
        };
        add("_ai", "INSERT", vec![insert()]);
        add("_ad", "DELETE", vec![delete()]);
        add("_au", "UPDATE", vec![delete(), insert()]);
    }
    triggers
}

pub(crate) fn is_plain(name: &str) -> bool {
    const KEYWORDS: [&str; 14] = [
        "unique", "trigger", "select", "order", "group", "table", "index", "values", "from", "to",
        "primary", "default", "check", "set",
    ];
    let mut chars = name.chars();
    let first = chars
        .next()
        .is_some_and(|it| it.is_ascii_alphabetic() || it == '_');
    first
        && chars.all(|it| it.is_ascii_alphanumeric() || it == '_')
        && !KEYWORDS.contains(&name.to_lowercase().as_str())
}
