//! Many jobs, and what is asked of them.

use super::with_jobs;
use image_stats::days::Week;
use image_stats::files::Format;
use image_stats::jobs::{Job, NewJob, Total};
use image_stats::{STATS, sample};
use jiff::{SignedDuration, Timestamp};
use std::time::{Duration, Instant};
use tablature::{Insert, Table};

/// Measured: a fraction of a second, optimised or not. One transaction for each would be minutes.
#[test]
fn a_hundred_thousand_jobs_are_inserted_in_seconds() {
    let db = STATS.open_in_memory().unwrap();
    let files = sample::files(&db, "photos/", 500).unwrap();
    let started = Instant::now();
    let inserted = NewJob::insert_all(&db, sample::jobs(&files, 100_000)).unwrap();
    let took = started.elapsed();
    assert_eq!((inserted, Job::count(&db).unwrap()), (100_000, 100_000));
    assert!(took < Duration::from_secs(20), "{took:?}");
}

#[test]
fn one_bad_job_among_many_is_named_and_none_is_inserted() {
    let db = STATS.open_in_memory().unwrap();
    let files = sample::files(&db, "photos/", 1).unwrap();
    let jobs = sample::jobs(&files, 1_000)
        .enumerate()
        .map(|(n, job)| NewJob {
            bytes_after: if n == 777 { 0 } else { job.bytes_after },
            ..job
        });
    let error = NewJob::insert_all(&db, jobs).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`jobs`: the row breaks the check `bytes_after_positive`: bytes_after > 0"
    );
    assert_eq!(Job::count(&db).unwrap(), 0);
}

/// The same as SQL adds up, added up in Rust.
#[test]
fn totals_are_those_of_the_window() {
    let db = with_jobs(10, 5_000);
    let moment = |hours| sample::START + SignedDuration::from_hours(hours);
    let (from, to) = (moment(3), moment(20));
    let all = Job::all(&db).unwrap();
    let window = |job: &&Job| job.finished_at >= from && job.finished_at < to;
    let totals = Total::between(&db, from, to).unwrap();
    assert_eq!(totals.len(), 3);
    for total in totals {
        let jobs = all
            .iter()
            .filter(window)
            .filter(|it| it.format == total.format);
        let (failed, done): (Vec<&Job>, Vec<&Job>) = jobs.partition(|it| it.error.is_some());
        let expected = Total {
            format: total.format,
            jobs: i64::try_from(done.len()).unwrap(),
            failed: i64::try_from(failed.len()).unwrap(),
            bytes_before: done.iter().map(|it| it.bytes_before).sum(),
            bytes_after: done.iter().map(|it| it.bytes_after).sum(),
        };
        assert!(expected.jobs > 500 && expected.failed > 5, "{expected:?}");
        assert_eq!(total, expected);
    }
    assert_eq!(Total::between(&db, to, from).unwrap(), []);
}

#[test]
fn a_week_ends_on_its_seventh_day_even_where_days_are_missing() {
    let db = STATS.open_in_memory().unwrap();
    let file_id = sample::files(&db, "photos/", 1).unwrap()[0];
    let Some(job) = sample::jobs(&[file_id], 1).next() else {
        return;
    };
    for day in ["2026-03-01", "2026-03-02", "2026-03-08", "2026-03-20"] {
        let finished_at: Timestamp = format!("{day}T12:00:00Z").parse().unwrap();
        let job = NewJob {
            bytes_before: 10,
            bytes_after: 4,
            finished_at,
            ..job
        };
        job.insert(&db).unwrap();
    }
    let weeks = Week::all(&db).unwrap();
    let weeks: Vec<(&str, i64)> = weeks
        .iter()
        .map(|it| (it.day.as_str(), it.saved_in_week))
        .collect();
    assert_eq!(
        weeks,
        [
            ("2026-03-01", 6),
            ("2026-03-02", 12),
            ("2026-03-08", 12),
            ("2026-03-20", 6)
        ]
    );
}

#[test]
fn lists_are_in_order() {
    let db = with_jobs(10, 2_000);
    let failed = Job::failed_since(&db, sample::START).unwrap();
    assert_eq!(failed.len(), 39);
    assert!(failed.is_sorted_by(|a, b| a.finished_at >= b.finished_at));
    let saved = |job: &Job| job.bytes_before - job.bytes_after;
    let largest = Job::largest_savings(&db, 20).unwrap();
    assert!(largest.is_sorted_by(|a, b| saved(a) >= saved(b)));
    let most = Job::all(&db).unwrap().iter().map(saved).max();
    assert_eq!(largest.first().map(saved), most);
    let newest = Job::newest_of(&db, failed[0].file_id, 5).unwrap();
    assert!(newest.len() == 5 && newest.is_sorted_by(|a, b| a.finished_at >= b.finished_at));
    assert!(newest.iter().all(|it| it.format != Format::Avif));
}
