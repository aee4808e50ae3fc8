use super::random::Random;
use super::slot::Slot;
use super::structs::Structs;
use crate::schema::{ForeignKey, Schema, Table, same_name};
use crate::sqlite::quoted;
use rusqlite::Connection;
use rusqlite::types::Value;

/// Parents that are looked at: enough for every witness, and not all of a database in use.
const PARENTS: usize = 64;

/// A foreign key of the table that is being filled.
#[derive(Clone, Debug)]
pub(super) struct Link<'a> {
    pub(super) key: &'a ForeignKey,
    pub(super) parent: Parent,
    pub(super) slots: Vec<usize>,
    /// The slots of the parent's columns, when the parent is the table itself.
    pub(super) own: Vec<usize>,
    pub(super) keys: Vec<Vec<Value>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parent {
    Filled,
    /// Its turn comes after the child's: they refer to each other.
    Later,
    Itself,
    Missing,
}

/// The foreign keys of a table, those with most columns first: what they choose decides for the others.
pub(super) fn of<'a>(
    db: &Connection,
    schema: &'a Schema,
    structs: Structs<'_>,
    table: &'a Table,
    slots: &[Slot<'_>],
    is_filled: impl Fn(&str) -> bool,
) -> Vec<Link<'a>> {
    let slot = |name: &String| slots.iter().position(|it| same_name(it.name, name));
    let mut links: Vec<Link<'a>> = Vec::new();
    for key in &table.foreign_keys {
        // A generated column refers to whatever it is computed from.
        let Some(from) = key.from.iter().map(slot).collect::<Option<Vec<_>>>() else {
            continue;
        };
        let mut own = Vec::new();
        let parent = match schema.table(&key.parent) {
            None => Parent::Missing,
            Some(parent) if same_name(&parent.name, &table.name) => {
                let target = schema.target(key).iter().map(slot);
                own = target.collect::<Option<_>>().unwrap_or_default();
                Parent::Itself
            }
            Some(parent) if is_filled(&parent.name) => Parent::Filled,
            Some(_) => Parent::Later,
        };
        links.push(Link {
            key,
            parent,
            slots: from,
            own,
            keys: keys(db, schema, structs, table, key).unwrap_or_default(),
        });
    }
    links.sort_by_key(|it| (it.parent == Parent::Itself, usize::MAX - it.slots.len()));
    links
}

/// What the rows of the parent can be referred to by.
pub(super) fn keys(
    db: &Connection,
    schema: &Schema,
    structs: Structs<'_>,
    child: &Table,
    key: &ForeignKey,
) -> rusqlite::Result<Vec<Vec<Value>>> {
    let target = schema.target(key);
    let names: Vec<String> = target.iter().map(|it| quoted(it)).collect();
    if names.is_empty() || names.len() != key.from.len() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT DISTINCT {} FROM main.{} WHERE {} IS NOT NULL LIMIT {PARENTS}",
        names.join(", "),
        quoted(&key.parent),
        names.join(" IS NOT NULL AND "),
    );
    let mut statement = db.prepare(&sql)?;
    let rows = statement.query_map((), |row| (0..names.len()).map(|at| row.get(at)).collect())?;
    let mut keys: Vec<Vec<Value>> = rows.collect::<Result<_, _>>()?;
    keys.retain(|it| structs.read(child, &key.from, it));
    Ok(keys)
}

impl Link<'_> {
    /// Nothing that it could refer to will ever be there.
    pub(super) fn has_no_parents(&self) -> bool {
        self.keys.is_empty() && matches!(self.parent, Parent::Filled | Parent::Missing)
    }

    /// Sets the columns of the foreign key. Those that another key has set already stay as they are.
    pub(super) fn refer(
        &self,
        values: &mut [Value],
        taken: &mut [bool],
        choice: &Choice,
        random: &mut Random,
    ) -> bool {
        let agrees = |key: &&Vec<Value>| {
            let mut pairs = self.slots.iter().zip(key.iter());
            pairs.all(|(&slot, value)| !taken[slot] || values[slot] == *value)
        };
        let mut keys: Vec<Vec<Value>> = self.keys.iter().filter(agrees).cloned().collect();
        let own: Vec<Value> = self.own.iter().map(|&slot| values[slot].clone()).collect();
        // The first row of a table has only itself to refer to.
        if own.len() == self.slots.len() && (keys.is_empty() || random.once_in(8)) && agrees(&&own)
        {
            keys.push(own);
        }
        let chosen = match choice {
            Choice::Row(row) if !keys.is_empty() => {
                // Two children for each parent, none for the last.
                let with_children = (keys.len() - 1).max(1);
                Some(&keys[row / 2 % with_children])
            }
            _ => random.pick(&keys),
        };
        let Some(chosen) = chosen else {
            return false;
        };
        for (&slot, value) in self.slots.iter().zip(chosen) {
            values[slot] = value.clone();
            taken[slot] = true;
        }
        true
    }
}

/// Which parent a row gets.
#[derive(Clone, Copy, Debug)]
pub(super) enum Choice {
    /// The one whose turn it is in the n-th row.
    Row(usize),
    Random,
}

/// Keys that rows of another table hold, for which this one has to have rows.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) columns: Vec<String>,
    pub(super) keys: Vec<Vec<Value>>,
}

impl Wanted {
    pub(super) fn slots(&self, slots: &[Slot<'_>]) -> Vec<usize> {
        let slot = |name: &String| slots.iter().position(|it| same_name(it.name, name));
        let found: Option<Vec<usize>> = self.columns.iter().map(slot).collect();
        found.unwrap_or_default()
    }
}
