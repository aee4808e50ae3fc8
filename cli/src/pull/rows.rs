//! What the rows of a database hold: types are read off every row, so that a struct refuses none of them.

use crate::failure::Failure;
use crate::source::quoted;
use std::collections::BTreeMap;
use tablature::Connection;
use tablature::schema::Table;

/// What the values of each column are, by table and column; empty where no rows were seen.
#[derive(Debug, Default)]
pub(super) struct Held(BTreeMap<(String, String), Values>);

/// How many values of a column are of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) integers: u64,
    pub(super) reals: u64,
    pub(super) texts: u64,
    pub(super) blobs: u64,
    /// Integers that are neither 0 nor 1.
    pub(super) others: u64,
    /// The first of the texts, each once.
    pub(super) sample: Vec<String>,
    /// Texts that are not UTF-8, which no type reads.
    pub(super) unreadable: u64,
    /// The smallest and the largest integer.
    pub(super) range: Option<(i64, i64)>,
}

impl Values {
    pub(super) fn count(&self) -> u64 {
        self.integers + self.reals + self.texts + self.blobs
    }

    /// Whether all of them are among these.
    pub(super) fn are(&self, kinds: u64) -> bool {
        self.count() == kinds
    }

    /// Whether all texts of the sample, and there are some, look like this.
    pub(super) fn look(&self, like: impl Fn(&str) -> bool) -> bool {
        !self.sample.is_empty() && self.sample.iter().all(|it| like(it))
    }
}

impl Held {
    pub(super) fn of(&self, table: &str, column: &str) -> Option<&Values> {
        self.0.get(&(table.to_owned(), column.to_owned()))
    }

    /// Reads each table once.
    pub(super) fn read(&mut self, db: &Connection, table: &Table) -> Result<(), Failure> {
        let failed = |error: tablature::rusqlite::Error| {
            Failure::Error(format!("cannot read the rows of `{}`: {error}", table.name))
        };
        for columns in table.columns.chunks(100) {
            let counts = columns.iter().map(|it| {
                let name = quoted(&it.name);
                format!(
                    "total(typeof({name}) = 'integer'), total(typeof({name}) = 'real'), total(typeof({name}) = 'text'), \
                     total(typeof({name}) = 'blob'), total(typeof({name}) = 'integer' AND {name} NOT IN (0, 1)), \
                     min(iif(typeof({name}) = 'integer', {name}, NULL)), max(iif(typeof({name}) = 'integer', {name}, NULL))"
                )
            });
            let counts: Vec<String> = counts.collect();
            let sql = format!("SELECT {} FROM {}", counts.join(", "), quoted(&table.name));
            let found: Vec<Values> = db
                .query_row(&sql, (), |row| {
                    let count = |at: usize| row.get::<_, f64>(at).map(whole);
                    let values = (0..columns.len()).map(|at| {
                        let at = at * 7;
                        let range: (Option<i64>, Option<i64>) =
                            (row.get(at + 5)?, row.get(at + 6)?);
                        Ok(Values {
                            integers: count(at)?,
                            reals: count(at + 1)?,
                            texts: count(at + 2)?,
                            blobs: count(at + 3)?,
                            others: count(at + 4)?,
                            sample: Vec::new(),
                            unreadable: 0,
                            range: range.0.zip(range.1),
                        })
                    });
                    values.collect()
                })
                .map_err(failed)?;
            for (column, mut values) in columns.iter().zip(found) {
                if values.texts > 0 {
                    texts(db, table, &column.name, &mut values).map_err(failed)?;
                }
                self.0
                    .insert((table.name.clone(), column.name.clone()), values);
            }
        }
        Ok(())
    }
}

/// Looks at every text, and keeps the first ones: more than any CHECK lists.
fn texts(
    db: &Connection,
    table: &Table,
    column: &str,
    values: &mut Values,
) -> tablature::rusqlite::Result<()> {
    const MOST: usize = 100;
    let (name, table) = (quoted(column), quoted(&table.name));
    let sql = format!("SELECT CAST({name} AS BLOB) FROM {table} WHERE typeof({name}) = 'text'");
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        match str::from_utf8(row.get_ref(0)?.as_blob().unwrap_or_default()) {
            Ok(text) => {
                let more = values.sample.len() < MOST;
                if more && !values.sample.iter().any(|it| it == text) {
                    values.sample.push(text.to_owned());
                }
            }
            Err(_) => values.unreadable += 1,
        }
    }
    Ok(())
}

/// A count as SQLite's `total` gives it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of rows is a whole number that is not negative"
)]
fn whole(count: f64) -> u64 {
    count as u64
}
