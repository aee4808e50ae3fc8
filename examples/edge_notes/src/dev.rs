//! Databases of development, which follow the structs without files.

use crate::SCHEMA;
use std::error::Error;
use std::path::Path;
use tablature::plan::{BadHint, Hints};
use tablature::{Connection, inspect};

/// Opens a database, or makes it, and brings it to the structs.
pub fn open(path: &Path) -> Result<Connection, Box<dyn Error>> {
    let mut db = SCHEMA.open(path)?;
    let hints = hints(&db)?;
    SCHEMA.push(&mut db, &hints)?;
    Ok(db)
}

/// What only we know of old rows; `generate` was told the same.
pub fn hints(db: &Connection) -> Result<Hints, Box<dyn Error>> {
    let mut hints = Hints::default();
    let schema = inspect(db)?;
    let Some((users, notes)) = schema.table("users").zip(schema.table("notes")) else {
        return Ok(hints);
    };
    if notes.column("slug").is_none() {
        hints.backfill("notes.slug='note-' || id")?;
    }
    let in_seconds = users
        .column("created_at")
        .is_some_and(|it| it.declared_type == "INTEGER");
    if in_seconds {
        ["users.created_at", "notes.created_at", "notes.updated_at"]
            .into_iter()
            .try_for_each(|it| moment(&mut hints, it))?;
    }
    Ok(hints)
}

fn moment(hints: &mut Hints, place: &str) -> Result<(), BadHint> {
    let column = place.split('.').next_back().unwrap_or(place);
    hints.backfill(&format!(
        "{place}=strftime('%Y-%m-%dT%H:%M:%S.000000000Z', {column}, 'unixepoch')"
    ))
}
