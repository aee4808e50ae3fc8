use crate::sqlite::quoted;
use rusqlite::{Connection, Transaction, TransactionBehavior};
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
    let before = orphans(&transaction)?;
    let value = run(&transaction)?;
    no_new(&before, orphans(&transaction)?)?;
    match end {
        End::Commit => transaction.commit()?,
        End::Rollback => transaction.rollback()?,
    }
    Ok(value)
}

/// By table and parent. See <https://www.sqlite.org/pragma.html#pragma_foreign_key_check>.
fn orphans(db: &Connection) -> rusqlite::Result<Vec<Orphans>> {
    let mut statement = db.prepare(
        "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2",
    )?;
    let rows = statement.query_map((), |row| {
        Ok(Orphans {
            table: row.get(0)?,
            parent: row.get(1)?,
            rows: row.get(2)?,
        })
    })?;
    match rows.collect() {
        // A foreign key that leads nowhere cannot be checked; that is the schema's fault, and shows when it is written to.
        Err(error) if error.to_string().contains("foreign key mismatch") => Ok(Vec::new()),
        found => found,
    }
}

/// Those that were there before are not the migration's. A table may have another name by now; the sum has not.
fn no_new(before: &[Orphans], after: Vec<Orphans>) -> Result<(), Orphans> {
    let sum = |list: &[Orphans]| list.iter().map(|it| it.rows).sum::<i64>();
    if sum(&after) <= sum(before) {
        return Ok(());
    }
    let grown = |it: &Orphans| {
        let was = before
            .iter()
            .find(|old| (&old.table, &old.parent) == (&it.table, &it.parent));
        was.is_none_or(|was| was.rows < it.rows)
    };
    after.into_iter().find(grown).map_or(Ok(()), Err)
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
