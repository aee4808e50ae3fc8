use crate::sqlite::quoted;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// How a transaction ends that has succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Commit,
    Rollback,
}

/// Rows refer to rows that are not there, and did not before.
#[derive(Debug)]
pub(crate) struct Orphans {
    pub(crate) table: String,
    pub(crate) parent: String,
    pub(crate) rows: i64,
}

/// Runs something as the only writer, with foreign keys off outside of the transaction, since inside SQLite would not
/// switch them, and checked before its end. The settings of the connection are restored on every way out, panics included.
pub(crate) fn exclusively<T, E: From<rusqlite::Error> + From<Orphans>>(
    db: &mut Connection,
    end: End,
    run: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let settings = Settings::change(db)?;
    let transaction = Transaction::new_unchecked(settings.db, TransactionBehavior::Immediate)?;
    let before = Census::take(&transaction)?;
    let value = run(&transaction)?;
    before.no_new(Census::take(&transaction)?)?;
    match end {
        End::Commit => transaction.commit()?,
        End::Rollback => transaction.rollback()?,
    }
    Ok(value)
}

/// The orphans of each table, by table and parent, in lower case.
struct Census {
    counts: BTreeMap<(String, String), Orphans>,
    /// The tables that there are.
    tables: BTreeSet<String>,
    /// Those whose foreign keys lead to no key. SQLite cannot check them; that is the schema's fault, and shows when they are
    /// written to.
    unknown: BTreeSet<String>,
}

impl Census {
    /// See <https://www.sqlite.org/pragma.html#pragma_foreign_key_check>.
    fn take(db: &Connection) -> rusqlite::Result<Self> {
        let sql = "SELECT name FROM main.sqlite_schema WHERE type = 'table'";
        let mut names = db.prepare(sql)?;
        let names = names.query_map((), |row| row.get(0))?;
        let names = names.collect::<rusqlite::Result<Vec<String>>>()?;
        let mut this = Self {
            counts: BTreeMap::new(),
            tables: names.iter().map(|it| it.to_ascii_lowercase()).collect(),
            unknown: BTreeSet::new(),
        };
        let sql = "SELECT parent, count(*) FROM pragma_foreign_key_check(?1, 'main') GROUP BY 1";
        let mut check = db.prepare(sql)?;
        for table in names {
            let rows = check.query_map([&table], |row| Ok((row.get(0)?, row.get(1)?)))?;
            match rows.collect::<rusqlite::Result<Vec<(String, i64)>>>() {
                Ok(found) => this.counts.extend(found.into_iter().map(|(parent, rows)| {
                    let table = table.clone();
                    let pair = (table.to_ascii_lowercase(), parent.to_ascii_lowercase());
                    (
                        pair,
                        Orphans {
                            table,
                            parent,
                            rows,
                        },
                    )
                })),
                Err(error) if error.to_string().contains("foreign key mismatch") => {
                    this.unknown.insert(table.to_ascii_lowercase());
                }
                Err(error) => return Err(error),
            }
        }
        Ok(this)
    }

    /// Those that were there before are not the migration's. Where a table has another name by now, the sum is compared.
    fn no_new(&self, mut after: Self) -> Result<(), Orphans> {
        let is_gone = |(table, parent): &(String, String)| {
            !after.tables.contains(table) || !after.tables.contains(parent)
        };
        let gone = self.counts.iter().filter(|(pair, _)| is_gone(pair));
        let mut renamed: i64 = gone.map(|(_, it)| it.rows).sum();
        let counts = std::mem::take(&mut after.counts);
        for (pair, orphans) in counts {
            let was = self.counts.get(&pair).map_or(0, |it| it.rows);
            let grown = orphans.rows - was;
            if grown <= 0 || self.unknown.contains(&pair.0) {
                continue;
            }
            let is_new = !self.tables.contains(&pair.0) || !self.tables.contains(&pair.1);
            if is_new && grown <= renamed {
                renamed -= grown;
            } else {
                return Err(orphans);
            }
        }
        Ok(())
    }
}

/// Settings of a connection that migrations need otherwise.
struct Settings<'c> {
    db: &'c Connection,
    pragmas: Vec<(&'static str, i64)>,
}

impl<'c> Settings<'c> {
    fn change(db: &'c Connection) -> rusqlite::Result<Self> {
        let timeout: i64 = pragma(db, "busy_timeout")?;
        let mut this = Self {
            db,
            pragmas: vec![("busy_timeout", timeout)],
        };
        if timeout == 0 {
            db.busy_timeout(Duration::from_secs(5))?;
        }
        // SQLite ignores the first inside a transaction. Of the others, a migration may change one and not come to its end.
        for name in [
            "foreign_keys",
            "legacy_alter_table",
            "recursive_triggers",
            "ignore_check_constraints",
            "writable_schema",
            "trusted_schema",
            "query_only",
            "cell_size_check",
            "reverse_unordered_selects",
        ] {
            this.pragmas.push((name, pragma(db, name)?));
        }
        db.pragma_update(None, "foreign_keys", false)?;
        Ok(this)
    }
}

impl Drop for Settings<'_> {
    fn drop(&mut self) {
        for (name, value) in &self.pragmas {
            // There is nobody to tell, and nothing that can fail outside a transaction.
            let _ = self.db.pragma_update(None, name, value);
        }
    }
}

fn pragma(db: &Connection, name: &str) -> rusqlite::Result<i64> {
    db.query_row(&format!("PRAGMA {}", quoted(name)), (), |row| row.get(0))
}
