use super::Level;
use super::planner::{Planner, Stop};
use super::renames;
use crate::plan::{Hints, PlanError, Target};
use crate::schema::Schema;

/// A schema under the new names of its tables and columns, as far as the database rewrites what refers to them.
///
/// ```
/// use tablature::plan::{Hints, Target, renamed};
/// use tablature::{Connection, inspect, migrations::Runner};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let from = Connection::open_in_memory()?;
/// from.execute_batch("CREATE TABLE posts (body TEXT); CREATE VIEW bodies AS SELECT body FROM posts")?;
/// let to = Connection::open_in_memory()?;
/// to.execute_batch("CREATE TABLE posts (text TEXT)")?;
/// let mut hints = Hints::default();
/// hints.rename("posts.body=text")?;
/// let schema = renamed(&inspect(&from)?, &inspect(&to)?, &hints, Target::new(Runner::Tablature))?;
/// assert!(schema.view("bodies").unwrap().sql.text().contains("text"));
/// # Ok(())
/// # }
/// ```
pub fn renamed(
    from: &Schema,
    to: &Schema,
    hints: &Hints,
    target: Target,
) -> Result<Schema, PlanError> {
    let schema = || -> Result<Schema, Stop> {
        let mut planner = Planner::new(from, to, hints, target, Level::Least)?;
        renames::run(&mut planner)?;
        Ok(planner.now()?.as_ref().clone())
    };
    schema().map_err(|stop| match stop {
        Stop::Error(error) => error,
        Stop::Failed(reason) => PlanError::Unreached { reason },
    })
}
