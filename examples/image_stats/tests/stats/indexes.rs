//! Which index each question takes.

use super::{folder, with_jobs};
use expect_test::{Expect, expect};
use image_stats::files::File;
use image_stats::jobs::{Job, NewJob, Total};
use image_stats::{STATS, sample, versions};
use tablature::{Connection, Insert, Table};

/// How SQLite would run a statement, line by line.
fn check(db: &Connection, sql: &str, expect: Expect) {
    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let count = statement.parameter_count();
    let nothing = vec![tablature::types::Value::Null; count];
    let parameters = tablature::rusqlite::params_from_iter(nothing);
    let lines = statement.query_map(parameters, |row| row.get(3)).unwrap();
    let lines: Vec<String> = lines.map(Result::unwrap).collect();
    expect.assert_eq(&lines.join("\n"));
}

#[test]
fn each_question_takes_its_index() {
    let db = with_jobs(100, 10_000);
    let of = |select: &str, rest: &str| format!("{select} {rest}");
    let jobs = Job::SQL.select;
    check(
        &db,
        &of(jobs, Job::FAILED),
        expect!["SEARCH jobs USING INDEX jobs_failed (finished_at>?)"],
    );
    check(
        &db,
        &of(jobs, Job::LARGEST),
        expect!["SCAN jobs USING INDEX jobs_by_saving"],
    );
    check(
        &db,
        &of(jobs, Job::NEWEST),
        expect!["SEARCH jobs USING INDEX jobs_file_id_finished_at_idx (file_id=?)"],
    );
    let format = "WHERE format = 'webp' AND finished_at >= ?1 AND finished_at < ?2";
    check(
        &db,
        &of(jobs, format),
        expect![
            "SEARCH jobs USING INDEX jobs_format_finished_at_idx (format=? AND finished_at>? AND finished_at<?)"
        ],
    );
    check(
        &db,
        &of(File::SQL.select, File::STARTING),
        expect!["SEARCH files USING INDEX files_folded_idx (folded>? AND folded<?)"],
    );
    let path = "WHERE path = ?1";
    check(
        &db,
        &of(File::SQL.select, path),
        expect!["SEARCH files USING INDEX files_path_key (path=?)"],
    );
    check(
        &db,
        "DELETE FROM files WHERE id = ?1",
        expect![[r#"
        SEARCH files USING INTEGER PRIMARY KEY (rowid=?)
        SEARCH jobs USING COVERING INDEX jobs_file_id_finished_at_idx (file_id=?)"#]],
    );
    check(
        &db,
        "DELETE FROM jobs__kept WHERE id = ?1",
        expect!["SEARCH jobs__kept USING INDEX jobs__kept_key (id=?)"],
    );
}

/// The index begins with the format, which the question does not name. Once SQLite knows that there are few formats, it
/// looks for the window in each of them.
#[test]
fn totals_read_the_window_alone_once_the_database_was_closed() {
    let path = folder("closed").join("stats.db");
    let db = versions::open(&path).unwrap();
    let files = sample::files(&db, "photos/", 100).unwrap();
    NewJob::insert_all(&db, sample::jobs(&files, 10_000)).unwrap();
    let scan = expect!["SCAN jobs USING INDEX jobs_format_finished_at_idx"];
    check(&db, Total::SQL, scan);
    versions::close(db).unwrap();
    let db = versions::open(&path).unwrap();
    let search = expect![
        "SEARCH jobs USING INDEX jobs_format_finished_at_idx (ANY(format) AND finished_at>? AND finished_at<?)"
    ];
    check(&db, Total::SQL, search);
    assert!(STATS.verify(&db).unwrap().is_empty());
}
