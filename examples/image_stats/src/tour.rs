//! What the README shows.

use crate::days::Week;
use crate::files::{File, Format};
use crate::jobs::{Job, NewJob, Total};
use crate::settings::{Setting, SettingChange};
use crate::{STATS, backup, retention, sample, versions};
use jiff::SignedDuration;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;
use tablature::{Connection, Insert, Table};

type Toured = Result<(), Box<dyn Error>>;

/// Prints the tour; its database stands in a folder that has none yet.
pub fn run(out: &mut impl Write, folder: &Path) -> Toured {
    let path = folder.join("stats.db");
    an_old_database(&path)?;
    let mut db = versions::open(&path)?;
    upgrade(out, &db, folder)?;
    bulk(out, &db)?;
    statistics(out, &db)?;
    settings(out, &db)?;
    keep_less(out, &mut db)?;
    back_up_and_restore(out, &mut db, folder)?;
    back_to_the_first_version(out, db, &path)
}

/// What version 1 has left: its tables, and rows as it wrote them.
fn an_old_database(path: &Path) -> Toured {
    let mut db = Connection::open(path)?;
    STATS.migrate_to(&mut db, 1)?;
    db.execute_batch(
        "INSERT INTO files VALUES (1, 'Été/ÉCLAIR.PNG', 'png', 800, 600);
         INSERT INTO jobs VALUES (1, 1, 'webp', 90000, 30000, 41, 'libwebp 1.3', NULL, 1769731200),
                                 (2, 1, 'jpeg', 90000, 90000, 12, 'mozjpeg 4.1', 'disk full', 1769731260);
         INSERT INTO settings (key, value) VALUES ('quality', '80')",
    )?;
    Ok(())
}

fn upgrade(out: &mut impl Write, db: &Connection, folder: &Path) -> Toured {
    writeln!(
        out,
        "== The application starts, and finds a database of version 1"
    )?;
    writeln!(out, "{}", STATS.status(db)?)?;
    let backups = fs::read_dir(folder.join("backups"))?.count();
    writeln!(out, "backups: {backups}")?;
    for file in File::starting_with(db, "été/é")? {
        writeln!(out, "{} is found as {}", file.path, file.folded)?;
        for job in Job::newest_of(db, file.id, 10)? {
            let (status, at) = (job.status, job.finished_at);
            writeln!(out, "  {at} {status:?}{}", told(job.error.as_deref()))?;
        }
    }
    Ok(())
}

fn bulk(out: &mut impl Write, db: &Connection) -> Toured {
    writeln!(out, "\n== 100,000 jobs in one transaction")?;
    let files = sample::files(db, "photos/", 200)?;
    let inserted = NewJob::insert_all(db, sample::jobs(&files, 100_000))?;
    writeln!(out, "{inserted} inserted, {} jobs", Job::count(db)?)?;
    Ok(())
}

fn statistics(out: &mut impl Write, db: &Connection) -> Toured {
    writeln!(out, "\n== By format, in the first week of January")?;
    let week = SignedDuration::from_hours(7 * 24);
    for total in Total::between(db, sample::START, sample::START + week)? {
        let (jobs, failed, percent) = (total.jobs, total.failed, total.percent());
        writeln!(
            out,
            "{:?}: {jobs} jobs, {failed} failed, {percent} % smaller",
            total.format
        )?;
    }
    let weeks = Week::all(db)?;
    writeln!(out, "the week up to each of the last three days:")?;
    for Week {
        day, saved_in_week, ..
    } in weeks.iter().rev().take(3)
    {
        writeln!(out, "  {day}: {} MB saved", saved_in_week / 1_000_000)?;
    }
    let last_day = sample::START + SignedDuration::from_hours(28 * 24);
    writeln!(
        out,
        "failed since {last_day}: {}",
        Job::failed_since(db, last_day)?.len()
    )?;
    for job in Job::largest_savings(db, 1)? {
        writeln!(
            out,
            "job {} saved most: {} bytes",
            job.id,
            job.bytes_before - job.bytes_after
        )?;
    }
    Ok(())
}

