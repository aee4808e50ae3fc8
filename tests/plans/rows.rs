//! What must still be there after a migration, worked out from the model and not from the plan.

use super::model::{Column, FtsKind, Schema, Table, affinity};
use super::mutate::Changed;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The rows of a query, each as a text, sorted.
pub(crate) fn rows(db: &Connection, sql: &str) -> Result<Vec<String>, String> {
    let wrong = |error: rusqlite::Error| format!("{sql}: {error}");
    let mut statement = db.prepare(sql).map_err(wrong)?;
    let count = statement.column_count();
    let read = statement.query_map((), |row| {
        // A text may hold bytes that are none.
        let values: Result<Vec<String>, _> =
            (0..count).map(|at| row.get_ref(at).map(shown)).collect();
        Ok(format!("[{}]", values?.join(", ")))
    });
    let mut rows: Vec<String> = read.and_then(Iterator::collect).map_err(wrong)?;
    rows.sort_unstable();
    Ok(rows)
}

fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Text(text) => format!("{:?}", String::from_utf8_lossy(text)),
        other => format!("{other:?}"),
    }
}

/// Everything that a database holds.
pub(crate) fn dump(db: &Connection) -> Result<Vec<String>, String> {
    let mut dump = rows(db, "SELECT type, name, tbl_name, sql FROM sqlite_schema")?;
    let mut tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'create virtual%'").unwrap();
    let names: Vec<String> = tables
        .query_map((), |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for name in names {
        dump.push(name.clone());
        dump.extend(rows(db, &format!("SELECT * FROM {}", quoted(&name)))?);
    }
    Ok(dump)
}

/// What of a table comes through: under which columns it is to be read before and after.
#[derive(Debug)]
pub(crate) struct Kept {
    table: String,
    before: String,
    after: String,
    back: String,
    counts: bool,
    names: (String, String),
}

pub(crate) fn kept(db: &Connection, from: &Schema, changed: &Changed) -> Vec<Kept> {
    let mut kept = Vec::new();
    for old in &from.tables {
        let Some(new) = changed.to.table(old.id) else {
            continue;
        };
        // A name that one column gave up and another got: to the plan it is one column, and the author did not say else.
        let pairs: Vec<(&Column, &Column)> = old
            .columns
            .iter()
            .filter_map(|it| Some((it, new.column(it.id)?)))
            .collect();
        let pairs: Vec<_> = pairs
            .into_iter()
            .filter(|(before, after)| stays(db, (old, before), (new, after), changed))
            .collect();
        let select = |table: &Table, rowid: bool, columns: Vec<&str>| {
            let rowid = if rowid {
                table.rowid_name().unwrap()
            } else {
                "NULL"
            };
            let columns: Vec<String> = columns.into_iter().map(quoted).collect();
            format!(
                "SELECT {} FROM {}",
                [vec![rowid.to_owned()], columns].concat().join(", "),
                quoted(&table.name)
            )
        };
        let reaches = old.rowid_name().is_some() && new.rowid_name().is_some();
        let valued = |id| changed.values.iter().any(|it| it.1 == id);
        let same_rowid = reaches
            && match new.rowid() {
                None => true,
                Some(id) => old.rowid() == Some(id) || (old.column(id).is_none() && !valued(id)),
            };
        let columns = |after: bool| {
            pairs
                .iter()
                .map(|(a, b)| {
                    if after {
                        b.name.as_str()
                    } else {
                        a.name.as_str()
                    }
                })
                .collect()
        };
        let counts = |table: &Table| table.key.as_ref().is_some_and(|it| it.autoincrement);
        kept.push(Kept {
            table: new.name.clone(),
            before: select(old, same_rowid, columns(false)),
            after: select(new, same_rowid, columns(true)),
            back: select(old, same_rowid, columns(false)),
            counts: counts(old) && counts(new),
            names: (old.name.clone(), new.name.clone()),
        });
    }
    kept
}

fn stays(
    db: &Connection,
    (old, before): (&Table, &Column),
    (new, after): (&Table, &Column),
    changed: &Changed,
) -> bool {
    let said = changed.values.iter().any(|it| it.1 == before.id)
        || changed.maps.iter().any(|it| it.1 == before.id);
    // NULL becomes the default where it is refused, and a number where it would be a rowid.
    let filled = (after.default.is_some() && after.not_null && !before.not_null)
        || new.rowid() == Some(after.id);
    let nulls = || {
        let sql = format!(
            "SELECT 1 FROM {} WHERE {} IS NULL",
            quoted(&old.name),
            quoted(&before.name)
        );
        db.prepare(&sql).unwrap().exists(()).unwrap()
    };
    before.generated.is_none()
        && after.generated.is_none()
        && affinity(before.kind, old.strict) == affinity(after.kind, new.strict)
        && !said
        && !(filled && nulls())
}

/// The rows before, and the counters of AUTOINCREMENT.
#[derive(Debug)]
pub(crate) struct Snapshot {
    tables: Vec<(Vec<String>, Vec<String>)>,
}

impl Snapshot {
    pub(crate) fn take(db: &Connection, kept: &[Kept]) -> Result<Self, String> {
        let tables = kept
            .iter()
            .map(|it| Ok((rows(db, &it.before)?, counter(db, it.counts, &it.names.0)?)));
        Ok(Self {
            tables: tables.collect::<Result<_, String>>()?,
        })
    }

    pub(crate) fn compare(&self, db: &Connection, kept: &[Kept], back: bool) -> Result<(), String> {
        for (kept, before) in kept.iter().zip(&self.tables) {
            let (sql, name) = if back {
                (&kept.back, &kept.names.0)
            } else {
                (&kept.after, &kept.names.1)
            };
            let after = (rows(db, sql)?, counter(db, kept.counts, name)?);
            if after != *before {
                return Err(format!(
                    "`{}` lost something\nbefore: {before:#?}\nafter: {after:#?}",
                    kept.table
                ));
            }
        }
        Ok(())
    }
}

fn counter(db: &Connection, counts: bool, table: &str) -> Result<Vec<String>, String> {
    if !counts {
        return Ok(Vec::new());
    }
    rows(
        db,
        &format!(
            "SELECT seq FROM sqlite_sequence WHERE seq > 0 AND name = '{}'",
            table.replace('\'', "''")
        ),
    )
}

/// Whether every full-text table that is fed by triggers has the rows of its table.
pub(crate) fn fts_in_step(db: &Connection, schema: &Schema) -> Result<(), String> {
    for fts in schema.fts.iter().filter(|it| it.kind != FtsKind::External) {
        let table = schema.table(fts.table).unwrap();
        let columns: Vec<String> = fts
            .columns
            .iter()
            .map(|it| quoted(&table.column(*it).unwrap().name))
            .collect();
        let columns = if fts.kind == FtsKind::Own {
            format!(", {}", columns.join(", "))
        } else {
            String::new()
        };
        let id = quoted(&table.column(table.rowid().unwrap()).unwrap().name);
        let own = rows(
            db,
            &format!("SELECT rowid{columns} FROM {}", quoted(&fts.name)),
        )?;
        let text = rows(
            db,
            &format!("SELECT {id}{columns} FROM {}", quoted(&table.name)),
        )?;
        if own != text {
            return Err(format!(
                "fts `{}` is not in step\nfts: {own:#?}\ntable: {text:#?}",
                fts.name
            ));
        }
    }
    Ok(())
}
