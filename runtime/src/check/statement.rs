use super::arguments::ArgumentError;
use super::explain::{Explanation, explain};
use super::names::Names;
use crate::sql::statements::ranges as statements;
use rusqlite::Connection;

/// What a statement takes and returns, as SQLite has prepared it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// The parameters by number: the first has number 1.
    pub parameters: Vec<Parameter>,
    /// The columns of its rows.
    pub columns: Vec<Column>,
    /// Whether it leaves the database as it is.
    pub is_readonly: bool,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// From 1.
    pub number: usize,
    /// `:a`, `@a`, `$a` or `?3` as it is written; none for `?`, and for a number that is left out.
    pub name: Option<String>,
}

/// A column of the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The declared type of the column of a table that it is.
    pub declared_type: Option<String>,
    /// Which column of which table it is; none for an expression, and where SQLite was built without
    /// `SQLITE_ENABLE_COLUMN_METADATA`: the feature `bundled` has it.
    pub origin: Option<Origin>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Origin {
    /// The table.
    pub table: String,
    /// The column's name there.
    pub column: String,
}

/// Why a statement would fail.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StatementError {
    /// SQLite does not prepare it.
    #[error("{}", .explanation.message)]
    Refused {
        /// What is wrong, and where.
        explanation: Explanation,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// Other arguments than parameters.
    #[error(transparent)]
    Arguments(#[from] ArgumentError),
    /// An INSERT was asked for.
    #[error("this is no INSERT or REPLACE: `{0}`; `check::statement` takes any statement")]
    NoInsert(String),
    /// It has failed while it ran.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
}

/// Prepares a statement without running it, and says what it takes and returns.
///
/// ```
/// use tablature::{Connection, check};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let db = Connection::open_in_memory()?;
/// db.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL)")?;
/// let statement = check::statement(&db, "SELECT id, title AS t FROM posts WHERE id > :after LIMIT ?")?;
/// assert!(statement.is_readonly);
/// assert_eq!(statement.parameters[0].name.as_deref(), Some(":after"));
/// assert_eq!(statement.parameters.len(), 2);
/// assert_eq!(statement.columns[1].name, "t");
/// assert_eq!(statement.columns[1].declared_type.as_deref(), Some("TEXT"));
/// # #[cfg(feature = "bundled")]
/// assert_eq!(statement.columns[1].origin.as_ref().unwrap().column, "title");
/// # Ok(())
/// # }
/// ```
pub fn statement(db: &Connection, sql: &str) -> Result<Statement, StatementError> {
    let statement = db.prepare(sql).map_err(|source| refused(db, sql, source))?;
    Ok(Statement {
        parameters: parameters(&statement),
        columns: columns(&statement),
        is_readonly: statement.readonly(),
    })
}

/// The parameters of a statement.
pub(crate) fn parameters(statement: &rusqlite::Statement<'_>) -> Vec<Parameter> {
    let numbers = 1..=statement.parameter_count();
    let parameters = numbers.map(|number| Parameter {
        number,
        name: statement.parameter_name(number).map(str::to_owned),
    });
    parameters.collect()
}

/// The error with names. Where they cannot be read, SQLite's own words have to do.
pub(super) fn refused(db: &Connection, sql: &str, source: rusqlite::Error) -> StatementError {
    if let rusqlite::Error::MultipleStatement = source {
        let message = "several statements; give one, or run them with `execute_batch`".to_owned();
        let range = statements(sql).into_iter().nth(1);
        let explanation = Explanation { message, range };
        return StatementError::Refused {
            explanation,
            source,
        };
    }
    let names = Names::of(db).unwrap_or_default();
    let (message, offset) = said(sql, &source);
    StatementError::Refused {
        explanation: explain(sql, &message, offset, &names),
        source,
    }
}

/// The message, and the place of it in the whole text: SQLite has seen the text from the statement that it refuses.
fn said(sql: &str, error: &rusqlite::Error) -> (String, Option<usize>) {
    match error {
        rusqlite::Error::SqlInputError {
            msg,
            sql: seen,
            offset,
            ..
        } => {
            let before = sql.len().checked_sub(seen.len());
            let at = before.zip(usize::try_from(*offset).ok());
            (msg.clone(), at.map(|(before, offset)| before + offset))
        }
        rusqlite::Error::SqliteFailure(_, Some(message)) => (message.clone(), None),
        error => (error.to_string(), None),
    }
}

#[cfg(feature = "bundled")]
fn columns(statement: &rusqlite::Statement<'_>) -> Vec<Column> {
    let origins = statement.columns_with_metadata();
    let columns = statement.columns().zip(origins).map(|(column, origin)| {
        let names = origin.table_name().zip(origin.origin_name());
        Column {
            name: column.name().to_owned(),
            declared_type: column.decl_type().map(str::to_owned),
            origin: names.map(|(table, column)| Origin {
                table: table.to_owned(),
                column: column.to_owned(),
            }),
        }
    });
    columns.collect()
}

#[cfg(not(feature = "bundled"))]
fn columns(statement: &rusqlite::Statement<'_>) -> Vec<Column> {
    let columns = statement.columns().map(|column| Column {
        name: column.name().to_owned(),
        declared_type: column.decl_type().map(str::to_owned),
        origin: None,
    });
    columns.collect()
}
