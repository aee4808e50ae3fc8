use super::MigrateError;
use super::watch::Watch;
use crate::migrations::{Runner, Script};
use crate::sql::lexer::Kind;
use crate::sql::statements::statements;
use crate::sql::tokens::Tokens;
use crate::sqlite::scratch::first_line;
use rusqlite::fallible_iterator::FallibleIterator as _;
use rusqlite::{Batch, Connection};

/// Why the statements of a file could not be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// A statement fails.
    #[error("statement {number}, `{statement}`: {source}")]
    Statement {
        /// Which, from 1.
        number: usize,
        /// Its first line.
        statement: String,
        /// What the database says.
        source: rusqlite::Error,
    },
    /// The transaction around it fails.
    #[error(transparent)]
    Transaction(#[from] rusqlite::Error),
    /// The first words of a statement that is the runner's business.
    #[error("it says `{0}`, but it is run inside a transaction; take that statement away")]
    Refused(String),
    /// wrangler would not run what is written.
    #[error(
        "it has the words `BEGIN TRANSACTION`, which wrangler takes out of a file or refuses, in texts and comments too; write them in another way"
    )]
    Wrangled,
}

impl ReplayError {
    pub(super) fn of(self, script: &Script<'_>) -> MigrateError {
        let stem = script.stem.to_owned();
        match self {
            Self::Statement {
                number,
                statement,
                source,
            } => MigrateError::Statement {
                stem,
                number,
                statement,
                source: Box::new(source),
            },
            Self::Transaction(source) => MigrateError::Sqlite(source),
            Self::Refused(word) => MigrateError::Refused { stem, word },
            Self::Wrangled => MigrateError::Refused {
                stem,
                word: WRANGLED.to_owned(),
            },
        }
    }
}

/// Runs a migration's text as its runner does, on a scratch database without a history.
///
/// ```
/// use tablature::migrations::{Runner, replay};
///
/// let db = tablature::plan::scratch()?;
/// replay(&db, Runner::Sqlx, "CREATE TABLE posts (id INTEGER PRIMARY KEY)")?;
/// assert!(replay(&db, Runner::Sqlx, "COMMIT").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn replay(db: &Connection, runner: Runner, sql: &str) -> Result<(), ReplayError> {
    as_written(runner, sql)?;
    db.pragma_update(None, "foreign_keys", runner != Runner::Tablature)?;
    let transaction = db.unchecked_transaction()?;
    run_script(&transaction, sql)?;
    transaction.commit()?;
    Ok(())
}

/// That the runner runs the text as it is. See
/// <https://github.com/cloudflare/workers-sdk/blob/main/packages/wrangler/src/d1/trimmer.ts>.
pub(crate) fn as_written(runner: Runner, sql: &str) -> Result<(), ReplayError> {
    if runner == Runner::D1 && sql.contains(WRANGLED) {
        return Err(ReplayError::Wrangled);
    }
    Ok(())
}

const WRANGLED: &str = "BEGIN TRANSACTION";

/// Runs the statements of a file, one by one, inside the transaction that is open.
pub(crate) fn run_script(db: &Connection, sql: &str) -> Result<(), ReplayError> {
    run_watched(db, sql, None)
}

/// The same, and somebody is told of each.
pub(super) fn run_watched(
    db: &Connection,
    sql: &str,
    watch: Option<&Watch>,
) -> Result<(), ReplayError> {
    let mut batch = Batch::new(db, sql);
    let mut number = 0;
    loop {
        number += 1;
        let told = |statement: &str| watch.map_or(Ok(()), |it| it.statement(db, number, statement));
        match next(&mut batch, told) {
            Ok(Next::End) => return Ok(()),
            Ok(Next::Done) => {}
            Ok(Next::Refused(word)) => return Err(ReplayError::Refused(word.to_owned())),
            Err(source) => {
                let statement = statements(sql).get(number - 1).copied().unwrap_or_default();
                return Err(ReplayError::Statement {
                    number,
                    statement: first_line(statement).to_owned(),
                    source,
                });
            }
        }
    }
}

enum Next {
    Done,
    Refused(&'static str),
    End,
}

fn next(
    batch: &mut Batch<'_, '_>,
    told: impl Fn(&str) -> rusqlite::Result<()>,
) -> rusqlite::Result<Next> {
    let Some(mut statement) = batch.next()? else {
        return Ok(Next::End);
    };
    let sql = statement.expanded_sql().unwrap_or_default();
    if let Some(word) = refused(&sql) {
        return Ok(Next::Refused(word));
    }
    told(&sql)?;
    let mut rows = statement.query(())?;
    while rows.next()?.is_some() {}
    Ok(Next::Done)
}

/// A statement that would end the transaction under us, that has no effect inside it, or that reaches for other files.
fn refused(statement: &str) -> Option<&'static str> {
    let mut tokens = Tokens::first(statement, 5);
    let is_empty = |it: &Tokens<'_>| it.peek().is_some_and(|it| it.kind == Kind::Semicolon);
    if is_empty(&tokens) {
        // SQLite gives the empty statements before it, too.
        tokens = Tokens::new(statement);
        while is_empty(&tokens) {
            tokens.next();
        }
    }
    for word in ["BEGIN", "COMMIT", "END", "VACUUM", "ATTACH", "DETACH"] {
        if tokens.is(word) {
            return Some(word);
        }
    }
    if tokens.is("ROLLBACK") && !(0..4).any(|ahead| tokens.is_ahead(ahead, "TO")) {
        return Some("ROLLBACK");
    }
    if tokens.is("PRAGMA") && tokens.is_ahead(1, "foreign_keys") {
        return Some("PRAGMA foreign_keys");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::replay;
    use crate::migrations::Runner;

    #[test]
    fn a_text_that_wrangler_would_change_is_refused() {
        let sql = "CREATE TABLE a (b DEFAULT 'BEGIN TRANSACTION;')";
        let run = |runner| replay(&crate::plan::scratch().unwrap(), runner, sql);
        assert!(run(Runner::Sqlx).is_ok());
        assert_eq!(
            run(Runner::D1).unwrap_err().to_string(),
            "it has the words `BEGIN TRANSACTION`, which wrangler takes out of a file or refuses, in texts and comments too; write them in another way"
        );
    }
}
