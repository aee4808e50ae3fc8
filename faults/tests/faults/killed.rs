//! A process is killed while it migrates.

use super::library::{Library, Side, beside};
use super::process::Process;
use super::size::Size;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Instant;

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
    let open = |path: &Path| Process::new(&["open", path.to_str().unwrap(), journal]);

    let mut undisturbed = [(); 3].map(|()| {
        let mut process = open(&library.copy());
        let started = Instant::now();
        process.go();
        assert_eq!(process.line(), "done");
        started.elapsed()
    });
    undisturbed.sort();
    let whole = undisturbed[1];

    let (mut old, mut new, mut torn) = (0, 0, 0);
    for number in 0..kills {
        // Some of them fall behind the commit.
        let after = whole * 5 / 4 * number / kills;
        let point =
            format!("{journal}: killed at {number} of {kills}, after {after:?} of {whole:?}");
        let path = library.copy();
        let mut process = open(&path);
        process.go();
        sleep(after);
        process.kill();
        let left = size(&beside(&path, "-wal")) + size(&beside(&path, "-journal"));
        match library.side(&path, &point) {
            Side::Old if left > 0 => (old, torn) = (old + 1, torn + 1),
            Side::Old => old += 1,
            Side::New => new += 1,
        }
        library.completes(&path, &point);
    }
    println!(
        "{journal}: killed at {kills} points of a migration of {rows} rows that takes {whole:?}: {old} old, of which {torn} had to be rolled back, {new} new"
    );
    assert_eq!(old + new, kills);
    assert!(torn > 0 && new > 0, "no point has hit the migration");
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}
