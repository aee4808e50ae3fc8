//! Reading works, and writing fails: once, or from then on.

use super::library::{Folder, JOURNALS, Library, Side};
use super::settings::settings;
use super::size::Size;
use rusqlite::{Connection, ffi};
use std::collections::BTreeMap;
use std::path::Path;
use tablature::{JournalMode, Options};
use tablature_faults::vfs::{self, Fault};
use tablature_faults::{LIBRARY, State};

#[test]
fn a_rebuild_survives() {
    let Size { errors, .. } = Size::chosen();
    for journal in JOURNALS {
        let library = Library::new(1000, journal);
        let run = |fault| {
            let path = library.copy();
            let result = vfs::with(fault, || {
                let mut db = Connection::open(faulty(&path)).unwrap();
                db.pragma_update(None, "cache_size", 20).unwrap();
                let before = settings(&db);
                let result = LIBRARY.migrate(&mut db);
                assert_eq!(settings(&db), before, "{fault:?}");
                assert!(db.is_autocommit(), "{fault:?}");
                result.map_err(|error| error.to_string())
            });
            (path, result)
        };
        let (_, (result, operations)) = run(None);
        result.unwrap();
        let mut seen = BTreeMap::new();
        for fault in faults(operations, errors) {
            let point = format!("{journal}, of {operations}: {fault:?}");
            let (path, (result, _)) = run(Some(fault));
            let side = library.side(&path, &point);
            if result.is_ok() {
                assert_eq!(side, Side::New, "{point}");
            }
            // It may also be new behind an error: the end of the transaction is in the log, and to sync that has failed.
            *seen.entry((side == Side::New, result.is_ok())).or_insert(0) += 1;
            library.completes(&path, &point);
        }
        println!(
            "{journal}: faults at {operations} operations, by (new, without an error): {seen:?}"
        );
        assert!(seen.contains_key(&(false, false)));
        // What fails behind the commit, at the checkpoint, is nobody's loss. A rollback journal has nothing behind it.
        assert_eq!(seen.contains_key(&(true, true)), journal == "wal");
    }
}

#[test]
fn a_fresh_database_survives() {
    let Size { errors, .. } = Size::chosen();
    let folder = Folder::new();
    for (journal, mode) in [("wal", JournalMode::Wal), ("delete", JournalMode::Delete)] {
        let options = Options::new().journal_mode(mode);
        let whole = folder.0.join(format!("{journal}.db"));
        let open = |path: &Path, fault| {
            vfs::with(fault, || {
                let opened = LIBRARY.open_with(faulty(path), &options);
                opened.map(drop).map_err(|error| error.to_string())
            })
        };
        let (result, operations) = open(&whole, None);
        result.unwrap();
        let whole = State::of(&Connection::open(whole).unwrap()).unwrap();
        let mut refused = 0;
        for (number, fault) in faults(operations, errors).into_iter().enumerate() {
            let path = folder.0.join(format!("{journal}-{number}.db"));
            let (result, _) = open(&path, Some(fault));
            refused += u32::from(result.is_err());
            let db = Connection::open(&path).unwrap();
            let objects: i64 = db
                .query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0))
                .unwrap();
            if result.is_ok() || objects > 0 {
                assert_eq!(State::of(&db).unwrap(), whole, "{journal}: {fault:?}");
            }
            drop(db);
            let db = LIBRARY.open(&path).unwrap();
            assert_eq!(State::of(&db).unwrap(), whole, "{journal}: {fault:?}");
        }
        println!(
            "{journal}: faults at {operations} operations of a fresh database, {refused} refused"
        );
        assert!(refused > 0);
    }
}

/// Each operation, or as many as are wanted, spread, and the last ones, around the commit.
fn faults(operations: u64, wanted: u32) -> Vec<Fault> {
    let stride = (operations / u64::from(wanted)).max(1);
    let spread = (1..=operations).step_by(usize::try_from(stride).unwrap());
    let mut points: Vec<u64> = spread
        .chain(operations.saturating_sub(20).max(1)..=operations)
        .collect();
    points.sort_unstable();
    points.dedup();
    let kinds = [
        (false, ffi::SQLITE_IOERR),
        (true, ffi::SQLITE_IOERR),
        (false, ffi::SQLITE_FULL),
        (true, ffi::SQLITE_FULL),
    ];
    points
        .into_iter()
        .flat_map(|at| kinds.map(|(for_good, code)| Fault { at, for_good, code }))
        .collect()
}

fn faulty(path: &Path) -> String {
    format!("file:{}?vfs={}", path.display(), vfs::NAME)
}
