//! Rows for the proof of a migration: values that break careless SQL, as far as the schema allows them.

mod class;
mod derive;
mod filler;
mod form;
mod fts;
mod goal;
mod json;
mod link;
mod literal;
mod near;
mod order;
mod proposal;
mod random;
mod refusal;
mod repair;
mod samples;
mod settings;
mod slot;
mod structs;
#[cfg(test)]
mod tests;

use crate::declare;
use crate::schema::{Schema, Table, Trigger, same_name};
use crate::sqlite::quoted;
use filler::Filler;
use link::Wanted;
use refusal::RefusalKind;
use rusqlite::Connection;
use settings::{Settings, without_triggers};
use structs::Structs;

/// A table that got no rows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unfilled {
    /// Its name.
    pub table: String,
    /// What stood in the way.
    pub reason: String,
}

/// Puts rows into every table of a database that has just this schema, and says which ones did not get any.
///
/// The same seed gives the same rows. Rows that are there already stay; what they refer to may be missing still. Works
/// inside of a transaction and outside, whether or not foreign keys are enforced.
pub(crate) fn fill(
    db: &Connection,
    schema: &Schema,
    rows: usize,
    seed: u64,
) -> Result<Vec<Unfilled>, rusqlite::Error> {
    fill_for(&[], db, schema, rows, seed)
}

/// The same with rows that these structs can read.
pub(crate) fn fill_for(
    structs: &[&'static declare::Table],
    db: &Connection,
    schema: &Schema,
    rows: usize,
    seed: u64,
) -> Result<Vec<Unfilled>, rusqlite::Error> {
    let settings = Settings::replace(db)?;
    let witness = Witness::new(db, schema, Structs(structs), seed);
    let filled = in_savepoint(db, || witness.fill(rows.max(1)));
    settings.restore(db)?;
    filled
}

fn in_savepoint<T>(
    db: &Connection,
    run: impl FnOnce() -> Result<T, rusqlite::Error>,
) -> Result<T, rusqlite::Error> {
    db.execute_batch("SAVEPOINT tablature_witness")?;
    let done = run().and_then(|done| {
        db.execute_batch("RELEASE tablature_witness")?;
        Ok(done)
    });
    // A trigger or a full disk may have ended the transaction, and the savepoint with it.
    if done.is_err() && !db.is_autocommit() {
        db.execute_batch("ROLLBACK TO tablature_witness; RELEASE tablature_witness")?;
    }
    done
}

/// Keys that a table is filled for, at most.
const WANTED: usize = 32;
/// Times that tables are filled again whose rows found no parents.
const AGAIN: usize = 6;

struct Witness<'a> {
    db: &'a Connection,
    schema: &'a Schema,
    structs: Structs<'a>,
    seed: u64,
    /// Which tables had their turn.
    filled: Vec<bool>,
    /// Rows were written past their triggers.
    bypassed: Vec<bool>,
    reasons: Vec<Option<String>>,
}

impl<'a> Witness<'a> {
    fn new(db: &'a Connection, schema: &'a Schema, structs: Structs<'a>, seed: u64) -> Self {
        Self {
            db,
            schema,
            structs,
            seed,
            filled: vec![false; schema.tables.len()],
            bypassed: vec![false; schema.tables.len()],
            reasons: vec![None; schema.tables.len()],
        }
    }

    fn fill(mut self, rows: usize) -> Result<Vec<Unfilled>, rusqlite::Error> {
        let before = repair::violations(self.db, self.schema)?;
        let order = order::parents_first(self.schema);
        self.fill_tables(&order, rows)?;
        repair::repair(self.db, self.schema, self.structs, &before)?;
        for _ in 0..AGAIN {
            let lost = self.lost(&order)?;
            if lost.is_empty() {
                break;
            }
            // Fewer rows find each other more easily.
            self.seed = self.seed.wrapping_add(1);
            self.fill_tables(&lost, 1)?;
            repair::repair(self.db, self.schema, self.structs, &before)?;
        }
        let mut empty = Vec::new();
        for (table, reason) in self.schema.tables.iter().zip(self.reasons) {
            if !has_rows(self.db, &table.name)? {
                let reason = reason.unwrap_or_else(|| "its rows would violate foreign keys".into());
                empty.push(Unfilled {
                    table: table.name.clone(),
                    reason,
                });
            }
        }
        fts::fill(self.db, self.schema, &self.bypassed, &mut empty)?;
        Ok(empty)
    }

    fn fill_tables(&mut self, order: &[usize], rows: usize) -> Result<(), rusqlite::Error> {
        for &at in order {
            self.filled[at] = false;
        }
        for &at in order {
            self.fill_table(at, rows)?;
            self.filled[at] = true;
        }
        // A trigger may have asked for rows of a table that came later.
        for &at in order {
            if self.reasons[at].is_some() {
                self.fill_table(at, rows)?;
            }
        }
        Ok(())
    }

