//! What the compiler cannot see: whether the SQL of the migrations does what it says.

use crate::diff::{Change, diff};
use crate::migrations::recorded::listed_checksum;
use crate::migrations::{Runner, Script, checksum};
use crate::plan::{Hints, ProofError, Target, prove_scripts};
use crate::schema::Schema;
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
        /// Which statement, and what the database says.
        source: Box<ReplayError>,
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
    #[error("the structs differ from what the migrations lead to: {}; run `cargo tablature generate`", list(.changes))]
    Drift {
        /// What differs, from the migrations to the structs.
        changes: Vec<Change>,
    },
    /// A down does not lead back.
    #[error("`{stem}.down` does not lead back to the schema before `{stem}.up`: after it, {}", list(.changes))]
    Down {
        /// The file's name without its endings.
        stem: String,
        /// What differs, from the schema before the up to the one after the down.
        changes: Vec<Change>,
    },
    /// A second up, after the down, leads elsewhere than the first.
    #[error("`{stem}.up` leads to another schema when it is run again after `{stem}.down`: {}", list(.changes))]
    UpAgain {
        /// The file's name without its endings.
        stem: String,
        /// What differs, from the first time to the second.
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
    /// A migration loses rows, or does not run, on rows that its schema allows.
    #[error(
        "`{stem}` does not hold on witness rows: {source}; mend it, or write `-- tablature: allow unproved` in it if there can be no such rows"
    )]
    Proof {
        /// The file's name without its endings.
        stem: String,
        /// What went wrong.
        source: Box<ProofError>,
    },
    /// The structs' own statements fail.
    #[error("the structs' tables cannot be created: {0}")]
    Structs(#[source] rusqlite::Error),
    /// The settings of a connection are refused.
    #[error(transparent)]
    Settings(#[from] crate::OpenError),
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
        fmt::Display::fmt(&self.0, f)
    }
}

fn list(changes: &[Change]) -> String {
    let words: Vec<String> = changes.iter().map(ToString::to_string).collect();
    words.join(", ")
}

impl crate::Schema {
    /// Replays all migrations in memory: they run, they lead to the structs, and every down leads back to where its up
    /// came from, from where the up runs again; and each does so on rows that its schema allows.
    ///
    /// The test `blog_migrations_match_structs`, which [`schema!`](crate::schema!) generates, calls it. Without migrations
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
        check(
            source.runner,
            self.migrations(),
            source.recorded,
            &self.ddl(),
        )?;
        // Without rows, hooks show at least that they run.
        if self.has_hooks() {
            self.open_in_memory()?;
        }
        Ok(())
    }
}

