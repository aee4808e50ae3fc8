//! What a program is told: of a migration when it is written, and when it is applied.

use super::Folder;
use expect_test::expect;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tablature::plan::Hints;
use tablature::{Connection, testing};
use task_queue::QUEUE;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn run(command: &str, file: &Path) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_task_queue"))
        .arg(command)
        .arg(file)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// `cargo tablature generate --json` was kept for each migration: it was proved, and needs nobody's agreement.
#[test]
fn each_migration_has_a_report_that_says_it_is_safe() {
    for migration in QUEUE.migrations() {
        let text = fs::read_to_string(here(&format!("reports/{}.json", migration.stem))).unwrap();
        let report: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(report["migration"]["version"], migration.version);
        assert_eq!(report["validation"]["proved"], true, "{}", migration.stem);
        assert_eq!(
            report["validation"]["down"],
            Value::Null,
            "{}",
            migration.stem
        );
        assert_eq!(report["safe_to_deploy"], true, "{}", migration.stem);
        for step in report["steps"].as_array().unwrap() {
            assert!(
                migration
                    .up
                    .contains(step["sql"].as_str().unwrap().trim_end()),
                "{step}"
            );
        }
        let changes = report["changes"].as_array().unwrap();
        let columns: Vec<&Value> = changes
            .iter()
            .filter(|it| it["column"].is_string())
            .collect();
        if migration.version > 1 {
            assert_eq!(columns.len(), 1);
            assert_eq!(
                migration.name,
                format!("add_{}", columns[0]["column"].as_str().unwrap())
            );
            assert!(columns[0]["nullable"] == true || columns[0]["default"].is_string());
        }
    }
    assert_eq!(
        fs::read_dir(here("reports")).unwrap().count(),
        QUEUE.migrations().len()
    );
}

#[test]
fn migrate_and_status_report_in_json() {
    let folder = Folder::new("reports");
    let file = folder.0.join("queue.db");
    QUEUE
        .migrate_to(&mut Connection::open(&file).unwrap(), 13)
        .unwrap();
    let states = run("status", &file);
    assert_eq!(states[12]["state"], "applied");
    assert_eq!(
        states[13].to_string(),
        r#"{"name":"add_cancel_requested","state":"pending","version":14}"#
    );
    let mut applied = run("migrate", &file);
    for migration in applied.as_array_mut().unwrap() {
        let took = migration
            .as_object_mut()
            .unwrap()
            .remove("milliseconds")
            .unwrap();
        assert!(took.is_number(), "{took}");
    }
    expect![[
        r#"[{"name":"add_cancel_requested","version":14},{"name":"add_heartbeat_at","version":15}]"#
    ]]
    .assert_eq(&applied.to_string());
    assert_eq!(run("migrate", &file), Value::Array(vec![]));
    assert_eq!(run("status", &file)[14]["state"], "applied");
}

#[test]
fn push_reports_in_json() {
    let mut db = testing::at(&QUEUE, 13).unwrap();
    let report = QUEUE.push(&mut db, &Hints::default()).unwrap();
    expect![[r#"
        [
          {
            "sql": "ALTER TABLE tasks ADD COLUMN cancel_requested INTEGER NOT NULL DEFAULT 0 CONSTRAINT cancel_requested_values CHECK (cancel_requested IN (0, 1))",
            "reason": "add `tasks.cancel_requested`",
            "cost": "scan"
          },
          {
            "sql": "ALTER TABLE tasks ADD COLUMN heartbeat_at TEXT",
            "reason": "add `tasks.heartbeat_at`",
            "cost": "scan"
          }
        ]"#]].assert_eq(&serde_json::to_string_pretty(&report).unwrap());
}