    /// The tables that took rows which then had to go, since they referred to none; and those that depend on them.
    fn lost(&self, order: &[usize]) -> Result<Vec<usize>, rusqlite::Error> {
        let mut empty = Vec::new();
        for &at in order {
            if !has_rows(self.db, &self.schema.tables[at].name)? {
                empty.push(at);
            }
        }
        let all_refused = empty.iter().all(|&at| self.reasons[at].is_some());
        Ok(if all_refused { Vec::new() } else { empty })
    }

    fn fill_table(&mut self, at: usize, rows: usize) -> Result<(), rusqlite::Error> {
        let table = &self.schema.tables[at];
        let mut refused = if self.ends_transaction(table) {
            self.bypassed[at] = true;
            without_triggers(self.db, || self.attempt(at, rows))?
        } else {
            self.attempt(at, rows)?
        };
        let broken = |it: &(RefusalKind, String)| it.0 == RefusalKind::Broken;
        if refused.as_ref().is_some_and(broken)
            && self.schema.triggers_of(&table.name).next().is_some()
        {
            // A function that only the application has. The rows are possible all the same.
            let again = without_triggers(self.db, || self.attempt(at, rows))?;
            self.bypassed[at] = again.is_none();
            refused = again;
        }
        self.reasons[at] = refused.map(|(_, reason)| reason);
        Ok(())
    }

    fn attempt(
        &self,
        at: usize,
        rows: usize,
    ) -> Result<Option<(RefusalKind, String)>, rusqlite::Error> {
        let table = &self.schema.tables[at];
        let salt = u64::try_from(at).unwrap_or(0).wrapping_mul(0x9e37_79b9);
        let is_filled = |name: &str| {
            let mut tables = self.schema.tables.iter().zip(&self.filled);
            tables.any(|(table, &filled)| filled && same_name(&table.name, name))
        };
        let seed = self.seed ^ salt;
        let (db, schema, structs) = (self.db, self.schema, self.structs);
        let filler = Filler::new(db, schema, table, structs, (seed, rows), is_filled)?;
        let mut filler = match filler {
            Ok(filler) => filler,
            Err(refusal) => return Ok(Some((refusal.kind(), refusal.reason(&[])))),
        };
        let wanted = self.wanted(at);
        let refused = filler.fill(rows, &wanted)?.err();
        if table
            .primary_key
            .as_ref()
            .is_some_and(|it| it.autoincrement)
        {
            count_on(self.db, table)?;
        }
        Ok(refused.map(|it| (it.kind(), filler.reason(&it))))
    }

    /// Whether a row may end the transaction, by a trigger of the table or of one to which its triggers write.
    fn ends_transaction(&self, table: &Table) -> bool {
        if !self.schema.triggers.iter().any(rolls_back) {
            return false;
        }
        let mut reached = vec![table.name.as_str()];
        let mut at = 0;
        while let Some(&name) = reached.get(at) {
            for trigger in self.schema.triggers_of(name) {
                if rolls_back(trigger) {
                    return true;
                }
                let triggers = self.schema.triggers.iter().map(|it| it.table.as_str());
                let written = triggers.filter(|it| trigger.sql.mentions(it));
                for table in written {
                    if !reached.contains(&table) {
                        reached.push(table);
                    }
                }
            }
            at += 1;
        }
        false
    }

    /// The keys that children hold which had to come before their parent.
    fn wanted(&self, parent: usize) -> Vec<Wanted> {
        let name = &self.schema.tables[parent].name;
        let mut wanted = Vec::new();
        for (at, child) in self.schema.tables.iter().enumerate() {
            if at == parent || !self.filled[at] {
                continue;
            }
            for key in child
                .foreign_keys
                .iter()
                .filter(|it| same_name(&it.parent, name))
            {
                let keys = repair::orphans(self.db, self.schema, child, key);
                let mut keys = keys.unwrap_or_default();
                // A database in use may lack any number of them.
                keys.truncate(WANTED);
                if !keys.is_empty() {
                    wanted.push(Wanted {
                        columns: self.schema.target(key).to_vec(),
                        keys,
                    });
                }
            }
        }
        wanted
    }
}

/// Whether RAISE(ROLLBACK) is there, which would end the caller's transaction too.
fn rolls_back(trigger: &Trigger) -> bool {
    let mut tokens = trigger.sql.tokens().windows(3);
    tokens.any(|it| it[0] == "raise" && it[1] == "(" && it[2] == "rollback")
}

fn has_rows(db: &Connection, table: &str) -> Result<bool, rusqlite::Error> {
    db.prepare(&format!("SELECT 1 FROM main.{}", quoted(table)))?
        .exists(())
}

/// Puts the counter of AUTOINCREMENT ahead of the ids, as after a deleted row.
fn count_on(db: &Connection, table: &Table) -> Result<(), rusqlite::Error> {
    let sql = "UPDATE main.sqlite_sequence SET seq = seq + 100 WHERE name = ?1";
    db.execute(sql, [&table.name])?;
    Ok(())
}
