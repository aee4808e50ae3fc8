use super::link;
use super::refusal::Refusal;
use super::settings::without_triggers;
use super::structs::Structs;
use crate::schema::{ForeignKey, Schema, Table};
use crate::sqlite::quoted;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeSet;

/// Rounds in which rows get another parent; after them they are deleted.
const GENTLE: usize = 4;
/// A deleted row can be the parent of others, and so on.
const ROUNDS: usize = 100;

/// A row that refers to none: number of its table, what names the row, number of the foreign key.
type Violation = (usize, Vec<String>, usize);

/// The rows that refer to none, as SQLite itself sees it.
pub(super) fn violations(
    db: &Connection,
    schema: &Schema,
) -> Result<BTreeSet<Violation>, rusqlite::Error> {
    let found = found(db, schema)?;
    let all = found.iter().map(|it| (it.table, it.id(), it.key));
    Ok(all.collect())
}

/// A violation with its values.
struct Found {
    table: usize,
    key: usize,
    values: Vec<Value>,
}

impl Found {
    /// Comparable, and so for `BTreeSet`; a REAL is not.
    fn id(&self) -> Vec<String> {
        self.values.iter().map(|it| format!("{it:?}")).collect()
    }
}

fn found(db: &Connection, schema: &Schema) -> Result<Vec<Found>, rusqlite::Error> {
    let sql = "SELECT \"rowid\", fkid FROM pragma_foreign_key_check(?1, 'main')";
    let mut check = db.prepare(sql)?;
    let mut found = Vec::new();
    for (at, table) in schema.tables.iter().enumerate() {
        let keys = table.foreign_keys.len();
        if keys == 0 {
            continue;
        }
        let rows = check.query_map([&table.name], |row| Ok((row.get(0)?, row.get(1)?)));
        let rows: Result<Vec<(Value, u32)>, _> = rows.and_then(Iterator::collect);
        // A foreign key to columns that are no key cannot be checked, and its rows are as good as any.
        let rows = match rows {
            Ok(rows) => rows,
            Err(error) => Refusal::of(error).map(|_| Vec::new())?,
        };
        let mut by_hand = BTreeSet::new();
        for (rowid, id) in rows {
            // SQLite counts them from the last one.
            let Some(key) = usize::try_from(id)
                .ok()
                .and_then(|id| keys.checked_sub(id + 1))
            else {
                continue;
            };
            if rowid == Value::Null {
                by_hand.insert(key);
            } else {
                found.push(Found {
                    table: at,
                    key,
                    values: vec![rowid],
                });
            }
        }
        for key in by_hand {
            let names = names_of_row(table);
            let orphans = rows_without(db, schema, table, &table.foreign_keys[key], &names);
            found.extend(orphans.unwrap_or_default().into_iter().map(|values| Found {
                table: at,
                key,
                values,
            }));
        }
    }
    Ok(found)
}

/// The columns by which one row is told from the others.
fn names_of_row(table: &Table) -> Vec<String> {
    match (
        table.rowid_name().or(table.rowid_column()),
        &table.primary_key,
    ) {
        (Some(rowid), _) => vec![rowid.to_owned()],
        (None, Some(key)) => key.columns.clone(),
        (None, None) => Vec::new(),
    }
}

/// The values of some columns in the rows that refer to none.
fn rows_without(
    db: &Connection,
    schema: &Schema,
    child: &Table,
    key: &ForeignKey,
    columns: &[String],
) -> Result<Vec<Vec<Value>>, rusqlite::Error> {
    let target = schema.target(key);
    let all = |alias: &str, names: &[String]| {
        let names = names.iter().map(|it| format!("{alias}.{}", quoted(it)));
        names.collect::<Vec<_>>()
    };
    let (from, to) = (all("c", &key.from), all("p", target));
    let equal: Vec<String> = to
        .iter()
        .zip(&from)
        .map(|(to, from)| format!("{to} = {from}"))
        .collect();
    let refers = format!("{} IS NOT NULL", from.join(" IS NOT NULL AND "));
    let lacks = match schema.table(&key.parent) {
        Some(parent) if equal.len() == from.len() => format!(
            "NOT EXISTS (SELECT 1 FROM main.{} p WHERE {})",
            quoted(&parent.name),
            equal.join(" AND ")
        ),
        _ => "1".to_owned(),
    };
    let sql = format!(
        "SELECT DISTINCT {} FROM main.{} c WHERE {refers} AND {lacks}",
        all("c", columns).join(", "),
        quoted(&child.name)
    );
    let mut statement = db.prepare(&sql)?;
    let rows = statement.query_map((), |row| (0..columns.len()).map(|at| row.get(at)).collect())?;
    rows.collect()
}

