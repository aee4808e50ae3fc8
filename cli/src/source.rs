use crate::failure::Failure;
use std::path::Path;
use tablature::schema::Schema;
use tablature::{Connection, inspect};

/// The schema of a `.sql` file or a database file.
pub(crate) fn schema(source: &str) -> Result<Schema, Failure> {
    let path = Path::new(source);
    let failed = |error: &dyn std::fmt::Display| Failure::Error(format!("{source}: {error}"));
    let db = if path
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("sql"))
    {
        let text = std::fs::read_to_string(path).map_err(|error| failed(&error))?;
        let db = tablature::plan::scratch().map_err(|error| failed(&error))?;
        db.execute_batch(&text).map_err(|error| failed(&error))?;
        db
    } else {
        use tablature::rusqlite::OpenFlags;
        Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
        )
        .map_err(|error| failed(&error))?
    };
    inspect(&db).map_err(|error| failed(&error))
}
