mod undone;

use self::undone::undone;
use super::{MigrateError, Row, Work, history, run_script};
use crate::diff::{Aspect, Change, Object, diff};
use crate::migrations::{Runner, without_histories};
use crate::plan::{Code, Hints, Target, archives_of, down};
use crate::schema::Schema;
use crate::sqlite::inspect::inspect;
use crate::sqlite::quoted;
use crate::sqlite::scratch::scratch;
use rusqlite::Connection;
use std::fmt;

/// What a way back takes away, or makes another.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Loss {
    /// The number of the migration that is undone.
    pub version: i64,
    /// The table.
    pub table: String,
    /// Its column; none where the whole table goes.
    pub column: Option<String>,
    /// The type that its values get, where they do not go, and that does not hold all of them as they are.
    pub becomes: Option<String>,
    /// Whether its values were converted on the way up, by an expression or a map, and the way back does not undo it.
    pub converted: bool,
    /// How many rows or values that is; none where it cannot be said, since a later migration is undone before.
    pub count: Option<i64>,
}

impl Loss {
    /// The words by which the command line agrees to it: `drop:posts.subtitle`, `convert:posts.views`.
    pub fn agreement(&self) -> String {
        match &self.column {
            Some(column) if self.becomes.is_some() || self.converted => {
                format!("convert:{}.{column}", self.table)
            }
            Some(column) => format!("drop:{}.{column}", self.table),
            None => format!("drop:{}", self.table),
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.column, &self.becomes) {
            (Some(column), _) if self.converted => write!(
                f,
                "values of `{}.{column}` that were converted on the way up, which the way back does not undo",
                self.table
            )?,
            (Some(column), Some(declared)) => write!(
                f,
                "values of `{}.{column}` that {declared} does not hold as they are",
                self.table
            )?,
            (Some(column), None) => write!(f, "the values of `{}.{column}`", self.table)?,
            (None, _) => write!(f, "the rows of `{}`", self.table)?,
        }
        match self.count {
            Some(count) => write!(f, ", {count} in all"),
            None => Ok(()),
        }
    }
}

/// What the ways back of the chosen migrations take away or convert, where there is something: each is run on a scratch
/// database.
pub(crate) fn losses(
    db: &Connection,
    work: &Work<'_>,
    choose: impl FnOnce(Vec<Row>) -> Result<Vec<Row>, MigrateError>,
) -> Result<Vec<Loss>, MigrateError> {
    if !history::exists(db)? {
        return Ok(Vec::new());
    }
    let mut now = without_histories(inspect(db)?);
    let copy = scratch(&now, "the database").map_err(|error| MigrateError::NotThere {
        version: 0,
        difference: error.to_string(),
    })?;
    let mut losses = Vec::new();
    for row in choose(history::read(db)?)? {
        let file = work.scripts.iter().find(|it| it.version == row.version);
        let (kept, _) = history::down_of(db, row.version)?;
        let Some(sql) = kept.as_deref().or_else(|| file?.down) else {
            // It is refused anyway.
            break;
        };
        // What does not run takes nothing away.
        if run_script(&copy, sql).is_err() {
            break;
        }
        let after = inspect(&copy)?;
        let hints = file.map_or_else(Hints::default, |it| Hints::of_comments(it.up));
        // Where there is no plan, the names alone say what goes.
        let plan = down(&after, &now, &hints, Target::new(Runner::Tablature));
        let (changes, hazards) = plan.map_or_else(
            |_| (diff(&now, &after), Vec::new()),
            |plan| (plan.changes, plan.hazards),
        );
        // A way back by hand says itself how it converts values.
        let said = Hints::of_comments(sql);
        let is_answered = |table: &str, column: &str| {
            said.value(table, column).is_some() || said.allows(&format!("convert:{table}.{column}"))
        };
        let undone = undone(&after, &now, &hints, sql);
        let converts = |table: &str, column: &str| {
            let start = format!("`{table}.{column}` ");
            let mut hazards = hazards.iter().filter(|it| it.code == Code::Conversion);
            !is_answered(table, column) && hazards.any(|it| it.reason.starts_with(&start))
        };
        let told = changes.iter().filter(|change| match change {
            Change::AlterColumn(table, column, _) => {
                !undone.iter().any(|it| it.is(table, column)) && converts(table, column)
            }
            _ => true,
        });
        losses.extend(told.filter_map(|it| lost(db, &now, row.version, it)));
        let asked = undone.iter().filter(|it| {
            let mut names = it.names();
            !names.any(|(table, column)| is_answered(table, column))
        });
        losses.extend(asked.filter_map(|it| it.lost(db, row.version)));
        now = after;
    }
    Ok(losses)
}

fn values(table: &str, column: &str) -> String {
    format!("{}.{}", quoted(table), quoted(column))
}

fn count(db: &Connection, what: &str, table: &str) -> Option<i64> {
    let sql = format!("SELECT count({what}) FROM {}", quoted(table));
    db.query_row(&sql, (), |row| row.get(0)).ok()
}

fn lost(db: &Connection, now: &Schema, version: i64, change: &Change) -> Option<Loss> {
    let (table, column, becomes, what) = match change {
        // What was kept goes back to where it came from.
        Change::Drop(Object::Table, table) if archives_of(now).any(|it| it.name == *table) => {
            return None;
        }
        Change::Drop(Object::Table, table) => (table, None, None, "*".to_owned()),
        Change::DropColumn(table, column) => (table, Some(column), None, values(table, column)),
        // There and back again; `+` takes away the affinity in which '007' and 7 are equal.
        Change::AlterColumn(table, column, Aspect::Type(from, to)) => {
            let value = values(table, column);
            let back = format!("+CAST(CAST({value} AS {to}) AS {from}) IS NOT +{value} OR NULL");
            (table, Some(column), Some(to.clone()), back)
        }
        _ => return None,
    };
    let count = count(db, &what, table);
    (count != Some(0)).then(|| Loss {
        version,
        table: table.clone(),
        column: column.cloned(),
        becomes,
        converted: false,
        count,
    })
}
