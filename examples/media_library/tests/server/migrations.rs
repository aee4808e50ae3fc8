//! Databases of every earlier version, with rows, brought to the newest by refinery.

use jiff::civil::date;
use media_library::library::{Download, DownloadStatus, LIBRARY, Movie};
use media_library::store::{self, Store};
use refinery::Target;
use std::thread;
use tablature::diff::diff;
use tablature::{Connection, Table, inspect, testing};
use tempfile::TempDir;

const NEWEST: i32 = 5;

/// A database with the settings of the application, on which refinery has run the first migrations.
fn at(folder: &TempDir, version: i32) -> Connection {
    let mut db = LIBRARY.open(folder.path().join("media.db")).unwrap();
    store::migrations()
        .set_target(Target::Version(version))
        .run(&mut db)
        .unwrap();
    db
}

fn count(db: &Connection, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    db.query_row(&sql, (), |row| row.get(0)).unwrap()
}

fn tables(db: &Connection) -> Vec<String> {
    let schema = inspect(db).unwrap();
    schema
        .tables
        .into_iter()
        .map(|table| table.name)
        .filter(|name| name != "refinery_schema_history")
        .collect()
}

#[test]
fn rows_of_every_version_arrive() {
    for version in 1..NEWEST {
        let folder = tempfile::tempdir().unwrap();
        let mut db = at(&folder, version);
        let unfilled = testing::fill(&db, 40, 7).unwrap();
        assert!(unfilled.is_empty(), "{unfilled:?}");
        let before: Vec<_> = tables(&db)
            .into_iter()
            .map(|it| (count(&db, &it), it))
            .collect();
        store::migrations().run(&mut db).unwrap();
        testing::check(&db).unwrap();
        for (rows, table) in before {
            assert!(rows >= 40, "`{table}` has {rows} rows");
            assert_eq!(count(&db, &table), rows, "`{table}` from version {version}");
        }
    }
}

#[test]
fn all_versions_lead_to_the_structs() {
    let wanted = inspect(&LIBRARY.open_in_memory().unwrap()).unwrap();
    for version in 1..=NEWEST {
        let folder = tempfile::tempdir().unwrap();
        let mut db = at(&folder, version);
        store::migrations().run(&mut db).unwrap();
        db.execute_batch("DROP TABLE refinery_schema_history")
            .unwrap();
        let changes = diff(&inspect(&db).unwrap(), &wanted);
        assert_eq!(changes, [], "from version {version}");
    }
}

#[test]
fn a_year_becomes_a_date_and_its_downloads_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut db = at(&folder, 3);
    db.execute_batch(
        "INSERT INTO users (id, email, name) VALUES (1, 'ann@example.org', 'Ann');
         INSERT INTO movies (id, title, year, genres) VALUES (7, 'The General', 1926, '[\"comedy\"]');
         INSERT INTO downloads (id, user_id, movie_id, status, received, size) VALUES (9, 1, 7, 'running', 5, 10);",
    )
    .unwrap();
    store::migrations().run(&mut db).unwrap();
    let movie = Movie::get(&db, 7).unwrap().unwrap();
    assert_eq!(movie.released_on, Some(date(1926, 1, 1)));
    assert_eq!(
        (movie.title.as_str(), movie.genres),
        ("The General", vec!["comedy".to_owned()])
    );
    let download = Download::get(&db, 9).unwrap().unwrap();
    assert_eq!(
        (download.movie_id, download.received, download.status),
        (Some(7), 5, DownloadStatus::Running)
    );
    assert_eq!(Movie::search(&db, "general", 1).unwrap()[0].row.id, 7);
    let next = tablature::insert!(
        &db,
        Download {
            user_id: 1,
            movie_id: 7,
            size: 1
        }
    );
    assert_eq!(next.unwrap(), 10);
}

#[test]
fn a_second_start_has_nothing_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("media.db");
    drop(Store::open(&path, 1).unwrap());
    drop(Store::open(&path, 1).unwrap());
    let mut db = LIBRARY.open(&path).unwrap();
    assert!(
        store::migrations()
            .run(&mut db)
            .unwrap()
            .applied_migrations()
            .is_empty()
    );
    assert_eq!(count(&db, "refinery_schema_history"), i64::from(NEWEST));
}

#[test]
fn of_many_that_start_at_once_one_migrates() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("media.db");
    thread::scope(|threads| {
        let open = || Store::open(&path, 1).unwrap();
        for started in [(); 6].map(|()| threads.spawn(open)) {
            started.join().unwrap();
        }
    });
    let db = LIBRARY.open(&path).unwrap();
    assert_eq!(count(&db, "refinery_schema_history"), i64::from(NEWEST));
}

/// `schema!` compares its files with the structs; those that refinery runs are the same.
#[test]
fn refinery_runs_the_files_that_are_checked() {
    let embedded: Vec<String> = store::migrations()
        .get_migrations()
        .iter()
        .map(ToString::to_string)
        .collect();
    let carried: Vec<&str> = LIBRARY.migrations().iter().map(|it| it.stem).collect();
    assert_eq!(
        embedded,
        carried
            .iter()
            .map(|stem| stem.replace("V00", "V"))
            .collect::<Vec<_>>()
    );
}
