//! A process is killed while it migrates.

use super::library::{Library, Side, beside};
use super::process::Process;
use super::size::Size;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

#[test]
fn with_a_write_ahead_log() {
    check("wal");
}

#[test]
fn with_a_rollback_journal() {
    check("delete");
}

fn check(journal: &str) {
    let Size { rows, kills, .. } = Size::chosen();
    let library = Library::new(rows, journal);
    let (mut old, mut new, mut torn) = (0, 0, 0);
    let (mut whole, mut shortest, mut longest) = (Duration::ZERO, Duration::MAX, Duration::ZERO);
    // The last fifth of the points falls behind the commit; where the machine becomes slower, those that are added.
    for number in 0..kills + 20 {
        if number >= kills && new > 0 {
            break;
        }
        if number % 5 == 0 {
            whole = undisturbed(&library, journal);
            (shortest, longest) = (shortest.min(whole), longest.max(whole));
        }
        let after = match number.checked_sub(kills) {
            None => whole * 5 / 4 * number / kills,
            Some(more) => whole * (more + 2),
        };
        let point = format!("{journal}: kill {number}, after {after:?} of {whole:?}");
        let (mut process, path) = started(&library, journal);
        process.go();
        sleep(after);
        process.kill();
        let left = size(&beside(&path, "-wal")) + size(&beside(&path, "-journal"));
        match library.side(&path, &point) {
            Side::Old => (old, torn) = (old + 1, torn + u32::from(left > 0)),
            Side::New => new += 1,
        }
        library.completes(&path, &point);
    }
    println!(
        "{journal}: killed at {} points of a migration of {rows} rows that takes {shortest:?} to {longest:?}: {old} old, of which {torn} had to be rolled back, {new} new",
        old + new
    );
    assert!(torn > 0 && new > 0, "no point has hit the migration");
}

/// How long the migration takes at present, when nobody is killed.
fn undisturbed(library: &Library, journal: &str) -> Duration {
    let (mut process, _) = started(library, journal);
    let start = Instant::now();
    process.go();
    assert_eq!(process.line(), "done");
    start.elapsed()
}

fn started(library: &Library, journal: &str) -> (Process, PathBuf) {
    let path = library.copy();
    let process = Process::new(&["open", path.to_str().unwrap(), journal]);
    (process, path)
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}
