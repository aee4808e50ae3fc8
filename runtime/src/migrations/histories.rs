use crate::schema::{Schema, same_name};

/// The tables in which runners write down what they have applied.
const HISTORIES: [&str; 6] = [
    "tablature_migrations",
    "refinery_schema_history",
    "_sqlx_migrations",
    "d1_migrations",
    "__diesel_schema_migrations",
    "_turbosql_migrations",
];

/// A schema without the tables in which runners keep their history.
///
/// ```
/// use tablature::{Connection, inspect, migrations};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let db = Connection::open_in_memory()?;
/// db.execute_batch("CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY)")?;
/// assert!(migrations::without_histories(inspect(&db)?).tables.is_empty());
/// # Ok(())
/// # }
/// ```
pub fn without_histories(mut schema: Schema) -> Schema {
    let is_history = |name: &str| HISTORIES.iter().any(|it| same_name(it, name));
    schema.tables.retain(|it| !is_history(&it.name));
    schema.indexes.retain(|it| !is_history(&it.table));
    schema.triggers.retain(|it| !is_history(&it.table));
    schema
}
