use super::check::orphans;
use crate::diff::{Aspect, Change};
use crate::plan::Plan;
use crate::schema::{Schema, Table, same_name};
use crate::sqlite::quoted;
use rusqlite::Connection;

/// Takes away the witness rows that a plan, or its way back, has the right to refuse.
pub(super) fn prune(
    db: &Connection,
    from: &Schema,
    to: &Schema,
    up: &Plan,
    down: Option<&Plan>,
) -> rusqlite::Result<()> {
    for kept in &up.kept {
        let (Some(old), Some(new)) = (from.table(&kept.from), to.table(&kept.to)) else { continue };
        let same = |name: &String| kept.columns.iter().find(|(_, to)| to == name).map(|(from, _)| from);
        // Expressions speak of columns by the names that they have at the end.
        let view: Vec<String> = new.columns.iter().filter_map(|it| {
            let old = same(&it.name).cloned().or_else(|| old.column(&it.name).map(|it| it.name.clone()))?;
            Some(format!("{} AS {}", quoted(&old), quoted(&it.name)))
        }).collect();
        let pruned = Pruned { db, old, new, view: view.join(", ") };
        let plans = [Some(up), down];
        let changes = plans.into_iter().flatten().flat_map(|it| &it.changes);
        for change in changes.filter(|it| same_name(it.subject(), &new.name) || same_name(it.subject(), &old.name)) {
            pruned.change(change);
        }
        for index in to.indexes_of(&new.name).filter(|it| it.unique) {
            let parts: Vec<String> = index.parts.iter().map(|it| it.expression.text().to_owned()).collect();
            pruned.equal(&parts, index.filter.as_ref().map(|it| it.text()));
        }
    }
    // What referred to a row that is gone goes too.
    for _ in 0..32 {
        if orphans(db)? == 0 {
            break;
        }
        let mut statement = db.prepare("SELECT DISTINCT \"table\", rowid FROM pragma_foreign_key_check")?;
        let rows: Vec<(String, Option<i64>)> = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        for (table, rowid) in rows {
            let condition = rowid.map(|it| format!(" WHERE rowid = {it}")).unwrap_or_default();
            let _ = db.execute_batch(&format!("DELETE FROM {}{condition}", quoted(&table)));
        }
    }
    Ok(())
}

struct Pruned<'a> {
    db: &'a Connection,
    old: &'a Table,
    new: &'a Table,
    view: String,
}

impl Pruned<'_> {
    fn change(&self, change: &Change) {
        match change {
            Change::AlterColumn(_, column, Aspect::NotNull(true)) => self.delete(&format!("{} IS NULL", quoted(column))),
            Change::AddConstraint(..) | Change::PrimaryKey(_) | Change::Strict(..) | Change::AlterColumn(..) | Change::WithoutRowid(..) => self.constraints(),
            _ => {}
        }
    }

    fn constraints(&self) {
        for check in &self.new.checks {
            self.delete(&format!("({}) IS FALSE", check.expression));
        }
        for unique in &self.new.uniques {
            let columns: Vec<String> = unique.columns.iter().map(|it| quoted(it)).collect();
            self.equal(&columns, None);
        }
        if let Some(key) = &self.new.primary_key {
            let columns: Vec<String> = key.columns.iter().map(|it| quoted(it)).collect();
            self.equal(&columns, None);
            for column in &columns {
                self.delete(&format!("{column} IS NULL"));
            }
        }
        for key in &self.new.foreign_keys {
            let given: Vec<String> = key.from.iter().map(|it| format!("{} IS NOT NULL", quoted(it))).collect();
            let parent = quoted(&key.parent);
            let pairs = key.from.iter().zip(&key.to);
            let equal: Vec<String> = pairs.map(|(from, to)| format!("parent.{} = row.{}", quoted(to), quoted(from))).collect();
            if !equal.is_empty() {
                self.delete(&format!("{} AND NOT EXISTS (SELECT 1 FROM {parent} AS parent WHERE {})", given.join(" AND "), equal.join(" AND ")));
            }
        }
        for column in &self.new.columns {
            let kinds = match super::super::plan::affinity(&column.declared_type) {
                _ if !self.new.strict || same_name(&column.declared_type, "any") => continue,
                "integer" => "'integer', 'null'",
                "real" => "'integer', 'real', 'null'",
                "text" => "'text', 'integer', 'real', 'null'",
                _ => "'blob', 'null'",
            };
            self.delete(&format!("typeof({}) NOT IN ({kinds})", quoted(&column.name)));
            let retyped = self.old.column(&column.name).is_some_and(|it| !same_name(&it.declared_type, &column.declared_type));
            if retyped && kinds.starts_with("'integer'") {
                self.delete(&format!("typeof({0}) = 'real' AND {0} <> CAST({0} AS INTEGER)", quoted(&column.name)));
            }
        }
    }

    /// Of rows that are equal, one stays.
    fn equal(&self, parts: &[String], filter: Option<&str>) {
        let filter = filter.map(|it| format!(" WHERE {it}")).unwrap_or_default();
        let parts = parts.join(", ");
        self.run(&format!("rowid NOT IN (SELECT min(rowid__) FROM row{filter} GROUP BY {parts})"), if filter.is_empty() { "" } else { &filter });
    }

    fn delete(&self, condition: &str) {
        self.run(condition, "");
    }

    /// A condition that does not run speaks of what is not there yet: it is left to the plan.
    fn run(&self, condition: &str, filter: &str) {
        let Some(rowid) = self.old.rowid_name() else { return };
        let table = quoted(&self.old.name);
        let rows = format!("WITH row AS (SELECT {rowid} AS rowid__, {} FROM {table})", self.view);
        let condition = condition.strip_prefix("rowid ").map_or_else(|| condition.to_owned(), |it| format!("rowid__ {it}"));
        let filter = filter.strip_prefix(" WHERE ").map(|it| format!(" AND ({it})")).unwrap_or_default();
        let sql = format!("{rows} DELETE FROM {table} WHERE {rowid} IN (SELECT rowid__ FROM row WHERE {condition}{filter})");
        let _ = self.db.execute_batch(&sql);
    }
}
