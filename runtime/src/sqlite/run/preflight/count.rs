use super::Refusal;
use crate::migrations::Script;
use crate::schema::{Conflict, Expression, ForeignKey, Index, Schema, Table, same_name};
use crate::sqlite::quoted;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// A table before a migration and after it, and its columns whose values are certain.
pub(super) struct Stage<'a> {
    pub(super) script: &'a Script<'a>,
    pub(super) from: (&'a Schema, &'a Table),
    pub(super) to: (&'a Schema, &'a Table),
    pub(super) columns: Vec<&'a str>,
}

/// A new unique key.
struct Key {
    columns: Vec<String>,
    collations: Vec<Option<String>>,
    filter: Option<Expression>,
}

/// How many keys are named.
const FIRST: usize = 3;

impl Stage<'_> {
    /// The rows that its new constraints refuse. Of a parent, too, the values must be certain.
    pub(super) fn refusals(
        &self,
        db: &Connection,
        parent_is_certain: impl Fn(&ForeignKey) -> bool,
    ) -> rusqlite::Result<Vec<Refusal>> {
        let mut found = Vec::new();
        for (condition, reason) in self.nulls().into_iter().chain(self.checks()) {
            found.extend(self.count(db, &condition, reason)?);
        }
        for (condition, reason) in self.orphans(parent_is_certain) {
            let refusal = self.count(db, &condition, reason)?;
            found.extend(refusal.map(|it| Refusal {
                orphans: true,
                ..it
            }));
        }
        for key in self.uniques() {
            found.extend(self.count_equal(db, &key)?);
        }
        Ok(found)
    }

    fn is_certain(&self, column: &str) -> bool {
        self.columns.iter().any(|it| same_name(it, column))
    }

    /// Whether an expression is about certain values alone.
    fn is_about_certain(&self, expression: &Expression) -> bool {
        let columns = self.from.1.columns.iter().chain(&self.to.1.columns);
        let mut mentioned = columns.filter(|it| expression.mentions(&it.name));
        // A rowid may be another one in a copy.
        let rowid = ["rowid", "_rowid_", "oid"].into_iter();
        mentioned.all(|it| self.is_certain(&it.name))
            && rowid
                .clone()
                .all(|it| !expression.mentions(it) || self.is_certain(it))
    }

    fn nulls(&self) -> Vec<(String, String)> {
        let ((_, from), (_, to)) = (self.from, self.to);
        // It gets a number for NULL.
        let is_rowid = |name: &str| to.rowid_column().is_some_and(|it| same_name(it, name));
        let refuses = |name: &&&str| {
            let (old, new) = (from.column(name), to.column(name));
            let fails = new
                .and_then(|it| it.not_null)
                .is_some_and(|it| fails(it.conflict));
            fails && old.is_some_and(|it| it.not_null.is_none()) && !is_rowid(name)
        };
        let nulls = self.columns.iter().filter(refuses);
        nulls
            .map(|name| {
                let condition = format!("{} IS NULL", quoted(name));
                (condition, format!("`{name}` is NULL"))
            })
            .collect()
    }

    fn checks(&self) -> Vec<(String, String)> {
        let known = |expression: &Expression| {
            let mut checks = self.from.1.checks.iter();
            checks.any(|it| it.expression == *expression)
        };
        let checks = self
            .to
            .1
            .checks
            .iter()
            .map(|it| (it.name.as_deref(), &it.expression));
        let new = checks.filter(|(_, it)| !known(it) && self.is_about_certain(it));
        new.map(|(name, expression)| {
            let name = name.map_or_else(String::new, |it| format!("`{it}` "));
            let condition = format!("NOT ({})", expression.text());
            (
                condition,
                format!("CHECK {name}({}) is false", expression.text()),
            )
        })
        .collect()
    }

    fn orphans(&self, parent_is_certain: impl Fn(&ForeignKey) -> bool) -> Vec<(String, String)> {
        let known = |key: &ForeignKey| {
            self.from.1.foreign_keys.iter().any(|it| {
                it.from == key.from
                    && same_name(&it.parent, &key.parent)
                    && self.from.0.target(it) == self.to.0.target(key)
            })
        };
        let certain = |key: &ForeignKey| key.from.iter().all(|it| self.is_certain(it));
        let keys = self.to.1.foreign_keys.iter();
        let new = keys.filter(|it| !known(it) && certain(it) && parent_is_certain(it));
        new.map(|key| {
            let (table, targets) = (quoted(&self.from.1.name), self.to.0.target(key));
            let pairs = key.from.iter().zip(targets);
            let given = key
                .from
                .iter()
                .map(|it| format!("{table}.{} IS NOT NULL", quoted(it)));
            let given: Vec<String> = given.collect();
            let equal: Vec<String> = pairs
                .map(|(from, to)| {
                    format!("tablature_parent.{} = {table}.{}", quoted(to), quoted(from))
                })
                .collect();
            let condition = format!(
                "{} AND NOT EXISTS (SELECT 1 FROM main.{} AS tablature_parent WHERE {})",
                given.join(" AND "),
                quoted(&key.parent),
                equal.join(" AND ")
            );
            (
                condition,
                format!(
                    "`{}` has no row for their ({})",
                    key.parent,
                    key.from.join(", ")
                ),
            )
        })
        .collect()
    }

    fn uniques(&self) -> Vec<Key> {
        let ((from_schema, from), (to_schema, to)) = (self.from, self.to);
        let known = |index: &Index| {
            let mut old = from_schema.indexes_of(&from.name);
            old.any(|it| it.unique && it.parts == index.parts && it.filter == index.filter)
        };
        let indexes = to_schema
            .indexes_of(&to.name)
            .filter(|it| it.unique && !known(it));
        // An expression may be written as a column's name is.
        let plain = |it: &&Index| it.parts.iter().all(|it| it.expression.tokens().len() == 1);
        let of_indexes = indexes.filter(plain).map(|it| Key {
            columns: it.columns(),
            collations: it.parts.iter().map(|part| part.collation.clone()).collect(),
            filter: it.filter.clone(),
        });
        let declared = to
            .uniques
            .iter()
            .filter(|it| fails(it.conflict) && !from.uniques.contains(it));
        let of_table = declared.map(|it| Key {
            columns: it.columns.clone(),
            collations: it.collations.clone(),
            filter: None,
        });
        let certain = |key: &Key| {
            key.columns.iter().all(|it| self.is_certain(it))
                && key
                    .filter
                    .as_ref()
                    .is_none_or(|it| self.is_about_certain(it))
        };
        of_indexes.chain(of_table).filter(certain).collect()
    }

    fn count(
        &self,
        db: &Connection,
        condition: &str,
        reason: String,
    ) -> rusqlite::Result<Option<Refusal>> {
        let (name, key) = key(self.from.1);
        let table = quoted(&self.from.1.name);
        let rows = db.query_row(
            &format!("SELECT count(*) FROM main.{table} WHERE {condition}"),
            (),
            |row| row.get(0),
        )?;
        let first =
            format!("SELECT {key} AS key FROM main.{table} WHERE {condition} LIMIT {FIRST}");
        self.refusal(db, rows, reason, name, &first)
    }

    fn count_equal(&self, db: &Connection, unique: &Key) -> rusqlite::Result<Option<Refusal>> {
        let Key {
            columns,
            collations,
            filter,
        } = unique;
        let (name, key) = key(self.from.1);
        let given = columns
            .iter()
            .map(|it| format!("{} IS NOT NULL", quoted(it)));
        let given: Vec<String> = given
            .chain(filter.iter().map(|it| format!("({})", it.text())))
            .collect();
        let parts = columns.iter().enumerate().map(|(at, column)| {
            match collations.get(at).and_then(Option::as_ref) {
                Some(collation) => format!("{} COLLATE {}", quoted(column), quoted(collation)),
                None => quoted(column),
            }
        });
        let parts: Vec<String> = parts.collect();
        let groups = format!(
            "FROM main.{} WHERE {} GROUP BY {} HAVING count(*) > 1",
            quoted(&self.from.1.name),
            given.join(" AND "),
            parts.join(", ")
        );
        let rows = db.query_row(
            &format!("SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n {groups})"),
            (),
            |row| row.get(0),
        )?;
        let reason = format!("({}) is not unique", columns.join(", "));
        let first = format!("SELECT min({key}) AS key {groups} LIMIT {FIRST}");
        self.refusal(db, rows, reason, name, &first)
    }

    fn refusal(
        &self,
        db: &Connection,
        rows: i64,
        reason: String,
        key: String,
        first: &str,
    ) -> rusqlite::Result<Option<Refusal>> {
        if rows == 0 {
            return Ok(None);
        }
        let mut statement = db.prepare(&format!("SELECT key FROM ({first})"))?;
        let first = statement.query_map((), |row| row.get_ref(0).map(shown))?;
        Ok(Some(Refusal {
            stem: self.script.stem.to_owned(),
            table: self.from.1.name.clone(),
            reason,
            rows,
            key,
            orphans: false,
            first: first.collect::<rusqlite::Result<_>>()?,
        }))
    }
}

/// Whether a row that breaks the constraint makes the statement fail.
const fn fails(conflict: Conflict) -> bool {
    matches!(
        conflict,
        Conflict::Abort | Conflict::Fail | Conflict::Rollback
    )
}

/// Whatever it is, and whatever bytes a text has.
fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(value) => value.to_string(),
        ValueRef::Real(value) => value.to_string(),
        ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        ValueRef::Blob(bytes) => format!("a blob of {} bytes", bytes.len()),
    }
}

/// What a row is known by: its name, and its expression. A table that hides its rowid behind three columns has none.
fn key(table: &Table) -> (String, String) {
    if let Some(rowid) = table.rowid_column().or_else(|| table.rowid_name()) {
        return (rowid.to_owned(), quoted(rowid));
    }
    let columns = table
        .primary_key
        .as_ref()
        .map_or(&[][..], |key| &key.columns);
    let parts: Vec<String> = columns
        .iter()
        .map(|it| format!("quote({})", quoted(it)))
        .collect();
    if parts.is_empty() {
        return ("no key".to_owned(), "'that has a name'".to_owned());
    }
    (
        columns.join(", "),
        format!("concat_ws(', ', {})", parts.join(", ")),
    )
}
