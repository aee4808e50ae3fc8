//! Values that nobody expects.

use image_stats::files::{File, Format};
use image_stats::jobs::{Job, NewJob, Total};
use image_stats::settings::Setting;
use image_stats::{STATS, retention, sample};
use jiff::Timestamp;
use tablature::{Insert, Table, testing};

const TEXTS: [&str; 9] = [
    "'); DROP TABLE files; --",
    "\"quoted\" `name` [x]",
    "100%_off",
    "a\0b",
    "",
    "\u{202E}gpj.xe",
    "👩‍👩‍👧‍👦/ßẞİı.png",
    "C:\\Users\\Ann\n",
    "\u{10FFFF}\u{10FFFF}",
];

#[test]
fn paths_and_settings_are_any_text() {
    let db = STATS.open_in_memory().unwrap();
    for text in TEXTS {
        let id = File::see(&db, text, Format::Png, (1, u32::MAX)).unwrap();
        assert_eq!(File::get(&db, id).unwrap().unwrap().path, text);
        assert_eq!(File::see(&db, text, Format::Webp, (2, 2)).unwrap(), id);
        let found = File::starting_with(&db, text).unwrap();
        assert!(found.iter().any(|it| it.id == id), "{text:?}");
        assert!(Setting::create(&db, text, text).unwrap());
        let read = Setting::get(&db, text).unwrap().unwrap();
        assert!(read.change(&db, &text.repeat(1_000)).unwrap());
    }
    assert_eq!(File::count(&db).unwrap(), TEXTS.len() as u64);
    testing::check(&db).unwrap();
}

#[test]
fn a_wildcard_is_a_character() {
    let db = STATS.open_in_memory().unwrap();
    for path in ["100%.png", "100 percent.png", "a_b.png", "aXb.png"] {
        File::see(&db, path, Format::Png, (1, 1)).unwrap();
    }
    for (typed, count) in [("100%", 1), ("A_", 1), ("%", 0), ("", 4)] {
        let found = File::starting_with(&db, typed).unwrap();
        assert_eq!(found.len(), count, "{typed:?}");
    }
}

#[test]
fn numbers_and_moments_have_no_edge() {
    let mut db = STATS.open_in_memory().unwrap();
    let files = sample::files(&db, "photos/", 1).unwrap();
    let Some(job) = sample::jobs(&files, 1).next() else {
        return;
    };
    let first: Timestamp = "0000-01-01T00:00:00Z".parse().unwrap();
    for finished_at in [first, Timestamp::UNIX_EPOCH, Timestamp::MAX] {
        let job = NewJob {
            bytes_before: i64::MAX,
            bytes_after: 1,
            millis: u32::MAX,
            finished_at,
            ..job
        };
        let id = job.insert(&db).unwrap();
        let read = Job::get(&db, id).unwrap().unwrap();
        assert_eq!(
            (read.finished_at, read.bytes_before),
            (finished_at, i64::MAX)
        );
    }
    let error = NewJob {
        finished_at: Timestamp::MIN,
        ..job
    }
    .insert(&db)
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`jobs`.`finished_at`: -009999-01-02T01:59:59Z is out of range for the years 0000 to 9999"
    );
    // A sum that no integer holds is an error, and never a wrong number; neither is a row lost for it.
    let error = Total::between(&db, first, Timestamp::MAX).unwrap_err();
    assert_eq!(error.to_string(), "integer overflow");
    let moment = Timestamp::UNIX_EPOCH;
    let total = Total::between(&db, first, moment).unwrap().remove(0);
    assert_eq!((total.jobs, total.percent()), (1, 99));
    assert_eq!(retention::forget_before(&mut db, moment).unwrap(), 1);
    assert!(retention::keep_newest(&mut db, 0).is_err() || Job::count(&db).unwrap() == 0);
}

#[test]
fn what_makes_no_sense_is_refused_by_name() {
    let db = STATS.open_in_memory().unwrap();
    let error = File::see(&db, "a", Format::Png, (0, 1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`files`: the row breaks the check `has_pixels`: width > 0 AND height > 0"
    );
    let id = File::see(&db, "a", Format::Png, (1, 1)).unwrap();
    let Some(job) = sample::jobs(&[id], 1).next() else {
        return;
    };
    for (job, expected) in [
        (
            NewJob { file_id: 99, ..job },
            "`jobs`: `file_id` refers to a row of `files` that does not exist",
        ),
        (
            NewJob {
                error: Some("why"),
                ..job
            },
            "`jobs`: the row breaks the check `failed_says_why`: (status = 'failed') = (error IS NOT NULL)",
        ),
    ] {
        assert_eq!(job.insert(&db).unwrap_err().to_string(), expected);
    }
}

/// A damaged file, or a tool that switched the checks off.
#[test]
fn what_is_stored_and_makes_no_sense_is_told_by_its_column() {
    let db = STATS.open_in_memory().unwrap();
    let id = File::see(&db, "a", Format::Png, (1, 1)).unwrap();
    db.execute_batch("PRAGMA ignore_check_constraints = ON; UPDATE files SET format = 'bmp'")
        .unwrap();
    let error = File::get(&db, id).unwrap_err().to_string();
    assert_eq!(
        error,
        "`files`.`format`: unknown value 'bmp'; expected one of 'jpeg', 'png', 'webp', 'avif'"
    );
    db.execute_batch("UPDATE files SET format = 'png', width = -1")
        .unwrap();
    let error = File::get(&db, id).unwrap_err().to_string();
    assert_eq!(error, "`files`.`width`: -1 is out of range for u32");
}
