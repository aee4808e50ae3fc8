use super::arguments::Arguments;
use super::bindings::Bindings;
use super::statement::{StatementError, parameters, refused};
use rusqlite::Connection;

/// `execute` whose errors name tables, columns and parameters.
pub trait Checked: sealed::Sealed {
    /// Runs a statement, and says how many rows it has changed. What it costs more than `execute` is paid by errors alone.
    ///
    /// One that returns rows is refused before it writes, and so is one with a named parameter that has no value: `execute`
    /// would take NULL.
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
    /// assert_eq!(
    ///     db.execute_checked(sql, &[(":slug", "a")]).unwrap_err().to_string(),
    ///     "`:title` has no argument, and would be NULL, or what an earlier run has given; give it one, even if it is NULL",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    fn execute_checked(&self, sql: &str, params: impl Bindings) -> Result<usize, StatementError>;
}

/// Sealed, so that it can grow.
mod sealed {
    pub trait Sealed {}
    impl Sealed for rusqlite::Connection {}
}

impl Checked for Connection {
    fn execute_checked(&self, sql: &str, params: impl Bindings) -> Result<usize, StatementError> {
        let mut statement = self
            .prepare(sql)
            .map_err(|source| refused(self, sql, source))?;
        if statement.column_count() > 0 {
            return Err(StatementError::Sqlite(
                rusqlite::Error::ExecuteReturnedResults,
            ));
        }
        if let Some(names) = params.names(&statement) {
            let mut parameters = parameters(&statement);
            for it in &mut parameters {
                it.name.get_or_insert_with(|| format!("?{}", it.number));
            }
            Arguments::Named(names).check(sql, &parameters)?;
        }
        match statement.execute(params) {
            Ok(rows) => Ok(rows),
            Err(error) => {
                if let rusqlite::Error::InvalidParameterCount(given, _) = error {
                    Arguments::Counted(given).check(sql, &parameters(&statement))?;
                }
                Err(StatementError::Sqlite(error))
            }
        }
    }
}
