//! refinery: each file in a transaction of its own.

#[path = "../../answer.rs"]
mod answer;

use refinery::{Migration, Runner};
use rusqlite::Connection;

fn main() {
    let migrations: Vec<Migration> = answer::files()
        .iter()
        .map(|(stem, sql)| {
            let (number, name) = stem.split_once('_').unwrap();
            let number: u32 = number.parse().unwrap();
            Migration::unapplied(&format!("V{number}__{name}"), sql).unwrap()
        })
        .collect();
    answer::answer(|_, settings, path| {
        let mut db = Connection::open(path).unwrap();
        match settings {
            "wal" => db
                .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
                .unwrap(),
            _ => {}
        }
        let report = Runner::new(&migrations).run(&mut db).unwrap();
        assert_eq!(report.applied_migrations().len(), 50);
    });
}
