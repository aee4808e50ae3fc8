//! `interop-sqlx DATABASE FOLDER up`, or `down LEFT`: runs what is pending with sqlx's migrator, or undoes the newest
//! until so many are left, on a connection as sqlx opens it.

use sqlx::ConnectOptions as _;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use std::path::Path;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (database, folder, left) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..]
    {
        [database, folder, "up"] => (database, folder, None),
        [database, folder, "down", left] => (database, folder, Some(left.parse::<usize>()?)),
        _ => return Err("DATABASE FOLDER up|down LEFT".into()),
    };
    let migrator = Migrator::new(Path::new(folder)).await?;
    let mut db = SqliteConnectOptions::new()
        .filename(database)
        .create_if_missing(true)
        .connect()
        .await?;
    let count = "SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'";
    let before = match sqlx::query_scalar::<_, i64>(count)
        .fetch_one(&mut db)
        .await?
    {
        0 => 0,
        _ => applied(&mut db).await?,
    };
    match left {
        None => migrator.run_direct(None, &mut db, false).await?,
        Some(left) => {
            let mut ups = migrator
                .iter()
                .filter(|it| it.migration_type.is_up_migration());
            let newest = left
                .checked_sub(1)
                .and_then(|at| ups.nth(at))
                .map_or(0, |it| it.version);
            migrator.undo(&mut db, newest).await?;
        }
    }
    println!("{}", applied(&mut db).await? - before);
    Ok(())
}

async fn applied(db: &mut sqlx::SqliteConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations WHERE success")
        .fetch_one(db)
        .await
}
