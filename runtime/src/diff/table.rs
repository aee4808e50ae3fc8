use super::{Change, column};
use crate::schema::{
    Action, Check, Deferrable, ForeignKey, PrimaryKey, Schema, Table, Unique, same_name,
};
use std::fmt::Write as _;

type Side<'a> = (&'a Schema, &'a Table);

pub(super) fn diff(changes: &mut Vec<Change>, (from, old): Side<'_>, (to, new): Side<'_>) {
    let name = || new.name.clone();
    if old.name != new.name {
        changes.push(Change::RenameTable(old.name.clone(), name()));
    }
    columns(changes, old, new);
    if !same_key(old.primary_key.as_ref(), new.primary_key.as_ref()) {
        changes.push(Change::PrimaryKey(name()));
    }
    let checks = unmatched(&old.checks, &new.checks, same_check);
    let foreign_keys = unmatched(&old.foreign_keys, &new.foreign_keys, |a, b| {
        same_foreign_key((from, a), (to, b))
    });
    let uniques = unmatched(&old.uniques, &new.uniques, same_unique(old, new));
    let gone = uniques.0.iter().map(|it| unique_words(it));
    let gone = gone.chain(checks.0.iter().map(|it| check_words(it)));
    let gone = gone.chain(foreign_keys.0.iter().map(|it| foreign_key_words(it)));
    changes.extend(gone.map(|words| Change::DropConstraint(name(), words)));
    let added = uniques.1.iter().map(|it| unique_words(it));
    let added = added.chain(checks.1.iter().map(|it| check_words(it)));
    let added = added.chain(foreign_keys.1.iter().map(|it| foreign_key_words(it)));
    changes.extend(added.map(|words| Change::AddConstraint(name(), words)));
    if old.strict != new.strict {
        changes.push(Change::Strict(name(), new.strict));
    }
    if old.without_rowid != new.without_rowid {
        changes.push(Change::WithoutRowid(name(), new.without_rowid));
    }
}

fn columns(changes: &mut Vec<Change>, old: &Table, new: &Table) {
    for column in &new.columns {
        match old.column(&column.name) {
            None => changes.push(Change::AddColumn(new.name.clone(), column.name.clone())),
            Some(before) => {
                if before.name != column.name {
                    changes.push(Change::RenameColumn(
                        new.name.clone(),
                        before.name.clone(),
                        column.name.clone(),
                    ));
                }
                column::diff(changes, (old, before), (new, column));
            }
        }
    }
    let gone = old
        .columns
        .iter()
        .filter(|it| new.column(&it.name).is_none());
    changes.extend(gone.map(|it| Change::DropColumn(new.name.clone(), it.name.clone())));
}

/// What only the first list has, and what only the second has; each element is matched once.
pub(crate) fn unmatched<'a, T>(
    old: &'a [T],
    new: &'a [T],
    same: impl Fn(&T, &T) -> bool,
) -> (Vec<&'a T>, Vec<&'a T>) {
    let mut gone: Vec<&T> = old.iter().collect();
    let mut added = Vec::new();
    for it in new {
        match gone.iter().position(|before| same(before, it)) {
            Some(at) => drop(gone.remove(at)),
            None => added.push(it),
        }
    }
    (gone, added)
}

/// A constraint without a name is the same as one with: the name only serves to drop it.
fn same_label(a: Option<&String>, b: Option<&String>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => same_name(a, b),
        _ => true,
    }
}

pub(crate) fn same_check(a: &Check, b: &Check) -> bool {
    a.expression == b.expression && same_label(a.name.as_ref(), b.name.as_ref())
}

pub(crate) fn same_foreign_key(
    (from, a): (&Schema, &ForeignKey),
    (to, b): (&Schema, &ForeignKey),
) -> bool {
    same_names(&a.from, &b.from)
        && same_name(&a.parent, &b.parent)
        && same_names(from.target(a), to.target(b))
        // One that names no column follows the primary key of its parent.
        && (a.to.is_empty() == b.to.is_empty() || same_names(to.target(a), to.target(b)))
        && (a.on_delete, a.on_update, a.deferrable) == (b.on_delete, b.on_update, b.deferrable)
        && same_label(a.name.as_ref(), b.name.as_ref())
}

fn same_key(a: Option<&PrimaryKey>, b: Option<&PrimaryKey>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            same_names(&a.columns, &b.columns)
                && (a.rowid, a.autoincrement, a.conflict) == (b.rowid, b.autoincrement, b.conflict)
                // Of the rowid there is one order.
                && (a.rowid || (&a.descending, &a.collations) == (&b.descending, &b.collations))
        }
        _ => false,
    }
}

/// A collation that the column has anyhow says nothing.
fn same_unique<'a>(old: &'a Table, new: &'a Table) -> impl Fn(&Unique, &Unique) -> bool + 'a {
    let collations = |table: &Table, unique: &Unique| -> Vec<Option<String>> {
        let own = |(name, given): (&String, &Option<String>)| {
            given
                .clone()
                .or_else(|| table.column(name)?.collation.clone())
        };
        unique
            .columns
            .iter()
            .zip(&unique.collations)
            .map(own)
            .map(|it| it.filter(|it| it != "binary"))
            .collect()
    };
    move |a, b| {
        a.columns == b.columns
            && a.descending == b.descending
            && a.conflict == b.conflict
            && collations(old, a) == collations(new, b)
    }
}

pub(crate) fn same_names(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_name(a, b))
}

pub(crate) fn unique_words(unique: &Unique) -> String {
    format!(
        "UNIQUE ({}){}",
        unique.columns.join(", "),
        unique.conflict.clause()
    )
}

pub(crate) fn check_words(check: &Check) -> String {
    let name = check
        .name
        .as_ref()
        .map(|name| format!(" `{name}`"))
        .unwrap_or_default();
    format!("CHECK{name} ({})", check.expression)
}

pub(crate) fn foreign_key_words(key: &ForeignKey) -> String {
    let mut words = format!("foreign key ({}) to `{}`", key.from.join(", "), key.parent);
    for (on, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if action != Action::NoAction {
            let _ = write!(words, " ON {on} {}", action.sql());
        }
    }
    if key.deferrable == Deferrable::Deferred {
        words.push_str(", deferred");
    }
    words
}
