//! What the compiler cannot see: whether the SQL of the migrations does what it says.

use crate::diff::{Change, diff};
use crate::migrations::recorded::listed_checksum;
use crate::migrations::{Script, checksum};
use crate::sqlite::inspect::{InspectError, inspect};
use crate::sqlite::run::{ReplayError, replay};
use rusqlite::Connection;
use std::fmt;

/// Why migrations do not match the structs, or not each other.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// A migration does not run.
    #[error("`{file}` does not run: {source}")]
    Statement {
        /// The file's name without its last ending: `0001_create_posts.up`.
        file: String,
        /// What the database says.
        source: rusqlite::Error,
    },
    /// A migration says what only its runner may say.
    #[error("`{file}` says `{word}`, but it is run inside a transaction; take that statement away")]
    Refused {
        /// The file's name without its last ending.
        file: String,
        /// The statement's first words.
        word: String,
    },
    /// The migrations lead to another schema than the structs'.
    #[error("the migrations do not lead to the structs: {}; run `cargo tablature generate`", list(.changes))]
    Drift {
        /// What differs, from the migrations to the structs.
        changes: Vec<Change>,
    },
    /// A down does not lead back.
    #[error("`{stem}.down` does not lead back to the schema before `{stem}.up`: {}", list(.changes))]
    Down {
        /// The file's name without its endings.
        stem: String,
        /// What differs, from where the down leads to where it should.
        changes: Vec<Change>,
    },
    /// A second up, after the down, leads elsewhere than the first.
    #[error("after `{stem}.down`, `{stem}.up` leads to another schema than the first time: {}", list(.changes))]
    UpAgain {
        /// The file's name without its endings.
        stem: String,
        /// What differs, from the second time to the first.
        changes: Vec<Change>,
    },
    /// A migration is another one than when `schema.sql` was written.
    #[error(
        "`{stem}` was changed since schema.sql was written: its checksum is {found}, schema.sql has {recorded}; if that is intended and it was not applied anywhere, run `cargo tablature generate`"
    )]
    Changed {
        /// The file's name without its endings.
        stem: String,
        /// What schema.sql has.
        recorded: String,
        /// What the file has.
        found: String,
    },
    /// The structs' own statements fail.
    #[error("the structs' tables cannot be created: {0}")]
    Structs(#[source] rusqlite::Error),
    /// A schema cannot be read back.
    #[error(transparent)]
    Inspect(#[from] InspectError),
}

/// The result of the generated test: what it prints is the message.
#[doc(hidden)]
pub struct Failure(CheckError);

impl Failure {
    #[doc(hidden)]
    pub fn of(result: Result<(), CheckError>) -> Result<(), Self> {
        result.map_err(Self)
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn list(changes: &[Change]) -> String {
    let words: Vec<String> = changes.iter().map(ToString::to_string).collect();
    words.join(", ")
}

impl crate::Schema {
    /// Replays all migrations in memory: they run, they lead to the structs, and every down leads back to where its up
    /// came from, from where the up runs again.
    ///
    /// The test `migrations_match_structs`, which [`schema!`](crate::schema) generates, calls it. Without migrations
    /// there is nothing to check.
    ///
    /// ```
    /// use tablature::Table;
    ///
    /// #[derive(Table)]
    /// #[table(name = "posts")]
    /// struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
    ///
    /// tablature::schema! {
    ///     #[schema(migrations = "src/migrations/example/migrations")]
    ///     static BLOG = [Post];
    /// }
    ///
    /// BLOG.check_migrations()?;
    /// # Ok::<(), tablature::CheckError>(())
    /// ```
    pub fn check_migrations(&self) -> Result<(), CheckError> {
        let Some(source) = self.source() else {
            return Ok(());
        };
        let run = |db: &Connection, script: &Script<'_>, direction: &str, sql: &str| {
            let file = || format!("{}.{direction}", script.stem);
            replay(db, source.runner, sql).map_err(|error| match error {
                ReplayError::Statement(source) => CheckError::Statement {
                    file: file(),
                    source,
                },
                ReplayError::Refused(word) => CheckError::Refused { file: file(), word },
            })
        };
        let db = memory()?;
        let mut schemas = vec![inspect(&db)?];
        for script in self.migrations() {
            run(&db, script, "up", script.up)?;
            schemas.push(inspect(&db)?);
            let recorded = source
                .recorded
                .and_then(|text| listed_checksum(text, script.stem));
            let found = checksum(script.up);
            if let Some(recorded) = recorded.filter(|recorded| *recorded != found) {
                return Err(CheckError::Changed {
                    stem: script.stem.to_owned(),
                    recorded: recorded.to_owned(),
                    found,
                });
            }
        }
        let fresh = memory()?;
        fresh
            .execute_batch(&self.ddl())
            .map_err(CheckError::Structs)?;
        let changes = diff(&schemas[schemas.len() - 1], &inspect(&fresh)?);
        if !changes.is_empty() {
            return Err(CheckError::Drift { changes });
        }
        self.check_downs(&db, &schemas, run)
    }

    /// From the newest back to the first that has no down, and up again.
    fn check_downs(
        &self,
        db: &Connection,
        schemas: &[crate::schema::Schema],
        run: impl Fn(&Connection, &Script<'_>, &str, &str) -> Result<(), CheckError>,
    ) -> Result<(), CheckError> {
        let scripts = self.migrations();
        let mut first = scripts.len();
        while let Some(down) = first.checked_sub(1).and_then(|at| scripts[at].down) {
            first -= 1;
            run(db, &scripts[first], "down", down)?;
            let changes = diff(&inspect(db)?, &schemas[first]);
            if !changes.is_empty() {
                let stem = scripts[first].stem.to_owned();
                return Err(CheckError::Down { stem, changes });
            }
        }
        for (script, schema) in scripts.iter().zip(&schemas[1..]).skip(first) {
            run(db, script, "up", script.up)?;
            let changes = diff(&inspect(db)?, schema);
            if !changes.is_empty() {
                let stem = script.stem.to_owned();
                return Err(CheckError::UpAgain { stem, changes });
            }
        }
        Ok(())
    }
}

fn memory() -> Result<Connection, CheckError> {
    Connection::open_in_memory().map_err(CheckError::Structs)
}
