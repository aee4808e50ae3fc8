//! How SQLite finds the rows: no statement that runs all the time may read or sort the whole table.

use expect_test::{Expect, expect};
use tablature::rusqlite::params_from_iter;
use task_queue::{QUEUE, statements};

fn check(sql: &str, expect: Expect) {
    let db = QUEUE.open_in_memory().unwrap();
    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let values = vec!["x"; statement.parameter_count()];
    let lines: Vec<String> = statement
        .query_map(params_from_iter(values), |row| row.get("detail"))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    expect.assert_eq(&lines.join("\n"));
}

#[test]
fn claim() {
    check(
        statements::CLAIM,
        expect![[r#"
        SEARCH tasks USING INTEGER PRIMARY KEY (rowid=?)
        SCALAR SUBQUERY 3
        SEARCH next USING INDEX tasks_next (queue=?)
        CORRELATED SCALAR SUBQUERY 1
        SEARCH dependencies USING PRIMARY KEY (task_id=?)
        SEARCH needed USING INTEGER PRIMARY KEY (rowid=?)
        CORRELATED SCALAR SUBQUERY 2
        SEARCH other USING COVERING INDEX tasks_lanes (lane=?)"#]],
    );
}

#[test]
fn reap() {
    check(
        statements::REAP,
        expect!["SEARCH tasks USING COVERING INDEX tasks_leases (lease_until<?)"],
    );
}

#[test]
fn expire() {
    check(
        statements::EXPIRE,
        expect!["SEARCH tasks USING COVERING INDEX tasks_deadlines (deadline<?)"],
    );
}
