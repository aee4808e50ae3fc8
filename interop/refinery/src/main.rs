//! `interop-refinery DATABASE FOLDER up|together`: runs what is pending with refinery, each file in a transaction of its
//! own or all in one, on a connection as rusqlite opens it.

use refinery::{Runner, load_sql_migrations};
use rusqlite::Connection;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, folder, command] = arguments.as_slice() else {
        return Err("DATABASE FOLDER up|together".into());
    };
    let together = match command.as_str() {
        "up" => false,
        "together" => true,
        other => return Err(format!("refinery has no `{other}`").into()),
    };
    let mut db = Connection::open(database)?;
    let report = Runner::new(&load_sql_migrations(folder)?)
        .set_grouped(together)
        .run(&mut db)?;
    println!("{}", report.applied_migrations().len());
    Ok(())
}
