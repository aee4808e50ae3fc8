//! The disk is full.

use super::library::{JOURNALS, Library, Side, beside, connect};
use super::process::Process;
use super::settings::settings;
use super::size::Size;
use rusqlite::Connection;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tablature_faults::{LIBRARY, State};

#[test]
fn pages_run_out() {
    let Size { limits, rows, .. } = Size::chosen();
    for journal in JOURNALS {
        let library = Library::new(rows / 10, journal);
        let at_rest = pages(&Connection::open(library.copy()).unwrap());
        let path = library.copy();
        LIBRARY.migrate(&mut connect(&path, journal)).unwrap();
        let peak = pages(&Connection::open(path).unwrap());
        let (mut old, mut new) = (0, 0);
        for number in 0..=limits {
            let limit = at_rest + (peak - at_rest) * number / limits;
            let point = format!("{journal}: {limit} pages of {peak}");
            let path = library.copy();
            let mut db = connect(&path, journal);
            db.pragma_update(None, "max_page_count", limit).unwrap();
            let before = settings(&db);
            match LIBRARY.migrate(&mut db) {
                Ok(_) => new += 1,
                Err(error) => {
                    old += 1;
                    let error = error.to_string();
                    assert!(
                        error.contains("database or disk is full"),
                        "{error}, {point}"
                    );
                    assert_eq!(State::of(&db).unwrap(), *library.old(), "{point}");
                }
            }
            assert_eq!(settings(&db), before, "{point}");
            // With room, the same connection goes on.
            db.pragma_update(None, "max_page_count", peak * 2).unwrap();
            LIBRARY.migrate(&mut db).unwrap();
            drop(db);
            assert_eq!(library.side(&path, &point), Side::New, "{point}");
        }
        println!("{journal}: {limits} limits from {at_rest} to {peak} pages: {old} old, {new} new");
        assert!(old > 0 && new > 0, "no limit has hit the migration");
    }
}

fn pages(db: &Connection) -> u32 {
    db.query_row("PRAGMA page_count", (), |row| row.get(0))
        .unwrap()
}

/// A disk of its own, which takes the journal too. Where nothing can be mounted, it is said.
#[test]
fn the_disk_runs_out() {
    let Size { limits, rows, .. } = Size::chosen();
    for journal in JOURNALS {
        let library = Library::new(rows / 10, journal);
        let at_rest = fs::metadata(library.copy()).unwrap().len();
        let (mut old, mut new) = (0, 0);
        for number in 0..limits {
            let size = at_rest + at_rest * u64::from(number + 1) / u64::from(limits);
            let point = format!("{journal}: a disk of {size} bytes for a database of {at_rest}");
            let Some(disk) = Disk::new(library.folder().join("disk"), size) else {
                println!("skipped: no disk can be mounted here");
                return;
            };
            let path = disk.0.join("copy.db");
            fs::copy(library.copy(), &path).unwrap();
            let mut process = Process::new(&["open", path.to_str().unwrap(), journal]);
            process.go();
            let told = process.line();
            process.kill();
            // What is there, with its journal, on a disk with room.
            let copy = library.copy();
            for ending in ["", "-wal", "-journal"] {
                let _ = fs::copy(beside(&path, ending), beside(&copy, ending));
            }
            match library.side(&copy, &point) {
                Side::Old => {
                    old += 1;
                    assert!(told.starts_with("failed"), "{told}, {point}");
                }
                Side::New => new += 1,
            }
            library.completes(&copy, &point);
        }
        println!(
            "{journal}: {limits} disks from {at_rest} bytes to twice that: {old} old, {new} new"
        );
        assert!(old > 0 && new > 0, "no disk has hit the migration");
    }
}

/// In memory, mounted.
struct Disk(PathBuf);

impl Disk {
    fn new(path: PathBuf, size: u64) -> Option<Self> {
        fs::create_dir_all(&path).unwrap();
        let size = format!("size={size}");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(&path)
            .output();
        mounted
            .is_ok_and(|it| it.status.success())
            .then_some(Self(path))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).output();
    }
}
