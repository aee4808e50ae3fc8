//! What differs between two schemas, as a list of changes.

mod change;
mod column;
mod table;

use crate::schema::{Expression, Fts, Index, Schema, Trigger, same_name};

pub use change::{Aspect, Change, Object};
pub(crate) use column::same_type;
pub(crate) use table::{
    check_words, foreign_key_words, same_check, same_foreign_key, same_names, unique_words,
    unmatched,
};

/// The changes that lead from one schema to the other, in a fixed order; none when they behave the same.
///
/// Spelling, spacing, quotes, the order of clauses and the order of columns are no changes. A name that only one side has
/// is a creation or a drop, never a rename: whether it is one, only its author knows.
///
/// ```
/// use tablature::{Connection, diff::diff, inspect};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let from = Connection::open_in_memory()?;
/// from.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT)")?;
/// let to = Connection::open_in_memory()?;
/// to.execute_batch("create table \"Posts\" (title text NOT NULL, id integer, primary key (id))")?;
/// let changes = diff(&inspect(&from)?, &inspect(&to)?);
/// let words: Vec<String> = changes.iter().map(ToString::to_string).collect();
/// assert_eq!(words, ["name of `posts` becomes `Posts`", "`Posts.title` becomes NOT NULL"]);
/// # Ok(())
/// # }
/// ```
pub fn diff(from: &Schema, to: &Schema) -> Vec<Change> {
    let mut changes = Vec::new();
    for new in &to.tables {
        match from.table(&new.name) {
            Some(old) => table::diff(&mut changes, (from, old), (to, new)),
            None => changes.push(Change::Create(Object::Table, new.name.clone())),
        }
    }
    let gone = from
        .tables
        .iter()
        .filter(|old| to.table(&old.name).is_none());
    changes.extend(gone.map(|old| Change::Drop(Object::Table, old.name.clone())));
    indexes(&mut changes, from, to);
    objects(
        &mut changes,
        Object::Fts,
        &from.fts,
        &to.fts,
        |it| &it.name,
        same_fts,
    );
    objects(
        &mut changes,
        Object::Virtual,
        &from.virtuals,
        &to.virtuals,
        |it| &it.name,
        |a, b| same_statement(&a.sql, &b.sql),
    );
    objects(
        &mut changes,
        Object::View,
        &from.views,
        &to.views,
        |it| &it.name,
        |a, b| same_statement(&a.sql, &b.sql),
    );
    objects(
        &mut changes,
        Object::Trigger,
        &from.triggers,
        &to.triggers,
        |it| &it.name,
        same_trigger,
    );
    changes
}

fn indexes(changes: &mut Vec<Change>, from: &Schema, to: &Schema) {
    objects(
        changes,
        Object::Index,
        &from.indexes,
        &to.indexes,
        |it| &it.name,
        same_index,
    );
}

fn objects<T>(
    changes: &mut Vec<Change>,
    object: Object,
    from: &[T],
    to: &[T],
    name: impl Fn(&T) -> &String,
    same: impl Fn(&T, &T) -> bool,
) {
    for new in to {
        match from.iter().find(|old| same_name(name(old), name(new))) {
            None => changes.push(Change::Create(object, name(new).clone())),
            Some(old) if name(old) != name(new) || !same(old, new) => {
                changes.push(Change::Replace(object, name(new).clone()));
            }
            Some(_) => {}
        }
    }
    for old in from {
        if !to.iter().any(|new| same_name(name(old), name(new))) {
            changes.push(Change::Drop(object, name(old).clone()));
        }
    }
}

pub(crate) fn same_index(a: &Index, b: &Index) -> bool {
    same_name(&a.table, &b.table)
        && a.unique == b.unique
        && a.parts == b.parts
        && a.filter == b.filter
}

pub(crate) fn same_fts(a: &Fts, b: &Fts) -> bool {
    a.options == b.options
        && a.columns.len() == b.columns.len()
        && a.columns
            .iter()
            .zip(&b.columns)
            .all(|(a, b)| same_name(&a.name, &b.name) && a.unindexed == b.unindexed)
}

/// By what they say: a word that changes nothing may be left out.
pub(crate) fn same_trigger(a: &Trigger, b: &Trigger) -> bool {
    match (a.parts(), b.parts()) {
        (Some(first), Some(second)) => {
            let condition = |it: &Option<String>| it.as_ref().map(Expression::new);
            same_name(&a.table, &b.table)
                && (first.timing, first.event) == (second.timing, second.event)
                && same_names(&first.of, &second.of)
                && condition(&first.when) == condition(&second.when)
                && Expression::new(first.body) == Expression::new(second.body)
        }
        _ => same_statement(&a.sql, &b.sql),
    }
}

pub(crate) fn same_statement(a: &Expression, b: &Expression) -> bool {
    let words = |it: &Expression| -> Vec<String> {
        let mut tokens = it.tokens().to_vec();
        // The one clause of a CREATE that is about its execution.
        if let Some(at) = tokens
            .windows(3)
            .position(|three| three == ["if", "not", "exists"])
            .filter(|&at| at < 5)
        {
            tokens.drain(at..at + 3);
        }
        tokens
    };
    words(a) == words(b)
}
