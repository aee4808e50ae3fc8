//! `rusqlite_migration`: all files in one transaction, and no history of them but a number.

#[path = "../../answer.rs"]
mod answer;

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

fn main() {
    let files = answer::files();
    let migrations = Migrations::new(files.iter().map(|(_, sql)| M::up(sql)).collect());
    answer::answer(|_, settings, path| {
        let mut db = Connection::open(path).unwrap();
        match settings {
            "wal" => db
                .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
                .unwrap(),
            _ => {}
        }
        migrations.to_latest(&mut db).unwrap();
    });
}
