//! Settings, their versions, and the trail that they leave.

use super::folder;
use image_stats::STATS;
use image_stats::settings::{Setting, SettingChange};
use jiff::{SignedDuration, Timestamp};
use std::thread;
use tablature::{Connection, Table};

/// The trail, the oldest first.
fn trail(db: &Connection, key: &str) -> Vec<(Option<String>, Option<String>)> {
    let changes = SettingChange::of(db, key).unwrap().into_iter().rev();
    changes.map(|it| (it.old_value, it.new_value)).collect()
}

#[test]
fn every_way_of_writing_leaves_a_trail() {
    let db = STATS.open_in_memory().unwrap();
    assert!(Setting::create(&db, "quality", "80").unwrap());
    assert!(!Setting::create(&db, "quality", "1").unwrap());
    let read = Setting::get(&db, "quality").unwrap().unwrap();
    assert!(read.change(&db, "85").unwrap());
    assert!(!read.change(&db, "60").unwrap());
    tablature::upsert!(
        &db,
        Setting {
            key: "quality",
            value: "90"
        }
    )
    .unwrap();
    db.execute(
        "REPLACE INTO settings (key, value) VALUES ('quality', '95')",
        (),
    )
    .unwrap();
    // The same value again is no change.
    db.execute("UPDATE settings SET value = value", ()).unwrap();
    Setting::delete(&db, "quality").unwrap();
    let text = |it: &str| Some(it.to_owned());
    assert_eq!(
        trail(&db, "quality"),
        [
            (None, text("80")),
            (text("80"), text("85")),
            (text("85"), text("90")),
            // REPLACE deletes and inserts.
            (text("90"), None),
            (None, text("95")),
            (text("95"), None),
        ]
    );
}

#[test]
fn a_change_that_is_rolled_back_leaves_none() {
    let mut db = STATS.open_in_memory().unwrap();
    let transaction = db.transaction().unwrap();
    Setting::create(&transaction, "quality", "80").unwrap();
    transaction.rollback().unwrap();
    assert_eq!(SettingChange::count(&db).unwrap(), 0);
}

#[test]
fn nobody_changes_the_trail() {
    let db = STATS.open_in_memory().unwrap();
    Setting::create(&db, "quality", "80").unwrap();
    for column in ["key", "old_value", "new_value", "at"] {
        let sql = format!("UPDATE setting_changes SET {column} = '2000-01-01T00:00:00.000000000Z'");
        let error = db.execute(&sql, ()).unwrap_err().to_string();
        assert_eq!(error, format!("setting_changes.{column} is immutable"));
    }
    let mut change = SettingChange::of(&db, "quality").unwrap().remove(0);
    change.new_value = Some("99".to_owned());
    let error = change.update(&db).unwrap_err().to_string();
    assert_eq!(
        error,
        "`setting_changes`: refused by a trigger: setting_changes.new_value is immutable"
    );
}

#[test]
fn the_trail_is_forgotten_by_age_and_its_numbers_are_not_given_again() {
    let db = STATS.open_in_memory().unwrap();
    Setting::create(&db, "quality", "80").unwrap();
    let before = Timestamp::now() - SignedDuration::from_hours(1);
    assert_eq!(SettingChange::forget_before(&db, before).unwrap(), 0);
    let after = Timestamp::now() + SignedDuration::from_hours(1);
    assert_eq!(SettingChange::forget_before(&db, after).unwrap(), 1);
    Setting::delete(&db, "quality").unwrap();
    assert_eq!(SettingChange::of(&db, "quality").unwrap()[0].id, 2);
}

/// Without the version, writes that came between a read and a write would be lost.
#[test]
fn no_change_of_many_windows_is_lost() {
    const WINDOWS: usize = 4;
    const CLICKS: usize = 25;
    let path = folder("windows").join("stats.db");
    Setting::create(&STATS.open(&path).unwrap(), "clicks", "0").unwrap();
    thread::scope(|scope| {
        for _ in 0..WINDOWS {
            scope.spawn(|| {
                let db = STATS.open(&path).unwrap();
                for _ in 0..CLICKS {
                    loop {
                        let read = Setting::get(&db, "clicks").unwrap().unwrap();
                        let clicks: usize = read.value.parse().unwrap();
                        if read.change(&db, &(clicks + 1).to_string()).unwrap() {
                            break;
                        }
                    }
                }
            });
        }
    });
    let db = STATS.open(&path).unwrap();
    let clicks = Setting::get(&db, "clicks").unwrap().unwrap();
    assert_eq!(clicks.value, (WINDOWS * CLICKS).to_string());
    assert_eq!(clicks.version, 1 + i64::try_from(WINDOWS * CLICKS).unwrap());
    assert_eq!(trail(&db, "clicks").len(), 1 + WINDOWS * CLICKS);
}
