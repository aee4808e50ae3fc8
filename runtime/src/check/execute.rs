use super::arguments::Arguments;
use super::statement::{Parameter, StatementError, refused};
use rusqlite::{Connection, Params};

/// `execute` whose errors name tables, columns and parameters.
pub trait Checked: sealed::Sealed {
    /// Runs a statement, and says how many rows it has changed. What it costs more than `execute` is paid by errors alone.
    ///
    /// One that returns rows is refused before it writes. A named parameter that is not given is NULL, as for `execute`.
    ///
    /// ```
    /// use tablature::check::Checked as _;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let db = tablature::Connection::open_in_memory()?;
    /// db.execute_batch("CREATE TABLE posts (author_id, slug, title, body, status)")?;
    /// let sql = "INSERT INTO posts (author_id, slug, title, body, status) VALUES (?1, ?2, ?3, ?4)";
    /// assert_eq!(
    ///     db.execute_checked(sql, [1, 2, 3, 4]).unwrap_err().to_string(),
    ///     "`posts`: 5 columns (author_id, slug, title, body, status), 4 values: `status` has none",
    /// );
    /// let sql = "INSERT INTO posts (slug, title) VALUES (:slug, :title)";
    /// assert_eq!(
    ///     db.execute_checked(sql, &[(":slug", "a"), (":titel", "A")]).unwrap_err().to_string(),
    ///     "no parameter `:titel`; did you mean `:title`?",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    fn execute_checked(&self, sql: &str, params: impl Params) -> Result<usize, StatementError>;
}

/// Sealed, so that it can grow.
mod sealed {
    pub trait Sealed {}
    impl Sealed for rusqlite::Connection {}
}

impl Checked for Connection {
    fn execute_checked(&self, sql: &str, params: impl Params) -> Result<usize, StatementError> {
        let mut statement = self
            .prepare(sql)
            .map_err(|source| refused(self, sql, source))?;
        if statement.column_count() > 0 {
            return Err(StatementError::Sqlite(
                rusqlite::Error::ExecuteReturnedResults,
            ));
        }
        let error = match statement.execute(params) {
            Ok(rows) => return Ok(rows),
            Err(error) => error,
        };
        let arguments = match &error {
            rusqlite::Error::InvalidParameterCount(given, _) => Arguments::Counted(*given),
            rusqlite::Error::InvalidParameterName(name) => Arguments::Named(vec![name.clone()]),
            _ => return Err(StatementError::Sqlite(error)),
        };
        let parameters = (1..=statement.parameter_count()).map(|number| Parameter {
            number,
            name: statement.parameter_name(number).map(str::to_owned),
        });
        let parameters: Vec<Parameter> = parameters.collect();
        arguments.check(sql, &parameters)?;
        Err(StatementError::Sqlite(error))
    }
}
