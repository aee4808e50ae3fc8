use super::literal::{Hints, Reading};
use super::slot::Slot;
use crate::schema::{Expression, Schema, Table};
use rusqlite::Connection;

/// A piece of SQL that a row must get through: a check, a generated column, an index, a trigger.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) kind: Kind,
    /// The name in SQLite's message.
    pub(super) name: Option<String>,
    pub(super) sql: Expression,
    /// The slots that decide it.
    pub(super) slots: Vec<usize>,
    /// It reads a generated column, which is not there outside the table.
    indirect: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Check,
    Generated,
    Index,
    Trigger,
}

impl Form {
    /// An expression that is true when a row gets through.
    pub(super) fn test(&self) -> String {
        match self.kind {
            Kind::Check => format!("coalesce(({}), 1)", self.sql),
            // Whatever it is, as long as it can be computed.
            _ => format!("typeof(({})) <> ''", self.sql),
        }
    }
}

/// Reads what the SQL of a table says about each slot.
pub(super) fn read(
    db: &Connection,
    schema: &Schema,
    table: &Table,
    slots: &mut [Slot<'_>],
) -> Vec<Form> {
    let mut forms = sources(schema, table);
    if forms.is_empty() {
        return forms;
    }
    let generated = table.columns.iter().filter(|it| it.generated.is_some());
    let names: Vec<&str> = slots
        .iter()
        .map(|it| it.name)
        .chain(generated.map(|it| it.name.as_str()))
        .collect();
    let mut classes: Vec<_> = slots.iter().map(|it| it.class).collect();
    classes.resize(names.len(), super::class::Class::Any);
    let mut hints = vec![Hints::default(); names.len()];
    for form in &mut forms {
        let reading = Reading::new(form.sql.text());
        form.slots = reading.mentions(&names);
        reading.hint(&names, &classes, &mut hints);
    }
    resolve(&mut forms, slots.len(), &names);
    for (at, (slot, hint)) in slots.iter_mut().zip(hints).enumerate() {
        if forms.iter().any(|it| it.slots.contains(&at)) {
            let alone = |it: &&Form| it.slots == [at] && !it.indirect && it.kind != Kind::Trigger;
            let alone: Vec<&Form> = forms.iter().filter(alone).collect();
            slot.learn(db, &table.name, hint, &alone);
        }
    }
    forms
}

fn sources(schema: &Schema, table: &Table) -> Vec<Form> {
    let form = |kind, name: Option<&String>, sql: &Expression| Form {
        kind,
        name: name.cloned(),
        sql: sql.clone(),
        slots: Vec::new(),
        indirect: false,
    };
    let mut forms = Vec::new();
    for check in &table.checks {
        forms.push(form(Kind::Check, check.name.as_ref(), &check.expression));
    }
    for column in &table.columns {
        if let Some(generated) = &column.generated {
            let name = Some(&column.name);
            forms.push(form(Kind::Generated, name, &generated.expression));
        }
    }
    for index in schema.indexes_of(&table.name) {
        let computed = index.parts.iter().map(|it| &it.expression);
        let computed = computed.filter(|it| it.tokens().len() > 1);
        for expression in computed.chain(&index.filter) {
            forms.push(form(Kind::Index, Some(&index.name), expression));
        }
    }
    for trigger in schema.triggers_of(&table.name) {
        // Only these say something about the values of the row.
        if ["raise", "json_extract", "json_each", "json_valid"]
            .iter()
            .any(|it| trigger.sql.mentions(it))
        {
            forms.push(form(Kind::Trigger, Some(&trigger.name), &trigger.sql));
        }
    }
    forms
}

/// Puts the slots that a generated column is computed from in the place of the column.
fn resolve(forms: &mut [Form], slots: usize, names: &[&str]) {
    let generated: Vec<(String, Vec<usize>)> = forms
        .iter()
        .filter(|it| it.kind == Kind::Generated)
        .filter_map(|it| Some((it.name.clone()?, it.slots.clone())))
        .collect();
    for form in forms {
        // A generated column may be computed from another one.
        for _ in 0..=generated.len() {
            let Some(at) = form.slots.iter().position(|&it| it >= slots) else {
                break;
            };
            form.indirect = true;
            let name = names[form.slots.swap_remove(at)];
            if let Some((_, from)) = generated.iter().find(|(it, _)| it == name) {
                form.slots.extend(from);
            }
        }
        form.slots.retain(|&it| it < slots);
        form.slots.sort_unstable();
        form.slots.dedup();
    }
}
