//! `interop-rusqlite-migration DATABASE FOLDER up`, or `down LEFT`: runs `*.up.sql` and `*.down.sql` with
//! `rusqlite_migration`, all that are pending in one transaction, on a connection as rusqlite opens it.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};
use std::fs;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (database, folder, left) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..]
    {
        [database, folder, "up"] => (database, folder, None),
        [database, folder, "down", left] => (database, folder, Some(left.parse()?)),
        _ => return Err("DATABASE FOLDER up|down LEFT".into()),
    };
    let mut ups: Vec<_> = fs::read_dir(folder)?
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .map(|it| it.path())
        .collect();
    ups.retain(|path| path.to_string_lossy().ends_with(".up.sql"));
    ups.sort();
    let mut files = Vec::new();
    for up in &ups {
        let down = up.to_string_lossy().replace(".up.sql", ".down.sql");
        files.push((fs::read_to_string(up)?, fs::read_to_string(down)?));
    }
    let migrations = files
        .iter()
        .map(|(up, down)| M::up(up).down(down).foreign_key_check());
    let migrations = Migrations::from_iter(migrations);
    let mut db = Connection::open(database)?;
    let pending = migrations.pending_migrations(&db)?;
    match left {
        None => migrations.to_latest(&mut db)?,
        Some(left) => migrations.to_version(&mut db, left)?,
    }
    println!("{}", pending - migrations.pending_migrations(&db)?);
    Ok(())
}
