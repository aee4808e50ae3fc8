//! What goes, and what stays.

use super::with_jobs;
use image_stats::days::{Day, Week};
use image_stats::jobs::Job;
use image_stats::{retention, sample};
use jiff::SignedDuration;
use tablature::{Connection, Table, testing};

fn saved(db: &Connection) -> i64 {
    Week::all(db).unwrap().iter().map(|it| it.saved).sum()
}

#[test]
fn the_newest_of_each_image_stay() {
    let mut db = with_jobs(7, 1_000);
    let (before, sum) = (Job::all(&db).unwrap(), saved(&db));
    assert_eq!(retention::keep_newest(&mut db, 5).unwrap(), 1_000 - 7 * 5);
    // Jobs come in one after the other, over all images in turn.
    assert_eq!(Job::all(&db).unwrap(), before[1_000 - 35..]);
    assert_eq!(saved(&db), sum);
    assert_eq!(retention::keep_newest(&mut db, 5).unwrap(), 0);
    assert_eq!(retention::keep_newest(&mut db, 0).unwrap(), 35);
    assert_eq!(saved(&db), sum);
    testing::check(&db).unwrap();
}

#[test]
fn what_is_older_than_a_moment_goes_into_its_day() {
    let mut db = with_jobs(7, 10_000);
    let (days, sum) = (Week::all(&db).unwrap(), saved(&db));
    let moment = sample::START + SignedDuration::from_hours(36);
    // Twice, since the second time the day that was cut has a row already.
    let first = retention::forget_before(&mut db, moment - SignedDuration::from_hours(3)).unwrap();
    let second = retention::forget_before(&mut db, moment).unwrap();
    assert_eq!(first + second, 36 * 3600 / 25);
    assert!(
        Job::all(&db)
            .unwrap()
            .iter()
            .all(|it| it.finished_at >= moment)
    );
    assert_eq!(Day::count(&db).unwrap(), 2 * 3);
    assert_eq!((Week::all(&db).unwrap(), saved(&db)), (days, sum));
}

/// Fifty thousand jobs are deleted at once, with what version 3 has kept of version 2's.
#[test]
fn a_large_retention_is_quick() {
    let mut db = with_jobs(50, 100_000);
    db.execute("INSERT INTO jobs__kept SELECT id, 'mozjpeg' FROM jobs", ())
        .unwrap();
    let started = std::time::Instant::now();
    assert_eq!(retention::keep_newest(&mut db, 1_000).unwrap(), 50_000);
    let took = started.elapsed();
    assert!(took < std::time::Duration::from_secs(30), "{took:?}");
    let kept = "SELECT count(*) FROM jobs__kept";
    assert_eq!(db.query_row(kept, (), |row| row.get(0)), Ok(50_000));
}
