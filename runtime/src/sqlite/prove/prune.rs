use super::check::orphans;
use crate::plan::{Plan, Target};
use crate::schema::{Schema, Table, same_name};
use crate::sqlite::quoted;
use rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// Whether a plan says that it may refuse rows.
pub(super) fn may_refuse(plan: &Plan) -> bool {
    plan.hazards.iter().any(|it| it.code.refuses_rows())
}

/// How many rows are tried one by one; of more, whole tables go.
const MOST: usize = 120;

/// Takes away the witness rows that plans, run one after the other, have the right to refuse: no more than must go, found
/// by trying. What constraints make of a row depends on everything that the plan does with it first.
pub(super) fn prune(
    db: &Connection,
    from: &Schema,
    plans: &[&Plan],
    target: Target,
) -> rusqlite::Result<()> {
    let pruning = Pruning {
        db,
        from,
        plans,
        target,
        orphans: orphans(db)?,
        rows: rows_of(db, from, plans)?,
    };
    let mut kept = vec![false; pruning.rows.len()];
    // Where nothing runs with none of the rows, they are not to blame.
    if pruning.rows.is_empty() || !pruning.runs(&kept)? {
        return Ok(());
    }
    // A row may need another that comes later in the list.
    for _ in 0..2 {
        for row in pruning.candidates() {
            if row.iter().any(|&at| kept[at]) {
                continue;
            }
            for &at in &row {
                kept[at] = true;
            }
            if !pruning.runs(&kept)? {
                for &at in &row {
                    kept[at] = false;
                }
            }
        }
    }
    pruning.delete(&kept)
}

struct Row {
    table: String,
    condition: String,
    key: Vec<Value>,
}

/// The rows of every table about which the plans say something.
fn rows_of(db: &Connection, from: &Schema, plans: &[&Plan]) -> rusqlite::Result<Vec<Row>> {
    let changes = || plans.iter().flat_map(|it| &it.changes);
    let mut rows = Vec::new();
    for table in &from.tables {
        let kept = plans.iter().flat_map(|it| &it.kept);
        let after = kept
            .filter(|it| same_name(&it.from, &table.name))
            .map(|it| it.to.as_str());
        let names: Vec<&str> = after.chain([table.name.as_str()]).collect();
        let index = |name: &str| {
            from.index(name)
                .is_some_and(|it| same_name(&it.table, &table.name))
        };
        let about = |subject: &str| index(subject) || names.iter().any(|it| same_name(it, subject));
        let hazards = plans.iter().flat_map(|it| &it.hazards);
        let mentions = |it: &crate::plan::Hazard| {
            names
                .iter()
                .any(|name| it.reason.contains(&format!("`{name}")))
        };
        if changes().any(|it| about(it.subject())) || hazards.into_iter().any(mentions) {
            rows.extend(keys(db, table)?);
        }
    }
    Ok(rows)
}

fn keys(db: &Connection, table: &Table) -> rusqlite::Result<Vec<Row>> {
    let columns: Vec<String> = match (table.rowid_name(), &table.primary_key) {
        (Some(rowid), _) => vec![rowid.to_owned()],
        (None, Some(key)) => key.columns.iter().map(|it| quoted(it)).collect(),
        (None, None) => return Ok(Vec::new()),
    };
    let condition: Vec<String> = columns.iter().map(|it| format!("{it} IS ?")).collect();
    let mut statement = db.prepare(&format!(
        "SELECT {} FROM {}",
        columns.join(", "),
        quoted(&table.name)
    ))?;
    let keys = statement.query_map((), |row| (0..columns.len()).map(|at| row.get(at)).collect())?;
    let row = |key: rusqlite::Result<Vec<Value>>| {
        Ok(Row {
            table: table.name.clone(),
            condition: condition.join(" AND "),
            key: key?,
        })
    };
    keys.map(row).collect()
}

struct Pruning<'a> {
    db: &'a Connection,
    from: &'a Schema,
    plans: &'a [&'a Plan],
    target: Target,
    orphans: usize,
    rows: Vec<Row>,
}

impl Pruning<'_> {
    /// What is tried at once.
    fn candidates(&self) -> Vec<Vec<usize>> {
        if self.rows.len() <= MOST {
            return (0..self.rows.len()).map(|at| vec![at]).collect();
        }
        let mut tables: Vec<(&str, Vec<usize>)> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            match tables.iter_mut().find(|it| it.0 == row.table) {
                Some(table) => table.1.push(at),
                None => tables.push((&row.table, vec![at])),
            }
        }
        tables.into_iter().map(|it| it.1).collect()
    }

    /// Whether the plans run on some of the rows. Everything is undone.
    fn runs(&self, kept: &[bool]) -> rusqlite::Result<bool> {
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let ran = self.delete(kept).and_then(|()| {
            self.db
                .set_db_config(SQLITE_DBCONFIG_ENABLE_FKEY, self.target.keys_are_on())?;
            for plan in self.plans {
                self.db.execute_batch(&plan.script())?;
                if orphans(self.db)? > self.orphans {
                    return Ok(false);
                }
            }
            Ok(true)
        });
        // A conflict clause may have undone it already.
        if !self.db.is_autocommit() {
            self.db.execute_batch("ROLLBACK")?;
        }
        self.db.set_db_config(SQLITE_DBCONFIG_ENABLE_FKEY, false)?;
        self.db.execute_batch("PRAGMA legacy_alter_table = OFF")?;
        Ok(ran.unwrap_or(false))
    }

    /// Deletes the others, and what refers to them.
    fn delete(&self, kept: &[bool]) -> rusqlite::Result<()> {
        self.db.set_db_config(SQLITE_DBCONFIG_ENABLE_FKEY, false)?;
        for (row, _) in self.rows.iter().zip(kept).filter(|it| !it.1) {
            let sql = format!("DELETE FROM {} WHERE {}", quoted(&row.table), row.condition);
            self.db.execute(&sql, params_from_iter(&row.key))?;
        }
        for _ in 0..32 {
            if orphans(self.db)? <= self.orphans {
                break;
            }
            let mut statement = self
                .db
                .prepare("SELECT DISTINCT \"table\", rowid FROM pragma_foreign_key_check")?;
            let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
            let rows: Vec<(String, Option<i64>)> = rows.collect::<Result<_, _>>()?;
            for (table, rowid) in rows {
                // A table without rowids does not say which row: all of them go.
                let name = self.from.table(&table).and_then(Table::rowid_name);
                let row = name
                    .zip(rowid)
                    .map(|(name, it)| format!(" WHERE {name} = {it}"));
                let condition = row.unwrap_or_default();
                self.db
                    .execute_batch(&format!("DELETE FROM {}{condition}", quoted(&table)))?;
            }
        }
        Ok(())
    }
}
