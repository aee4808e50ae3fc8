//! A writer, readers and a backup at once.

use super::folder;
use image_stats::jobs::{Job, NewJob, Total};
use image_stats::{STATS, backup, sample};
use jiff::Timestamp;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use tablature::{Insert, Table, testing};

const BATCH: u32 = 500;
const BATCHES: u32 = 40;

/// Readers wait for nobody, and see whole batches or nothing of them; so does a backup.
#[test]
fn readers_and_a_backup_see_whole_batches_while_a_writer_writes() {
    let folder = folder("concurrent");
    let path = folder.join("stats.db");
    let db = STATS.open(&path).unwrap();
    let files = sample::files(&db, "photos/", 10).unwrap();
    let ended = AtomicBool::new(false);
    let reads = thread::scope(|scope| {
        scope.spawn(|| {
            let db = STATS.open(&path).unwrap();
            for _ in 0..BATCHES {
                NewJob::insert_all(&db, sample::jobs(&files, BATCH)).unwrap();
            }
            ended.store(true, Ordering::Release);
        });
        let reader = || {
            let db = STATS.open(&path).unwrap();
            let mut reads = 0;
            while !ended.load(Ordering::Acquire) {
                let totals = Total::between(&db, Timestamp::UNIX_EPOCH, Timestamp::MAX).unwrap();
                let jobs: i64 = totals.iter().map(|it| it.jobs + it.failed).sum();
                assert_eq!(jobs % i64::from(BATCH), 0);
                reads += 1;
            }
            reads
        };
        let readers = [scope.spawn(reader), scope.spawn(reader)];
        let copy = folder.join("copy.db");
        backup::back_up(&db, &copy).unwrap();
        let copy = STATS.open(&copy).unwrap();
        testing::check(&copy).unwrap();
        assert_eq!(Job::count(&copy).unwrap() % u64::from(BATCH), 0);
        readers.map(|it| it.join().unwrap())
    });
    assert!(reads.iter().all(|it| *it > 0), "{reads:?}");
    assert_eq!(Job::count(&db).unwrap(), u64::from(BATCH * BATCHES));
}
