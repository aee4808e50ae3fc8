//! Changes of a schema, one to four at a time, and what their author has to say about them.

mod columns;
mod hints;
mod names;
mod objects;
mod tables;

pub(crate) use self::hints::hints;

use super::generate::repair;
use super::model::{Check, Id, Schema, Sql, Table, Test};
use super::random::Random;

/// A schema that has changed.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    pub(crate) to: Schema,
    /// Values for the rows that exist: table, column, expression over the columns as they were.
    pub(crate) values: Vec<(Id, Id, Sql)>,
    pub(crate) maps: Vec<(Id, Id, String, String)>,
    /// Something was left open on purpose: the plan has to ask.
    pub(crate) asks: bool,
    pub(crate) done: Vec<&'static str>,
}

type Mutation = fn(&mut Changed, &Schema, &mut Random) -> bool;

const MUTATIONS: &[(&str, usize, Mutation)] = &[
    ("add a nullable column", 6, columns::add_nullable),
    ("add a column with a default", 4, columns::add_default),
    ("add a required column", 4, columns::add_required),
    ("drop a column", 6, columns::drop),
    ("retype a column", 4, columns::retype),
    ("change a default", 4, columns::default),
    ("require a column", 4, columns::require),
    ("release a column", 4, columns::release),
    ("change a collation", 2, columns::collation),
    ("add or change a generated column", 4, columns::generated),
    ("order the columns anew", 2, columns::order),
    ("rename a column", 5, names::column),
    ("respell a column", 2, names::respell_column),
    ("swap two columns", 1, names::swap_columns),
    ("take over a name", 1, names::take_over),
    ("rename a table", 4, names::table),
    ("respell a table", 2, names::respell_table),
    ("swap two tables", 1, names::swap_tables),
    ("add a check", 4, tables::add_check),
    ("drop a check", 4, tables::drop_check),
    ("change a check", 4, tables::change_check),
    ("rename an enum's value", 3, tables::rename_value),
    ("add a unique key", 2, tables::add_unique),
    ("drop a unique key", 2, tables::drop_unique),
    ("change the primary key", 3, tables::primary_key),
    ("count on, or no more", 2, tables::autoincrement),
    ("be strict, or no more", 2, tables::strict),
    ("be without rowid, or no more", 2, tables::without_rowid),
    ("add a foreign key", 4, tables::add_foreign_key),
    ("drop a foreign key", 3, tables::drop_foreign_key),
    ("change a foreign key", 4, tables::change_foreign_key),
    ("add a table", 3, tables::add),
    ("add a parent", 2, tables::add_parent),
    ("drop a table", 3, tables::drop),
    ("add an index", 3, objects::add_index),
    ("change an index", 2, objects::change_index),
    ("drop an index", 2, objects::drop_index),
    ("add a view", 1, objects::add_view),
    ("change a view", 1, objects::change_view),
    ("drop a view", 1, objects::drop_view),
    ("add a trigger", 1, objects::add_trigger),
    ("change a trigger", 1, objects::change_trigger),
    ("drop a trigger", 1, objects::drop_trigger),
    ("add an fts", 2, objects::add_fts),
    ("change an fts", 2, objects::change_fts),
    ("drop an fts", 1, objects::drop_fts),
];

pub(crate) fn mutate(from: &Schema, random: &mut Random) -> Changed {
    let mut changed = Changed {
        to: from.clone(),
        values: Vec::new(),
        maps: Vec::new(),
        asks: false,
        done: Vec::new(),
    };
    let wanted = 1 + random.below(4);
    let total: usize = MUTATIONS.iter().map(|it| it.1).sum();
    for _ in 0..30 {
        if changed.done.len() >= wanted {
            break;
        }
        let mut at = random.below(total);
        let chosen = MUTATIONS.iter().find(|it| {
            let here = at < it.1;
            at = at.saturating_sub(it.1);
            here
        });
        let (name, _, mutation) = chosen.unwrap();
        let mut next = changed.clone();
        if mutation(&mut next, from, random) && !next.to.tables.is_empty() {
            next.done.push(name);
            repair(&mut next.to);
            changed = next;
        }
    }
    changed
}

impl Changed {
    fn any_table(&self, random: &mut Random) -> Option<Id> {
        let ids: Vec<Id> = self.to.tables.iter().map(|it| it.id).collect();
        random.one(&ids)
    }

    /// A column that is not computed.
    fn any_column(&self, random: &mut Random) -> Option<(Id, Id)> {
        let table = self.to.table(self.any_table(random)?)?;
        let columns: Vec<Id> = table
            .columns
            .iter()
            .filter(|it| it.generated.is_none())
            .map(|it| it.id)
            .collect();
        Some((table.id, random.one(&columns)?))
    }
}

pub(crate) fn add_check(table: &mut Table, random: &mut Random, test: Test) {
    let name = random.chance(60).then(|| {
        let stem = random.pick(&["chk", "Check", "is ok", "it's"]);
        format!("{stem}_{}", random.below(1000))
    });
    let taken = |name: &String| {
        table.checks.iter().any(|it| {
            it.name
                .as_ref()
                .is_some_and(|it| it.eq_ignore_ascii_case(name))
        })
    };
    let name = name.filter(|it| !taken(it));
    table.checks.push(Check { name, test });
}
