use super::Schema;
use crate::migrations::Runner;
use crate::migrations::dump::Hint;
use crate::plan::{Code, Hazard, Hints, PlanError, Step, Target, plan};
use crate::report::Report;
use crate::schema::{self, same_name};
use crate::sqlite::inspect::{InspectError, inspect};
use crate::sqlite::obstacle::told;
use crate::sqlite::run::{self, End, MigrateError, MigrateOptions, Orphans};
use rusqlite::Connection;

/// Why a database could not be brought to the structs without migrations. It is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PushError {
    /// Something would be lost, or has to be answered.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// Values that are there would be changed.
    #[error("{}; agree with `Hints::allow`, by the code, or write a migration", list(.hazards))]
    Values {
        /// What would change them.
        hazards: Vec<Hazard>,
    },
    /// A name of ours is that of something else.
    #[error(
        "the {kind} `{name}` of `{table}` has the name of one of the structs; give one of them another name"
    )]
    Taken {
        /// `index` or `trigger`.
        kind: &'static str,
        /// The name.
        name: String,
        /// The table that has it.
        table: String,
    },
    /// A schema cannot be read.
    #[error(transparent)]
    Inspect(#[from] InspectError),
    /// Foreign keys can only be switched outside a transaction.
    #[error("cannot push inside a transaction; end it first")]
    InTransaction,
    /// Rows refer to rows that are not there.
    #[error(
        "afterwards, rows of `{table}` would refer to rows of `{parent}` that are not there, {rows} in all; delete or mend them first"
    )]
    ForeignKeys {
        /// The table of the rows.
        table: String,
        /// The table that they refer to.
        parent: String,
        /// How many there are.
        rows: i64,
    },
    /// The history of migrations cannot be brought along. The tables are as the structs say.
    #[error("pushed, but the history cannot be written: {0}")]
    History(#[from] MigrateError),
    /// A temporary table has the name of one of the database. Nothing was changed.
    #[error(transparent)]
    Shadowed(MigrateError),
    /// A step fails.
    #[error("cannot push: {}", told(.0))]
    Sqlite(#[from] rusqlite::Error),
}

impl Schema {
    /// Brings a database to the structs without migrations: for development and tests. What would be lost, and values that
    /// would be changed, are refused, if the hints do not allow it; what the database has besides stays. Returns the steps; a
    /// second time there are none.
    ///
    /// Where the migrations lead to the structs too, and move no rows, the history says that they have been applied.
    ///
    /// What `renamed_from`, `backfill` and `using` say on the structs need not be said in the hints.
    ///
    /// ```
    /// # use tablature::{Connection, Table};
    /// # #[derive(Table)]
    /// # #[table(name = "posts")]
    /// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
    /// # tablature::schema! { static BLOG = [Post]; }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut db = Connection::open_in_memory()?;
    /// db.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT")?;
    /// let steps = BLOG.push(&mut db, &Default::default())?;
    /// assert_eq!(steps[0].sql, "ALTER TABLE posts ADD COLUMN subtitle TEXT");
    /// assert!(BLOG.push(&mut db, &Default::default())?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub fn push(&self, db: &mut Connection, hints: &Hints) -> Result<Report<Step>, PushError> {
        if !db.is_autocommit() {
            return Err(PushError::InTransaction);
        }
        let from = inspect(db)?;
        let mut to = self.of_structs()?;
        to.take_over(&from, |_, _| true);
        taken(&from, &to)?;
        let mut hints = hints.clone();
        let attributes: Vec<Hint> = self.tables().flat_map(Hint::of).collect();
        for hint in Hint::ahead(&attributes, &from, &to) {
            hints.add(hint);
        }
        let plan = plan(&from, &to, &hints, Target::new(Runner::Tablature))?;
        let changes_values = |it: &&Hazard| CHANGES_VALUES.contains(&it.code);
        let agreed =
            |it: &&Hazard| hints.allows_by_name(it.code.code()) || hints.allows_by_name("all");
        let open = plan
            .hazards
            .iter()
            .filter(changes_values)
            .filter(|it| !agreed(it));
        let open: Vec<Hazard> = open.cloned().collect();
        if !open.is_empty() {
            return Err(PushError::Values { hazards: open });
        }
        run::shadowed(db).map_err(PushError::Shadowed)?;
        if !plan.is_empty() {
            run::exclusively(db, End::Commit, |db| {
                db.execute_batch(&plan.script()).map_err(PushError::from)
            })?;
        }
        self.bring_history(db)?;
        Ok(plan.steps.into())
    }

    /// Where the migrations lead to what is there now, and move no rows, they have been applied; where the structs are ahead
    /// of them, a later one will say the rest.
    fn bring_history(&self, db: &mut Connection) -> Result<(), PushError> {
        let Some(newest) = self.migrations.last().filter(|_| self.ours().is_ok()) else {
            return Ok(());
        };
        if run::foreign(db, &[])?.is_some() {
            return Ok(());
        }
        let options = MigrateOptions::new();
        let work = self.work(&options);
        // Rows that a migration, or a function beside it, moves were not moved.
        if self.pending(db)?.iter().any(|it| work.moves_rows(it)) {
            return Ok(());
        }
        match run::baseline(db, &work, newest.version) {
            Ok(_) | Err(MigrateError::NotThere { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn list(hazards: &[Hazard]) -> String {
    let lines: Vec<String> = hazards.iter().map(ToString::to_string).collect();
    lines.join("; ")
}

/// What changes values that are there, without losing a row.
const CHANGES_VALUES: [Code; 4] = [
    Code::Retype,
    Code::PrimaryKey,
    Code::Strict,
    Code::NullToDefault,
];

/// A name of ours that something else has.
fn taken(from: &schema::Schema, to: &schema::Schema) -> Result<(), PushError> {
    let error = |kind, name: &str, table: &str| {
        Err(PushError::Taken {
            kind,
            name: name.to_owned(),
            table: table.to_owned(),
        })
    };
    for index in &to.indexes {
        match from.index(&index.name) {
            Some(old) if !same_name(&old.table, &index.table) => {
                return error("index", &index.name, &old.table);
            }
            _ => {}
        }
    }
    for trigger in &to.triggers {
        match from.trigger(&trigger.name) {
            Some(old) if !same_name(&old.table, &trigger.table) => {
                return error("trigger", &trigger.name, &old.table);
            }
            _ => {}
        }
    }
    Ok(())
}

impl From<Orphans> for PushError {
    fn from(orphans: Orphans) -> Self {
        let Orphans {
            table,
            parent,
            rows,
        } = orphans;
        Self::ForeignKeys {
            table,
            parent,
            rows,
        }
    }
}
