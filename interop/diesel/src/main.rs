//! `interop-diesel DATABASE FOLDER up`, or `down LEFT`: runs the folders `NNNN_name/up.sql` that are pending with diesel,
//! or reverts the newest until so many are left, on a connection as diesel opens it.

use diesel::{Connection as _, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness as _};

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (database, folder, left) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..]
    {
        [database, folder, "up"] => (database, folder, None),
        [database, folder, "down", left] => (database, folder, Some(left.parse::<usize>()?)),
        _ => return Err("DATABASE FOLDER up|down LEFT".into()),
    };
    let migrations = FileBasedMigrations::from_path(folder)?;
    let mut db = SqliteConnection::establish(database)?;
    match left {
        None => println!("{}", db.run_pending_migrations(migrations)?.len()),
        Some(left) => {
            let count = db.applied_migrations()?.len() - left;
            for _ in 0..count {
                db.revert_last_migration(migrations.clone())?;
            }
            println!("-{count}");
        }
    }
    Ok(())
}
