//! From each version to each other one, with rows.

use super::{folder, with_jobs};
use expect_test::expect;
use image_stats::files::{File, Format};
use image_stats::jobs::{Job, Status};
use image_stats::{STATS, versions};
use std::fs;
use tablature::{Connection, Table, testing};

/// Everything that a version knows of the rows, in words that are the same in all versions.
fn rows(db: &Connection, version: i64) -> Vec<String> {
    let (before, after) = if version == 1 {
        ("size_in", "size_out")
    } else {
        ("bytes_before", "bytes_after")
    };
    let (bytes_in, bytes_out) = if version == 1 {
        ("bytes_in", "bytes_out")
    } else {
        ("bytes_before", "bytes_after")
    };
    let (moment, encoder) = if version == 3 {
        (
            "unixepoch(finished_at)",
            "(SELECT encoder FROM jobs__kept WHERE jobs__kept.id = jobs.id)",
        )
    } else {
        ("finished_at", "encoder")
    };
    let sql = format!(
        "SELECT json_array('file', id, path, format, width, height) FROM files
         UNION ALL SELECT json_array('job', id, file_id, format, {before}, {after}, millis, error, {moment}, {encoder}) FROM jobs
         UNION ALL SELECT json_array('setting', key, value, version) FROM settings
         UNION ALL SELECT json_array('change', id, key, old_value, new_value, at) FROM setting_changes
         UNION ALL SELECT json_array('day', day, format, jobs, {bytes_in}, {bytes_out}) FROM days
         ORDER BY 1"
    );
    let mut statement = db.prepare(&sql).unwrap();
    let rows = statement.query_map((), |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// A database of a version with the rows that break careless SQL. Only what no version of the application has written is
/// taken out: moments that no calendar has, and times below nothing.
fn filled(version: i64, seed: u64) -> Connection {
    let db = testing::at(&STATS, version).unwrap();
    let unfilled = testing::fill(&db, 40, seed).unwrap();
    assert!(unfilled.is_empty(), "{unfilled:?}");
    if version < 3 {
        let sql = "UPDATE jobs SET finished_at = abs(finished_at % 4102444800), millis = abs(millis % 1000)";
        db.execute(sql, ()).unwrap();
    }
    db
}

#[test]
fn no_row_is_lost_on_the_way_up_from_any_version() {
    for (version, seed) in [(1, 1), (1, 2), (2, 3), (2, 4)] {
        let mut db = filled(version, seed);
        let before = rows(&db, version);
        assert!(before.len() >= 150, "{}", before.len());
        STATS.migrate(&mut db).unwrap();
        testing::check(&db).unwrap();
        assert_eq!(rows(&db, 3), before, "from {version}, seed {seed}");
        assert!(STATS.verify(&db).unwrap().is_empty());
    }
}

#[test]
fn no_row_is_lost_on_the_way_back_to_any_version_and_up_again() {
    for version in [1, 2] {
        let mut db = filled(1, 5);
        STATS.migrate(&mut db).unwrap();
        let (before, jobs) = (rows(&db, 3), Job::all(&db).unwrap());
        STATS.migrate_down_to(&mut db, version).unwrap();
        testing::check(&db).unwrap();
        assert_eq!(rows(&db, version), before, "back to {version}");
        STATS.migrate(&mut db).unwrap();
        assert_eq!(rows(&db, 3), before, "up from {version}");
        assert_eq!(Job::all(&db).unwrap(), jobs);
    }
}

#[test]
fn what_no_older_version_had_is_computed_from_what_it_had() {
    let mut db = testing::at(&STATS, 1).unwrap();
    db.execute_batch(
        "INSERT INTO files VALUES (1, 'ÉTÉ/Straße.PNG', 'png', 1, 1);
         INSERT INTO jobs VALUES (1, 1, 'webp', 9, 3, 41, 'libwebp', NULL, 0), (2, 1, 'webp', 9, 9, 12, NULL, 'disk full', 1)",
    )
    .unwrap();
    STATS.migrate(&mut db).unwrap();
    assert_eq!(File::get(&db, 1).unwrap().unwrap().folded, "été/straße.png");
    let status = |id| Job::get(&db, id).unwrap().unwrap().status;
    assert_eq!([status(1), status(2)], [Status::Done, Status::Failed]);
}

#[test]
fn what_an_older_version_cannot_hold_is_refused_and_nothing_changes() {
    let mut db = with_jobs(3, 100);
    File::see(&db, "new.avif", Format::Avif, (1, 1)).unwrap();
    let before = rows(&db, 3);
    let error = STATS.migrate_down_to(&mut db, 1).unwrap_err();
    expect!["migration `0003_moments_and_any_script` failed at statement 5, `ALTER TABLE files ADD CONSTRAINT format_values CHECK (format IN ('jpeg', 'png', 'webp'))`: constraint failed; the database is as it was: mend the file, or the rows that it cannot take"]
        .assert_eq(&error.to_string());
    assert_eq!(rows(&db, 3), before);
    assert!(STATS.pending(&db).unwrap().is_empty());
}

#[test]
fn the_application_backs_up_what_it_upgrades_and_what_it_downgrades() {
    let folder = folder("upgrades");
    let path = folder.join("stats.db");
    let backups = || {
        let entries = fs::read_dir(folder.join("backups")).unwrap();
        let mut names: Vec<String> = entries
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            // Between the name and the version stands a digest of the path.
            .map(|it| it.split_once(".before-").unwrap().1[..4].to_owned())
            .collect();
        names.sort();
        names
    };
    let mut db = Connection::open(&path).unwrap();
    STATS.migrate_to(&mut db, 1).unwrap();
    drop(db);
    let mut db = versions::open(&path).unwrap();
    assert_eq!(backups(), ["0002"]);
    versions::downgrade(&mut db, &path, 2).unwrap();
    versions::close(db).unwrap();
    versions::close(versions::open(&path).unwrap()).unwrap();
    versions::close(versions::open(&path).unwrap()).unwrap();
    assert_eq!(backups(), ["0002", "0003", "0003"]);
}
