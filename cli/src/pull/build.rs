//! Tables become structs.

use super::column::Known;
use super::model::{
    Check, Conflict, Content, Field, Fts, Index, Part, PartOf, Struct, Trigger, Unique,
};
use super::name::Taken;
use super::rows::Held;
use super::style::Style;
use tablature::schema::{self, Event, Schema, Table, Timing, same_name};

/// The structs of all tables, without what refers to other tables and without what stands on the table.
pub(super) fn structs(schema: &Schema, held: &Held) -> Vec<Struct> {
    let mut taken = Taken::by_rust();
    let idents: Vec<String> = schema
        .tables
        .iter()
        .map(|it| taken.of_struct(&it.name))
        .collect();
    schema
        .tables
        .iter()
        .zip(idents)
        .map(|(table, ident)| table_alone(table, ident, held, &mut taken))
        .collect()
}

fn table_alone(table: &Table, ident: String, held: &Held, taken: &mut Taken) -> Struct {
    let mut names = Taken::default();
    let mut checks = table.checks.clone();
    let fields: Vec<Field> = table
        .columns
        .iter()
        .enumerate()
        .map(|(position, column)| {
            let known = Known {
                table,
                column,
                values: held.of(&table.name, &column.name),
            };
            let field = names.of_field(&column.name, position);
            known.field(field, &ident, &mut checks, taken)
        })
        .collect();
    let mut it = Struct {
        ident,
        table: table.name.clone(),
        fields,
        primary_key: Vec::new(),
        key_conflict: Conflict::Abort,
        autoincrement: false,
        strict: table.strict,
        without_rowid: table.without_rowid,
        index_foreign_keys: true,
        uniques: Vec::new(),
        indexes: Vec::new(),
        checks: checks
            .into_iter()
            .map(|it| Check {
                name: it.name,
                expression: it.expression.text().to_owned(),
            })
            .collect(),
        foreign_keys: Vec::new(),
        triggers: Vec::new(),
        fts: None,
    };
    if let Some(key) = &table.primary_key {
        it.primary_key = it.positions(&key.columns);
        it.key_conflict = key.conflict;
        it.autoincrement = key.autoincrement;
    }
    for unique in &table.uniques {
        it.uniques.push(Unique {
            name: None,
            columns: it.positions(&unique.columns),
            constraint: Some(unique.conflict),
        });
    }
    it
}

impl Struct {
    pub(super) fn position(&self, column: &str) -> Option<usize> {
        self.fields
            .iter()
            .position(|it| same_name(&it.column, column))
    }

    /// The fields of columns. One that is not there leaves the list shorter, which the proof tells.
    pub(super) fn positions(&self, columns: &[String]) -> Vec<usize> {
        columns.iter().filter_map(|it| self.position(it)).collect()
    }

    /// The name that an index has when it has none of its own.
    fn made_name(&self, columns: &[usize], last: &str) -> String {
        let columns: Vec<&str> = columns
            .iter()
            .map(|it| self.fields[*it].column.as_str())
            .collect();
        format!("{}_{}_{last}", self.table, columns.join("_"))
    }

    /// Adds what stands on the table and is wanted.
    pub(super) fn add_objects(
        &mut self,
        schema: &Schema,
        style: Style,
        wanted: impl Fn(&str) -> bool,
    ) {
        self.index_foreign_keys = style.foreign_key_indexes || self.foreign_keys.is_empty();
        let table = self.table.clone();
        for index in schema.indexes_of(&table).filter(|it| wanted(&it.name)) {
            self.index(index, style);
        }
        let fts = schema
            .fts
            .iter()
            .find(|it| wanted(&it.name) && is_about(schema, it, &table) && self.fits(it));
        self.fts = fts.map(|it| self.full_text(it, style));
        for trigger in schema.triggers_of(&table).filter(|it| wanted(&it.name)) {
            let own = self.fts.is_some()
                && style.fts_triggers
                && fts.is_some_and(|fts| is_own_trigger(&fts.name, &trigger.name));
            if !own {
                self.trigger(trigger, style);
            }
        }
    }