/// Migrations lead to a schema, and back.
fn check(
    runner: Runner,
    scripts: &[Script<'_>],
    recorded: Option<&str>,
    ddl: &str,
) -> Result<(), CheckError> {
    let db = memory(runner)?;
    let mut schemas = vec![inspect(&db)?];
    for script in scripts {
        run(&db, runner, script, "up", script.up)?;
        schemas.push(inspect(&db)?);
        let recorded = recorded.and_then(|text| listed_checksum(text, script.stem));
        let found = checksum(script.up);
        if let Some(recorded) = recorded.filter(|recorded| *recorded != found) {
            return Err(CheckError::Changed {
                stem: script.stem.to_owned(),
                recorded: recorded.to_owned(),
                found,
            });
        }
    }
    let fresh = memory(runner)?;
    fresh.execute_batch(ddl).map_err(CheckError::Structs)?;
    let migrated = &schemas[schemas.len() - 1];
    let mut structs = inspect(&fresh)?;
    // What migrations have made besides the structs' tables is the user's own; foreign keys may lead there.
    structs.take_over(migrated, |_, _| true);
    let mut changes = diff(migrated, &structs);
    changes.retain(|change| !matches!(change, Change::Drop(..)));
    if !changes.is_empty() {
        return Err(CheckError::Drift { changes });
    }
    downs(&db, runner, scripts, &schemas)?;
    proofs(runner, scripts, &schemas)
}

/// Each on rows that its schema allows. Of `schemas`, each stands before its script's up.
fn proofs(runner: Runner, scripts: &[Script<'_>], schemas: &[Schema]) -> Result<(), CheckError> {
    for (script, pair) in scripts.iter().zip(schemas.windows(2)) {
        let hints = Hints::of_comments(script.up);
        if hints.allows_by_name("unproved") {
            continue;
        }
        let (way, target) = ((&pair[0], &pair[1]), Target::new(runner));
        prove_scripts(way, script.up, script.down, &hints, target).map_err(|source| {
            CheckError::Proof {
                stem: script.stem.to_owned(),
                source: Box::new(source),
            }
        })?;
    }
    Ok(())
}

/// From the newest back to the first that has no down, and up again. Of `schemas`, each stands before its script's up.
fn downs(
    db: &Connection,
    runner: Runner,
    scripts: &[Script<'_>],
    schemas: &[Schema],
) -> Result<(), CheckError> {
    let mut first = scripts.len();
    while let Some(down) = first.checked_sub(1).and_then(|at| scripts[at].down) {
        first -= 1;
        run(db, runner, &scripts[first], "down", down)?;
        let changes = diff(&schemas[first], &inspect(db)?);
        if !changes.is_empty() {
            let stem = scripts[first].stem.to_owned();
            return Err(CheckError::Down { stem, changes });
        }
    }
    for (script, schema) in scripts.iter().zip(&schemas[1..]).skip(first) {
        run(db, runner, script, "up", script.up)?;
        let changes = diff(schema, &inspect(db)?);
        if !changes.is_empty() {
            let stem = script.stem.to_owned();
            return Err(CheckError::UpAgain { stem, changes });
        }
    }
    Ok(())
}

fn run(
    db: &Connection,
    runner: Runner,
    script: &Script<'_>,
    direction: &str,
    sql: &str,
) -> Result<(), CheckError> {
    replay(db, runner, sql).map_err(|error| {
        let file = format!("{}.{direction}", script.stem);
        match error {
            ReplayError::Refused(word) => CheckError::Refused { file, word },
            ReplayError::Transaction(source) => CheckError::Structs(source),
            source => CheckError::Statement {
                file,
                source: Box::new(source),
            },
        }
    })
}

/// A database in memory, with the settings that the migrations will meet.
fn memory(runner: Runner) -> Result<Connection, CheckError> {
    let db = Connection::open_in_memory().map_err(CheckError::Structs)?;
    if runner == Runner::Tablature {
        crate::Options::new().apply(&db, 0)?;
    }
    Ok(db)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::migrations::{Runner, Script};
    use expect_test::{Expect, expect};

    const DDL: &str = "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT;";
    const DOWN: &str = "DROP TABLE posts;";

    fn verdict(files: &[(&str, &str)], recorded: Option<&str>, expect: Expect) {
        let scripts: Vec<_> = files
            .iter()
            .enumerate()
            .map(|(at, (up, down))| Script {
                version: 0,
                name: "",
                stem: ["0001_first", "0002_second"][at],
                up,
                down: (!down.is_empty()).then_some(*down),
            })
            .collect();
        let said = check(Runner::Tablature, &scripts, recorded, DDL)
            .map_or_else(|error| error.to_string(), |()| "they match".to_owned());
        expect.assert_eq(&said);
    }

    #[test]
    fn up_down_and_up_again() {
        verdict(&[(DDL, DOWN)], None, expect!["they match"]);
        verdict(&[(DDL, "")], None, expect!["they match"]);
        verdict(
            &[(DDL, ""), ("DELETE FROM posts", "SELECT 1")],
            None,
            expect![
                "`0002_second` does not hold on witness rows: up does not keep the rows of `posts`: 0 of 6 rows are left; if that is meant, write `-- tablature: allow discard:posts` in the file; mend it, or write `-- tablature: allow unproved` in it if there can be no such rows"
            ],
        );
        verdict(
            &[
                (DDL, ""),
                (
                    "-- tablature: allow discard:posts\nDELETE FROM posts",
                    "SELECT 1",
                ),
            ],
            None,
            expect!["they match"],
        );
    }

    #[test]
    fn what_is_wrong_is_named_by_file() {
        verdict(
            &[("SELECT \"a text\"", "")],
            None,
            expect![[
                r#"`0001_first.up` does not run: statement 1, `SELECT "a text"`: no such column: "a text" - should this be a string literal in single-quotes? in SELECT "a text" at offset 7"#
            ]],
        );
        verdict(
            &[("CREATE TABLE posts (id", "")],
            None,
            expect![
                "`0001_first.up` does not run: statement 1, `CREATE TABLE posts (id`: incomplete input"
            ],
        );
        verdict(
            &[("CREATE TABLE posts (id INTEGER PRIMARY KEY) STRICT", "")],
            None,
            expect![
                "the structs differ from what the migrations lead to: `posts.title` is new; run `cargo tablature generate`"
            ],
        );
        verdict(
            &[(DDL, "SELECT 1")],
            None,
            expect![
                "`0001_first.down` does not lead back to the schema before `0001_first.up`: after it, table `posts` is new"
            ],
        );
        verdict(
            &[(DDL, "DROP TABLE post")],
            None,
            expect![
                "`0001_first.down` does not run: statement 1, `DROP TABLE post`: no such table: post"
            ],
        );
        verdict(
            &[("BEGIN; COMMIT", "")],
            None,
            expect![
                "`0001_first.up` says `BEGIN`, but it is run inside a transaction; take that statement away"
            ],
        );
        verdict(
            &[
                (DDL, DOWN),
                (
                    "CREATE TABLE IF NOT EXISTS x (a); DROP TABLE x",
                    "CREATE INDEX i ON posts (title)",
                ),
            ],
            None,
            expect![
                "`0002_second.down` does not lead back to the schema before `0002_second.up`: after it, index `i` is new"
            ],
        );
        verdict(
            &[(DDL, DOWN)],
            Some("-- migration 0001_first 0000000000000000\n"),
            expect![
                "`0001_first` was changed since schema.sql was written: its checksum is 758ec83feef04cce, schema.sql has 0000000000000000; if that is intended and it was not applied anywhere, run `cargo tablature generate`"
            ],
        );
    }
}
