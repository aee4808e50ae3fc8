//! Databases of development, which follow the structs without files.

use crate::SCHEMA;
use std::path::Path;
use tablature::plan::Hints;
use tablature::{Connection, Report, Result, plan};

/// Opens a database, or makes it, and brings it to the structs; tells the steps.
pub fn open(path: &Path) -> Result<(Connection, Report<plan::Step>)> {
    let mut db = SCHEMA.open(path)?;
    let steps = SCHEMA.push(&mut db, &Hints::default())?;
    Ok((db, steps))
}
