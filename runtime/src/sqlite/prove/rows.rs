use super::ProofError;
use crate::plan::{Hints, Kept, Orphans};
use crate::schema::{Schema, Table, same_name};
use crate::sqlite::quoted;
use rusqlite::Connection;
use rusqlite::types::{Value, ValueRef};
use std::collections::BTreeMap;

/// The rows of every table, by column.
#[derive(Debug)]
pub(super) struct Snapshot {
    tables: BTreeMap<String, Vec<Vec<Value>>>,
}

impl Snapshot {
    /// The rowid, or NULL, and then the columns of the schema.
    pub(super) fn take(db: &Connection, schema: &Schema) -> rusqlite::Result<Self> {
        let mut tables = BTreeMap::new();
        for table in &schema.tables {
            let rowid = table.rowid_name().unwrap_or("NULL");
            let columns: Vec<String> = table.columns.iter().map(|it| quoted(&it.name)).collect();
            let sql = format!(
                "SELECT {rowid}, {} FROM {}",
                columns.join(", "),
                quoted(&table.name)
            );
            let mut statement = db.prepare(&sql)?;
            let rows = statement.query_map((), |row| {
                (0..=columns.len())
                    .map(|i| Ok(value(row.get_ref(i)?)))
                    .collect()
            })?;
            tables.insert(
                table.name.to_ascii_lowercase(),
                rows.collect::<rusqlite::Result<_>>()?,
            );
        }
        Ok(Self { tables })
    }

    pub(super) fn rows(&self) -> usize {
        self.tables.values().map(Vec::len).sum()
    }

    fn of(&self, table: &str) -> &[Vec<Value>] {
        self.tables
            .get(&table.to_ascii_lowercase())
            .map_or(&[], Vec::as_slice)
    }
}

/// No table that stays has fewer rows than before, if that was not agreed to.
pub(super) fn none_lost(
    direction: &'static str,
    (before, from): (&Snapshot, &Schema),
    after: &Snapshot,
    hints: &Hints,
) -> Result<(), ProofError> {
    for table in &from.tables {
        let was = before.of(&table.name).len();
        let Some(is) = after
            .tables
            .get(&table.name.to_ascii_lowercase())
            .map(Vec::len)
        else {
            continue;
        };
        let agreed = hints.allows_by_name(&format!("discard:{}", table.name))
            || hints.allows(&format!("drop:{}", table.name))
            || hints.orphans == Orphans::Follow;
        if is < was && !agreed {
            let name = &table.name;
            return Err(ProofError::Lost {
                direction,
                table: name.clone(),
                difference: format!(
                    "{is} of {was} rows are left; if that is meant, write `-- tablature: allow discard:{name}` in the file"
                ),
            });
        }
    }
    Ok(())
}

/// A text may hold bytes that are none.
fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Null => Value::Null,
        ValueRef::Integer(it) => Value::Integer(it),
        ValueRef::Real(it) => Value::Real(it),
        ValueRef::Blob(it) => Value::Blob(it.to_vec()),
    }
}

/// Every kept table has the same rows, as far as its kept columns go.
pub(super) fn compare(
    direction: &'static str,
    (before, from): (&Snapshot, &Schema),
    (after, to): (&Snapshot, &Schema),
    kept: &[Kept],
) -> Result<(), ProofError> {
    for kept in kept {
        let (Some(old), Some(new)) = (from.table(&kept.from), to.table(&kept.to)) else {
            continue;
        };
        let columns = |first: bool| {
            kept.columns
                .iter()
                .map(move |(old, new)| if first { old } else { new })
        };
        let mut was = project(before.of(&old.name), old, columns(true), kept.rowid);
        let mut is = project(after.of(&new.name), new, columns(false), kept.rowid);
        was.sort_unstable();
        is.sort_unstable();
        let lost = |difference: String| {
            Err(ProofError::Lost {
                direction,
                table: new.name.clone(),
                difference,
            })
        };
        if was.len() != is.len() {
            return lost(format!("{} of {} rows are left", is.len(), was.len()));
        }
        if let Some((was, is)) = was.iter().zip(&is).find(|(was, is)| was != is) {
            return lost(format!("({was}) became ({is})"));
        }
    }
    Ok(())
}

fn project<'a>(
    rows: &[Vec<Value>],
    table: &Table,
    columns: impl Iterator<Item = &'a String>,
    rowid: bool,
) -> Vec<String> {
    let mut places: Vec<usize> = columns
        .filter_map(|name| {
            table
                .columns
                .iter()
                .position(|it| same_name(&it.name, name))
        })
        .map(|at| at + 1)
        .collect();
    if rowid {
        places.insert(0, 0);
    }
    let text = |row: &Vec<Value>| {
        let values: Vec<String> = places.iter().map(|&at| format!("{:?}", row[at])).collect();
        values.join(", ")
    };
    rows.iter().map(text).collect()
}
