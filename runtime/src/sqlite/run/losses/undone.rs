use super::{Loss, count, values};
use crate::plan::Hints;
use crate::schema::{Schema, same_name};
use crate::sqlite::plan::{By, converted, not_undone};
use rusqlite::Connection;

/// A column whose values the way back leaves as the way forth has converted them.
pub(super) struct Undone {
    table: String,
    column: String,
    /// As it is called after the way back.
    then: Option<(String, String)>,
    /// The values, as SQL counts them.
    what: String,
}

/// The file of the way forth says it; where that is not there, the head of the way back does.
pub(super) fn undone(after: &Schema, now: &Schema, hints: &Hints, sql: &str) -> Vec<Undone> {
    let mut found: Vec<Undone> = Vec::new();
    for it in converted(after, now, hints) {
        let (table, column) = it.after.clone();
        let value = values(&table, &column);
        let what = match &it.by {
            By::Map(merged) if !merged.is_empty() => {
                format!("{value} IN ({}) OR NULL", merged.join(", "))
            }
            By::Expression => value,
            By::Cast | By::Map(_) => continue,
        };
        found.push(Undone {
            table,
            column,
            then: Some(it.before),
            what,
        });
    }
    let lines: Vec<&str> = sql.lines().filter(|it| it.starts_with("-- ")).collect();
    for table in &now.tables {
        for column in &table.columns {
            let (table, column) = (&table.name, &column.name);
            let head = format!("-- {}", not_undone(table, column));
            if lines.contains(&head.as_str()) && !found.iter().any(|it| it.is(table, column)) {
                found.push(Undone {
                    table: table.clone(),
                    column: column.clone(),
                    then: None,
                    what: values(table, column),
                });
            }
        }
    }
    found
}

impl Undone {
    pub(super) fn is(&self, table: &str, column: &str) -> bool {
        let mut names = self.names();
        names.any(|it| same_name(it.0, table) && same_name(it.1, column))
    }

    /// By which a comment or a change may call it: as it is, and as it will be.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        let now = (self.table.as_str(), self.column.as_str());
        let then = self.then.iter();
        then.map(|(table, column)| (table.as_str(), column.as_str()))
            .chain([now])
    }

    pub(super) fn lost(&self, db: &Connection, version: i64) -> Option<Loss> {
        let count = count(db, &self.what, &self.table);
        (count != Some(0)).then(|| Loss {
            version,
            table: self.table.clone(),
            column: Some(self.column.clone()),
            becomes: None,
            converted: true,
            count,
        })
    }
}
