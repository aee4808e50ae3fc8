//! `testing::fill_for`: rows that the structs can read, whatever their types.

mod column_types;
mod constraints;
mod json;

use std::fmt::Debug;
use tablature::testing::{self, Unfilled};
use tablature::{Connection, Schema, Table};

/// Fills a database of the schema with several seeds, checks it, and has it looked at.
#[track_caller]
fn check(schema: &Schema, rows: usize, expect: &[(&str, &str)], look: impl Fn(&Connection)) {
    for seed in 0..8 {
        let db = schema.open_in_memory().unwrap();
        let unfilled = testing::fill_for(schema, &db, rows, seed).unwrap();
        let unfilled: Vec<(&str, &str)> = unfilled
            .iter()
            .map(|Unfilled { table, reason, .. }| (table.as_str(), reason.as_str()))
            .collect();
        assert_eq!(unfilled, expect, "seed {seed}");
        testing::check(&db).unwrap();
        look(&db);
    }
}

/// All rows of a table, read by its struct.
#[track_caller]
fn all<T: Table>(db: &Connection, least: usize) -> Vec<T> {
    let rows = T::all(db).unwrap_or_else(|error| panic!("{error}"));
    assert!(rows.len() >= least, "{} rows", rows.len());
    rows
}

/// So many different values.
#[track_caller]
fn differ<T: PartialEq + Debug>(values: impl IntoIterator<Item = T>, least: usize) {
    let mut found = Vec::new();
    for value in values {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    assert!(found.len() >= least, "{found:?}");
}