/// The keys of parents that a child's rows refer to and that do not exist.
pub(super) fn orphans(
    db: &Connection,
    schema: &Schema,
    child: &Table,
    key: &ForeignKey,
) -> Result<Vec<Vec<Value>>, rusqlite::Error> {
    rows_without(db, schema, child, key, &key.from)
}

/// Gives every row that refers to none another parent, or none, or takes it out. Those from before stay as they are.
pub(super) fn repair(
    db: &Connection,
    schema: &Schema,
    structs: Structs<'_>,
    before: &BTreeSet<Violation>,
) -> Result<(), rusqlite::Error> {
    for round in 0..ROUNDS {
        let mut found = found(db, schema)?;
        found.retain(|it| !before.contains(&(it.table, it.id(), it.key)));
        if found.is_empty() {
            return Ok(());
        }
        for row in &found {
            let table = &schema.tables[row.table];
            let key = &table.foreign_keys[row.key];
            let edit = Edit {
                db,
                structs,
                table,
                row,
            };
            let other = round < GENTLE && edit.refer(schema, key, round)?;
            if !other && !edit.set_null(key)? && !edit.delete()? {
                without_triggers(db, || edit.delete())?;
            }
        }
    }
    Ok(())
}

/// One row that is to be changed.
struct Edit<'a> {
    db: &'a Connection,
    structs: Structs<'a>,
    table: &'a Table,
    row: &'a Found,
}

impl Edit<'_> {
    fn refer(
        &self,
        schema: &Schema,
        key: &ForeignKey,
        round: usize,
    ) -> Result<bool, rusqlite::Error> {
        let keys = link::keys(self.db, schema, self.structs, self.table, key).unwrap_or_default();
        // What looked right in the round before was not: the types differ.
        for offset in 0..keys.len().min(12) {
            let parent = &keys[(round + offset) % keys.len()];
            if self.set(&key.from, parent)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn set_null(&self, key: &ForeignKey) -> Result<bool, rusqlite::Error> {
        let nullable = |it: &&String| {
            let column = self.table.column(it);
            column.is_some_and(|it| !self.table.refuses_null(it))
                && self
                    .structs
                    .read(self.table, std::slice::from_ref(*it), &[Value::Null])
        };
        for column in key.from.iter().filter(nullable) {
            if self.set(std::slice::from_ref(column), &[Value::Null])? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn set(&self, columns: &[String], values: &[Value]) -> Result<bool, rusqlite::Error> {
        let columns: Vec<String> = columns
            .iter()
            .map(|it| format!("{} = ?", quoted(it)))
            .collect();
        let change = format!(
            "UPDATE OR ABORT main.{} SET {}",
            quoted(&self.table.name),
            columns.join(", ")
        );
        self.run(&change, values)
    }

    fn delete(&self) -> Result<bool, rusqlite::Error> {
        self.run(
            &format!("DELETE FROM main.{}", quoted(&self.table.name)),
            &[],
        )
    }

    fn run(&self, change: &str, values: &[Value]) -> Result<bool, rusqlite::Error> {
        let names = names_of_row(self.table);
        if names.is_empty() {
            return Ok(false);
        }
        let row: Vec<String> = names
            .iter()
            .map(|it| format!("{} IS ?", quoted(it)))
            .collect();
        let sql = format!("{change} WHERE {}", row.join(" AND "));
        let values = params_from_iter(values.iter().chain(&self.row.values));
        match self.db.execute(&sql, values) {
            Ok(changed) => Ok(changed > 0),
            Err(error) if self.db.is_autocommit() => Err(error),
            Err(error) => Refusal::of(error).map(|_| false),
        }
    }
}
