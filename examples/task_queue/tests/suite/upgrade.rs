//! From each of the fifteen versions to today's, and back.

use super::{drain, soon};
use std::collections::BTreeSet;
use tablature::diff::diff;
use tablature::plan::Hints;
use tablature::rusqlite::types::Value as Stored;
use tablature::{Connection, Table, inspect, testing};
use task_queue::{QUEUE, Queue, Task};

const FIRST: &str = "id, queue, kind, payload, state, priority, version, worker, lease_until, attempt, ready_at, created_at, updated_at, started_at, finished_at";

fn stages() -> impl Iterator<Item = i64> {
    QUEUE.migrations().iter().map(|it| it.version)
}

/// A database of a version, with rows of all kinds.
fn filled(stage: i64) -> Connection {
    let db = testing::at(&QUEUE, stage).unwrap();
    assert_eq!(testing::fill(&db, 20, stage.unsigned_abs()).unwrap(), []);
    db
}

fn rows(db: &Connection, columns: &str, table: &str) -> Vec<Vec<Stored>> {
    let mut statement = db
        .prepare(&format!("SELECT {columns} FROM {table} ORDER BY 1, 2"))
        .unwrap();
    let width = statement.column_count();
    let rows = statement.query_map((), |row| (0..width).map(|at| row.get(at)).collect());
    rows.unwrap().map(Result::unwrap).collect()
}

/// All that every version has.
fn common(db: &Connection) -> [Vec<Vec<Stored>>; 3] {
    [
        rows(db, FIRST, "tasks"),
        rows(db, "*", "dependencies"),
        rows(db, "*", "runs"),
    ]
}

fn columns(db: &Connection) -> Vec<String> {
    let schema = inspect(db).unwrap();
    let tasks = schema.table("tasks").unwrap();
    tasks.columns.iter().map(|it| it.name.clone()).collect()
}

#[test]
fn the_table_grows_by_one_column_each_time() {
    let widths: Vec<usize> = stages()
        .map(|it| columns(&testing::at(&QUEUE, it).unwrap()).len())
        .collect();
    assert_eq!(widths, (15..=29).collect::<Vec<_>>());
}

#[test]
fn each_new_column_is_nullable_or_has_a_default() {
    let old = columns(&testing::at(&QUEUE, 1).unwrap());
    let today = inspect(&QUEUE.open_in_memory().unwrap()).unwrap();
    for column in &today.table("tasks").unwrap().columns {
        let harmless = column.not_null.is_none() || column.default.is_some();
        assert!(harmless || old.contains(&column.name), "{}", column.name);
    }
}

#[test]
fn rows_outlive_the_migrations_from_each_version() {
    for stage in stages() {
        let mut db = filled(stage);
        let before = common(&db);
        let report = QUEUE.migrate(&mut db).unwrap();
        assert_eq!(report.len(), usize::try_from(15 - stage).unwrap());
        assert_eq!(common(&db), before, "version {stage}");
        testing::check(&db).unwrap();
        assert_eq!(QUEUE.verify(&db).unwrap().to_string(), "no differences");
        assert_eq!(Task::count(&db).unwrap(), 20);
        assert!(QUEUE.migrate(&mut db).unwrap().is_empty());
    }
}

#[test]
fn push_adds_what_is_missing_to_each_version_and_then_nothing() {
    for stage in stages() {
        let mut db = filled(stage);
        let before = common(&db);
        let steps = QUEUE.push(&mut db, &Hints::default()).unwrap();
        let added: BTreeSet<&str> = steps
            .iter()
            .filter_map(|it| it.sql.strip_prefix("ALTER TABLE tasks ADD COLUMN "))
            .collect();
        assert_eq!(
            added.len(),
            usize::try_from(15 - stage).unwrap(),
            "version {stage}: {steps}"
        );
        assert!(
            steps
                .iter()
                .all(|it| it.sql.contains(" ADD COLUMN ") || it.sql.contains(" INDEX ")),
            "{steps}"
        );
        assert_eq!(common(&db), before, "version {stage}");
        testing::check(&db).unwrap();
        assert_eq!(QUEUE.verify(&db).unwrap().to_string(), "no differences");
        let schema = inspect(&db).unwrap();
        assert!(QUEUE.push(&mut db, &Hints::default()).unwrap().is_empty());
        assert_eq!(diff(&schema, &inspect(&db).unwrap()), []);
        // It is the database that the migrations make.
        assert_eq!(
            diff(&schema, &inspect(&QUEUE.open_in_memory().unwrap()).unwrap()),
            []
        );
    }
}

#[test]
fn push_makes_everything_in_an_empty_database() {
    let mut db = Connection::open_in_memory().unwrap();
    assert!(!QUEUE.push(&mut db, &Hints::default()).unwrap().is_empty());
    assert!(QUEUE.push(&mut db, &Hints::default()).unwrap().is_empty());
    // From then on it is one that migrations keep: the history came along, and nothing is left to mark.
    assert_eq!(QUEUE.baseline(&mut db, 15).unwrap(), 0);
    assert!(QUEUE.migrate(&mut db).unwrap().is_empty());
}

#[test]
fn each_version_can_be_gone_back_to() {
    let mut db = filled(15);
    let before = common(&db);
    for stage in stages().collect::<Vec<_>>().into_iter().rev() {
        QUEUE.migrate_down_to(&mut db, stage).unwrap();
        let then = testing::at(&QUEUE, stage).unwrap();
        assert_eq!(
            diff(&inspect(&db).unwrap(), &inspect(&then).unwrap()),
            [],
            "version {stage}"
        );
        assert_eq!(common(&db), before, "version {stage}");
        testing::check(&db).unwrap();
    }
    assert_eq!(QUEUE.migrate(&mut db).unwrap().len(), 14);
    assert_eq!(common(&db), before);
}

#[test]
fn tasks_of_each_version_are_done_by_todays_worker() {
    for stage in stages() {
        let mut db = testing::at(&QUEUE, stage).unwrap();
        db.execute_batch(
            "INSERT INTO tasks (kind, payload, priority) VALUES ('old', '1', -1), ('urgent', '2', 1);
             INSERT INTO tasks (kind, payload, state, worker, attempt, lease_until)
             VALUES ('lost', '3', 'running', 'gone', 1, '2020-01-01T00:00:00.000000000Z');
             INSERT INTO dependencies (task_id, needs_id) VALUES (2, 3)",
        )
        .unwrap();
        QUEUE.migrate(&mut db).unwrap();
        let mut queue = Queue::over(db);
        let kinds = drain(&mut queue, soon());
        assert_eq!(kinds, ["lost", "urgent", "old"], "version {stage}");
        assert!(queue.is_idle("default").unwrap());
    }
}
