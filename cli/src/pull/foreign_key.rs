//! What refers to other tables.

use super::model::{Action, ForeignKey, Struct, Target, Type};
use tablature::schema::{self, Deferrable, Schema, Table, same_name};

impl Struct {
    /// Adds what refers to other tables. `structs` are those of the tables that are not kept as SQL.
    pub(super) fn add_foreign_keys(&mut self, schema: &Schema, table: &Table, structs: &[Struct]) {
        for key in &table.foreign_keys {
            let columns = self.positions(&key.from);
            let made: Vec<&str> = key.from.iter().map(String::as_str).collect();
            let made = format!("{}_fkey", made.join("_"));
            let target = self
                .struct_target(schema, key, &columns, structs)
                .unwrap_or_else(|| Target::Name {
                    table: key.parent.clone(),
                    columns: key.to.clone(),
                });
            self.foreign_keys.push(ForeignKey {
                name: key.name.clone().filter(|it| *it != made),
                columns,
                target,
                on_delete: key.on_delete,
                on_update: key.on_update,
                deferrable: key.deferrable == Deferrable::Deferred,
            });
        }
    }

    /// A struct, where the compiler will be content with it: a unique key of the same types, and actions that are possible.
    fn struct_target(
        &self,
        schema: &Schema,
        key: &schema::ForeignKey,
        columns: &[usize],
        structs: &[Struct],
    ) -> Option<Target> {
        let parent = structs
            .iter()
            .find(|it| same_name(&it.table, &key.parent))?;
        let target = schema.target(key);
        let targets = parent.positions(target);
        if targets.len() != columns.len() || target.len() != columns.len() || columns.is_empty() {
            return None;
        }
        let unique = same_set(&targets, &parent.primary_key)
            || parent
                .uniques
                .iter()
                .any(|it| same_set(&targets, &it.columns))
            || schema.indexes_of(&parent.table).any(|it| {
                // As `index` takes it for a unique key.
                let names: Vec<String> = it
                    .parts
                    .iter()
                    .map(|it| it.expression.tokens().concat())
                    .collect();
                it.unique
                    && it.filter.is_none()
                    && it
                        .parts
                        .iter()
                        .all(|it| it.collation.is_none() && !it.descending)
                    && same_set(&targets, &parent.positions(&names))
            });
        let fits = columns.iter().zip(&targets).all(|(&from, &to)| {
            let (from, to) = (&self.fields[from].ty, &parent.fields[to].ty);
            from.stored() == to.stored() || *from == Type::Value || *to == Type::Value
        });
        let possible = [key.on_delete, key.on_update].into_iter().all(|action| {
            columns.iter().all(|&at| {
                let field = &self.fields[at];
                let nullable = field.optional || (field.ty == Type::Value && !field.not_null);
                match action {
                    Action::SetNull => nullable && !self.primary_key.contains(&at),
                    Action::SetDefault => nullable || field.default.is_some(),
                    _ => true,
                }
            })
        });
        if !unique || !fits || !possible {
            return None;
        }
        let all = targets == parent.primary_key;
        Some(Target::Struct {
            ident: parent.ident.clone(),
            table: parent.table.clone(),
            fields: if all {
                Vec::new()
            } else {
                targets
                    .iter()
                    .map(|it| parent.fields[*it].ident.clone())
                    .collect()
            },
            columns: targets
                .iter()
                .map(|it| parent.fields[*it].column.clone())
                .collect(),
        })
    }

    /// The foreign key that stands at a column; further ones, and those with a name, stand at the table.
    pub(super) fn key_of_field(&self, position: usize) -> Option<usize> {
        self.foreign_keys
            .iter()
            .position(|it| it.columns == [position] && it.name.is_none())
    }

    /// The foreign keys that stand at the table.
    pub(super) fn keys_of_table(&self) -> impl Iterator<Item = &ForeignKey> {
        let at_field = |at: usize| {
            (0..self.fields.len()).any(|position| self.key_of_field(position) == Some(at))
        };
        let keys = self.foreign_keys.iter().enumerate();
        keys.filter(move |(at, _)| !at_field(*at)).map(|(_, it)| it)
    }
}

impl Type {
    pub(super) fn is_integer(&self) -> bool {
        matches!(self, Self::Integer | Self::Bool)
    }

    /// What of it the database sees.
    fn stored(&self) -> u8 {
        match self {
            Self::Integer | Self::Bool => 0,
            Self::Real => 1,
            Self::Text | Self::Enum(_) => 2,
            Self::Blob | Self::Bytes(_) => 3,
            Self::Value => 4,
        }
    }
}

fn same_set(a: &[usize], b: &[usize]) -> bool {
    let sorted = |it: &[usize]| {
        let mut it = it.to_vec();
        it.sort_unstable();
        it
    };
    !a.is_empty() && sorted(a) == sorted(b)
}
