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

    // Some of the points fall behind the commit; on a machine that has become slower, those that are added.
    let points = (0..kills).map(|number| whole * 5 / 4 * number / kills);
    let more = (2..20).map(|times| whole * times);
    let (mut old, mut new, mut torn) = (0, 0, 0);
    for (number, after) in (1..).zip(points.chain(more)) {
        if number > kills && new > 0 {
            break;
        }
        let point = format!("{journal}: kill {number}, after {after:?} of {whole:?}");
        let path = library.copy();
        let mut process = open(&path);
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
        "{journal}: killed at {} points of a migration of {rows} rows that takes {whole:?}: {old} old, of which {torn} had to be rolled back, {new} new",
        old + new
    );
    assert!(torn > 0 && new > 0, "no point has hit the migration");
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}