    fn index(&mut self, index: &schema::Index, style: Style) {
        let parts: Vec<Part> = index
            .parts
            .iter()
            .map(|part| Part {
                of: match part.expression.tokens() {
                    [name] if self.position(name).is_some() => {
                        PartOf::Column(self.position(name).unwrap_or_default())
                    }
                    _ => PartOf::Expression(part.expression.text().to_owned()),
                },
                collate: part.collation.clone(),
                descending: part.descending,
            })
            .collect();
        let columns: Vec<usize> = parts
            .iter()
            .filter_map(|part| match part.of {
                PartOf::Column(column) => Some(column),
                PartOf::Expression(_) => None,
            })
            .collect();
        let mut once = columns.clone();
        once.sort_unstable();
        once.dedup();
        // The derive takes it for a mistake; the proof will find that it is missing.
        if once.len() < columns.len() {
            return;
        }
        let only_columns = columns.len() == parts.len();
        let plain = only_columns
            && index.filter.is_none()
            && parts
                .iter()
                .all(|it| it.collate.is_none() && !it.descending);
        let last = if index.unique { "key" } else { "idx" };
        let made = only_columns && self.made_name(&columns, last) == index.name;
        let name = (!made).then(|| index.name.clone());
        let of_foreign_key = || self.foreign_keys.iter().any(|key| key.columns == columns);
        if plain && made && !index.unique && style.foreign_key_indexes && of_foreign_key() {
            return;
        }
        if plain && index.unique && columns != self.primary_key {
            self.uniques.push(Unique {
                name,
                columns,
                constraint: None,
            });
            return;
        }
        self.indexes.push(Index {
            name,
            parts,
            unique: index.unique,
            filter: index.filter.as_ref().map(|it| it.text().to_owned()),
        });
    }

    /// Whether all of its columns are the table's.
    fn fits(&self, fts: &schema::Fts) -> bool {
        fts.columns
            .iter()
            .all(|it| self.position(&it.name).is_some())
    }

    fn full_text(&self, fts: &schema::Fts, style: Style) -> Fts {
        let option = |key: &str| fts.options.get(key).cloned();
        let made = format!("{}_fts", self.table) == fts.name;
        Fts {
            name: (!made).then(|| fts.name.clone()),
            columns: fts
                .columns
                .iter()
                .filter_map(|it| Some((self.position(&it.name)?, it.unindexed)))
                .collect(),
            content: match fts.content() {
                Some(_) => Content::External,
                None if fts.contentless() => Content::None,
                None => Content::Own,
            },
            tokenize: option("tokenize"),
            prefix: option("prefix"),
            detail: option("detail"),
            columnsize: option("columnsize").is_none_or(|it| it != "0"),
            triggers: style.fts_triggers,
        }
    }

    fn trigger(&mut self, trigger: &schema::Trigger, style: Style) {
        let Some(parts) = trigger.parts() else { return };
        if style.column_triggers && self.column_trigger(trigger, &parts.body) {
            return;
        }
        let event = match parts.event {
            Event::Insert => "insert",
            Event::Delete => "delete",
            _ => "update",
        };
        if parts.timing == Timing::InsteadOf {
            return;
        }
        self.triggers.push(Trigger {
            name: trigger.name.clone(),
            before: parts.timing == Timing::Before,
            event,
            of: self.positions(&parts.of),
            when: parts.when,
            body: parts.body,
        });
    }

    /// The triggers that `touch` and `immutable` make are known by their names; whether they are, the proof says.
    fn column_trigger(&mut self, trigger: &schema::Trigger, body: &str) -> bool {
        for field in &mut self.fields {
            let name = |last: &str| format!("{}_{}_{last}", self.table, field.column);
            if trigger.name == name("immutable") {
                field.immutable = true;
                return true;
            }
            if trigger.name == name("touch") {
                let expression = body
                    .rsplit_once(" IS NOT (")
                    .and_then(|(_, rest)| rest.trim_end().strip_suffix(");"));
                field.touch = expression.map(str::to_owned);
                return expression.is_some();
            }
        }
        false
    }
}

/// Whether a full-text table holds the words of this table: it says so, or a trigger of the table writes it.
fn is_about(schema: &Schema, fts: &schema::Fts, table: &str) -> bool {
    match fts.content() {
        Some(content) => same_name(content, table),
        None => schema
            .triggers_of(table)
            .any(|it| it.sql.mentions(&fts.name)),
    }
}

fn is_own_trigger(fts: &str, trigger: &str) -> bool {
    ["insert", "delete", "update"]
        .iter()
        .any(|it| same_name(&format!("{fts}_{it}"), trigger))
}