fn settings(out: &mut impl Write, db: &Connection) -> Toured {
    writeln!(out, "\n== Two windows change one setting")?;
    if let Some(read) = Setting::get(db, "quality")? {
        writeln!(out, "the first writes 85: {}", read.change(db, "85")?)?;
        writeln!(
            out,
            "the second writes 60, and has read version {}: {}",
            read.version,
            read.change(db, "60")?
        )?;
    }
    for SettingChange {
        old_value,
        new_value,
        ..
    } in SettingChange::of(db, "quality")?
    {
        let [old, new] = [&old_value, &new_value].map(|it| it.as_deref().unwrap_or("nothing"));
        writeln!(out, "  {old} became {new}")?;
    }
    if let Err(error) = db.execute("UPDATE setting_changes SET new_value = '99'", ()) {
        writeln!(out, "the trail stays as it is: {error}")?;
    }
    Ok(())
}

fn keep_less(out: &mut impl Write, db: &mut Connection) -> Toured {
    writeln!(out, "\n== Old jobs go, what they saved stays")?;
    let saved = |db: &Connection| -> tablature::Result<i64> {
        Ok(Week::all(db)?.iter().map(|it| it.saved).sum())
    };
    let before = saved(db)?;
    let deleted = retention::keep_newest(db, 300)?;
    writeln!(
        out,
        "all but the newest 300 of each image: {deleted} deleted"
    )?;
    let deleted =
        retention::forget_before(db, sample::START + SignedDuration::from_hours(20 * 24))?;
    writeln!(out, "what is older than twenty days: {deleted} deleted")?;
    writeln!(
        out,
        "{} jobs are left; the sum is the same: {}",
        Job::count(db)?,
        before == saved(db)?
    )?;
    Ok(())
}

fn back_up_and_restore(out: &mut impl Write, db: &mut Connection, folder: &Path) -> Toured {
    writeln!(out, "\n== A backup, an accident, and the backup again")?;
    let copy = folder.join("copy.db");
    backup::back_up(db, &copy)?;
    db.execute("DELETE FROM files", ())?;
    writeln!(
        out,
        "after the accident: {} files, {} jobs",
        File::count(db)?,
        Job::count(db)?
    )?;
    backup::restore(db, &copy)?;
    writeln!(
        out,
        "restored: {} files, {} jobs",
        File::count(db)?,
        Job::count(db)?
    )?;
    Ok(())
}

fn back_to_the_first_version(out: &mut impl Write, mut db: Connection, path: &Path) -> Toured {
    writeln!(out, "\n== Back to version 1, and up again")?;
    let before = Job::all(&db)?;
    let avif = tablature::upsert!(&db, File {
        path: "new.avif", folded: "new.avif", format: Format::Avif, width: 1u32, height: 1u32,
    } on (path))?;
    if let Err(error) = versions::downgrade(&mut db, path, 1) {
        writeln!(out, "refused: {error}")?;
    }
    File::delete(&db, avif)?;
    for migration in &versions::downgrade(&mut db, path, 1)? {
        writeln!(out, "undone {:04} {}", migration.version, migration.name)?;
    }
    let old = "SELECT encoder, size_in, size_out FROM jobs WHERE finished_at = 1769731200";
    let encoder: Option<String> = db.prepare(old)?.query_row((), |row| row.get(0)).ok();
    writeln!(out, "version 1 reads an encoder: {encoder:?}")?;
    versions::close(db)?;
    let db = versions::open(path)?;
    writeln!(
        out,
        "up again, every job is as it was: {}",
        Job::all(&db)? == before
    )?;
    Ok(())
}

fn told(error: Option<&str>) -> String {
    error.map_or_else(String::new, |it| format!(": {it}"))
}
