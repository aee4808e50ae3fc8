use crate::schema::{Conflict, Schema, Table, same_name};
use crate::sql::lexer::Kind;
use crate::sql::statements::statements;
use crate::sql::tokens::Tokens;
use std::collections::{BTreeMap, BTreeSet};

/// The values that are certain to be what they were before the first migration, by table and column.
pub(super) struct Untouched(BTreeMap<String, Values>);

/// The values of a table.
struct Values {
    /// Its name before the first migration.
    origin: String,
    columns: BTreeSet<String>,
}

impl Untouched {
    /// All of them.
    pub(super) fn of(schema: &Schema) -> Self {
        let values = |table: &Table| {
            let columns = table.columns.iter().map(|it| lower(&it.name)).collect();
            let origin = lower(&table.name);
            (origin.clone(), Values { origin, columns })
        };
        Self(schema.tables.iter().map(values).collect())
    }

    /// What remains after a script. Of a table that it writes to, nothing does, unless it copies columns as they are.
    pub(super) fn after(&mut self, script: &str, from: &Schema) {
        let mut triggers = false;
        let mut origins = BTreeSet::new();
        for statement in statements(script) {
            let mut tokens = Tokens::new(statement);
            let fires = |table: &str| from.triggers_of(table).next().is_some();
            if tokens.eat(&["ALTER", "TABLE"]) {
                self.alter(&mut tokens);
            } else if tokens.eat(&["DROP", "TABLE"]) {
                tokens.eat(&["IF", "EXISTS"]);
                let table = tokens.name();
                self.forget(table.filter(|_| !tokens.is(".")));
            } else if tokens.eat(&["CREATE"]) {
                triggers |= tokens.is("TRIGGER") || tokens.is_ahead(1, "TRIGGER");
            } else if let Some((target, source, columns)) = copied(statement)
                && !triggers
                && !fires(&target)
                && !self.0.contains_key(&target)
                && let Some(old) = self.0.get(&source)
            {
                let columns = old.columns.intersection(&columns).cloned().collect();
                let origin = old.origin.clone();
                // On a second way, a value may have been in a column of another type.
                if origins.insert(origin.clone()) {
                    self.0.insert(target, Values { origin, columns });
                }
            } else if tokens.eat(&["PRAGMA"]) {
                if !tokens.is("legacy_alter_table") {
                    self.0.clear();
                }
            } else {
                match written(&mut tokens) {
                    Written::Nothing => {}
                    Written::Table(table) if !triggers && !fires(&table) => {
                        self.forget(Some(table))
                    }
                    Written::Table(_) | Written::Anything => self.0.clear(),
                }
            }
        }
    }

    /// The columns of a table whose values are certain, and stay as they are in the next schema.
    pub(super) fn columns<'t>(&self, table: &'t Table, to: &Table) -> Vec<&'t str> {
        let name = lower(&table.name);
        let values = self.0.get(&name).filter(|it| it.origin == name);
        let Some(values) = values.filter(|_| table.strict == to.strict && !mends(to)) else {
            return Vec::new();
        };
        let stays = |name: &str| {
            let pair = table.column(name).zip(to.column(name));
            pair.is_some_and(|(old, new)| {
                same_name(&old.declared_type, &new.declared_type)
                    && old.collation == new.collation
                    && old.generated.is_none()
                    && new.generated.is_none()
            })
        };
        let names = table.columns.iter().map(|it| it.name.as_str());
        names
            .filter(|name| values.columns.contains(&lower(name)) && stays(name))
            .collect()
    }

    fn alter(&mut self, tokens: &mut Tokens<'_>) {
        let table = tokens.name();
        if tokens.is(".") {
            self.0.clear();
        } else if tokens.eat(&["RENAME", "TO"]) {
            let values = table.and_then(|it| self.0.remove(&lower(&it)));
            if let Some((name, values)) = tokens.name().zip(values) {
                self.0.insert(lower(&name), values);
            }
        } else if tokens.eat(&["DROP", "CONSTRAINT"]) || tokens.is("ADD") || tokens.is("ALTER") {
        } else if tokens.eat(&["DROP"]) {
            tokens.eat(&["COLUMN"]);
            let values = table.and_then(|it| self.0.get_mut(&lower(&it)));
            if let Some((name, values)) = tokens.name().zip(values) {
                values.columns.remove(&lower(&name));
            }
        } else {
            self.forget(table);
        }
    }

    fn forget(&mut self, table: Option<String>) {
        match table {
            Some(table) => drop(self.0.remove(&lower(&table))),
            None => self.0.clear(),
        }
    }
}

/// Whether a row that breaks one constraint is left out, or takes the place of others, so that another one never sees it.
fn mends(table: &Table) -> bool {
    let is_mending = |it: Conflict| matches!(it, Conflict::Ignore | Conflict::Replace);
    let nulls = table.columns.iter().filter_map(|it| it.not_null);
    let keys = table.primary_key.iter().map(|it| it.conflict);
    let uniques = table.uniques.iter().map(|it| it.conflict);
    let mut all = nulls.map(|it| it.conflict).chain(keys).chain(uniques);
    all.any(is_mending)
}

/// `INSERT INTO target (a, b) SELECT a, b FROM source`: both tables, and the columns that are copied as they are.
fn copied(statement: &str) -> Option<(String, String, BTreeSet<String>)> {
    let mut tokens = Tokens::new(statement);
    if !tokens.eat(&["INSERT", "INTO"]) {
        return None;
    }
    let target = tokens.name()?;
    let columns = tokens.parenthesised()?.list();
    if !tokens.eat(&["SELECT"]) || tokens.is("DISTINCT") {
        return None;
    }
    let all = tokens.list();
    let (last, values) = all.split_last()?;
    let mut last = last.clone();
    let before = last.mark();
    let mut end = before;
    while !last.is_empty() && !last.is("FROM") {
        last.next();
        end = last.mark();
    }
    let value = last.since(before);
    if end == before || !last.eat(&["FROM"]) {
        return None;
    }
    let source = last.name().filter(|_| last.is_empty())?;
    let values = values.iter().map(Tokens::rest).chain([value]);
    if columns.len() != values.clone().count() {
        return None;
    }
    let name = |it: &Tokens<'_>| {
        let mut it = it.clone();
        let values = ["CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"];
        let is_value = it.peek().is_some_and(|it| it.kind == Kind::Text);
        if is_value || values.iter().any(|value| it.is(value)) {
            return None;
        }
        it.name().filter(|_| it.is_empty()).map(|it| lower(&it))
    };
    let same = columns.iter().zip(values).filter_map(|(column, value)| {
        name(column).filter(|it| name(&Tokens::new(&value)).as_ref() == Some(it))
    });
    Some((lower(&target), lower(&source), same.collect()))
}

/// What a statement writes to.
enum Written {
    Nothing,
    Table(String),
    Anything,
}

fn written(tokens: &mut Tokens<'_>) -> Written {
    if tokens.eat(&["WITH"]) {
        return Written::Anything;
    }
    let or = |tokens: &mut Tokens<'_>| {
        if tokens.eat(&["OR"]) {
            tokens.next();
        }
    };
    if tokens.eat(&["UPDATE"]) {
        or(tokens);
    } else if tokens.eat(&["INSERT"]) {
        or(tokens);
        tokens.eat(&["INTO"]);
    } else if !tokens.eat(&["REPLACE", "INTO"]) && !tokens.eat(&["DELETE", "FROM"]) {
        return Written::Nothing;
    }
    match tokens.name() {
        Some(table) if !tokens.is(".") => Written::Table(table),
        _ => Written::Anything,
    }
}

fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
}
