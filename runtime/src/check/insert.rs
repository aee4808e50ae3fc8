use super::arguments::Arguments;
use super::explain::{Explanation, listed};
use super::names::Names;
use super::statement::{StatementError, statement};
use crate::schema::same_name;
use crate::sql::insert::{Insert, Source};
use rusqlite::Connection;

/// Whether an INSERT gives each of its columns a value, and whether so many arguments are what it takes. It does not run.
///
/// ```
/// use tablature::{Connection, check};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let db = Connection::open_in_memory()?;
/// db.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT, title TEXT NOT NULL)")?;
/// let sql = "INSERT INTO posts (slug, title) VALUES (?, ?)";
/// check::insert(&db, sql, 2)?;
/// assert_eq!(
///     check::insert(&db, sql, 1).unwrap_err().to_string(),
///     "2 parameters, 1 argument: `?` (number 2) for `title` has none",
/// );
/// # Ok(())
/// # }
/// ```
pub fn insert(db: &Connection, sql: &str, arguments: usize) -> Result<(), StatementError> {
    let described = statement(db, sql)?;
    if Insert::read(sql).is_none() {
        let first = sql.lines().next().unwrap_or_default();
        return Err(StatementError::NoInsert(first.to_owned()));
    }
    Arguments::Counted(arguments).check(sql, &described.parameters)?;
    Ok(())
}

/// What is wrong with an INSERT that SQLite prepares and that fails whenever it runs: a column that is NOT NULL, has no
/// default, and is not named.
///
/// ```
/// use tablature::check::{Names, left_out};
///
/// let db = tablature::Connection::open_in_memory()?;
/// db.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, slug TEXT, title TEXT NOT NULL)")?;
/// let names = Names::of(&db)?;
/// assert_eq!(
///     left_out("INSERT INTO posts (slug) VALUES (?1)", &names).unwrap().message,
///     "`posts`: `title` is NOT NULL and has no default, and is left out",
/// );
/// assert_eq!(left_out("INSERT INTO posts (title) VALUES (?1)", &names), None);
/// # Ok::<(), tablature::rusqlite::Error>(())
/// ```
pub fn left_out(sql: &str, names: &Names) -> Option<Explanation> {
    let insert = Insert::read(sql)?;
    let table = names.table(&insert.table.text).filter(|it| it.is_table)?;
    let given = match (&insert.columns, &insert.source) {
        (_, Source::Defaults) => &[],
        (Some(columns), _) => columns.as_slice(),
        (None, _) => return None,
    };
    let is_missing = |name: &str| given.iter().all(|it| !same_name(&it.text, name));
    let missing: Vec<String> = table
        .columns
        .iter()
        .filter(|it| it.is_required && is_missing(&it.name))
        .map(|it| format!("`{}`", it.name))
        .collect();
    let words = match missing.len() {
        0 => return None,
        1 => ["is", "has", "is"],
        _ => ["are", "have", "are"],
    };
    let [is, has, left] = words;
    Some(Explanation {
        message: format!(
            "`{}`: {} {is} NOT NULL and {has} no default, and {left} left out",
            table.name,
            listed(&missing)
        ),
        range: Some(insert.table.range),
    })
}
