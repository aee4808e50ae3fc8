//! Jobs as they come in, the same every time: for the tour and for the tests.

use crate::files::{File, Format};
use crate::jobs::{NewJob, Status};
use jiff::{SignedDuration, Timestamp};
use tablature::Connection;

/// Midnight of the first of January 2026, when the first job ends.
pub const START: Timestamp = Timestamp::constant(1_767_225_600, 0);

/// From one job to the next.
const STEP: SignedDuration = SignedDuration::from_secs(25);

/// Images of a folder, or of what else a path starts with. Returns their keys.
pub fn files(db: &Connection, start: &str, count: u32) -> tablature::Result<Vec<i64>> {
    (0..count)
        .map(|n| File::see(db, &format!("{start}{n:04}.png"), Format::Png, (1920, 1080)))
        .collect()
}

/// Jobs over some images, one after the other. Now and then one fails.
pub fn jobs(files: &[i64], count: u32) -> impl Iterator<Item = NewJob<'static>> {
    let formats = [Format::Webp, Format::Jpeg, Format::Webp, Format::Png];
    let images = files.iter().copied().cycle();
    (0..count).zip(images).map(move |(n, file_id)| {
        let bytes_before = 100_000 + i64::from(n) * 7_919 % 900_000;
        let failed = n % 51 == 50;
        let percent = if failed { 100 } else { 40 + i64::from(n % 40) };
        NewJob {
            file_id,
            status: if failed { Status::Failed } else { Status::Done },
            format: formats[n as usize % formats.len()],
            bytes_before,
            bytes_after: bytes_before * percent / 100,
            millis: 20 + n % 300,
            error: failed.then_some("out of memory"),
            finished_at: START + STEP * i32::try_from(n).unwrap_or(i32::MAX),
        }
    })
}
