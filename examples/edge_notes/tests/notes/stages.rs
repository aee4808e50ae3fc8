//! The versions that the application has had: which rows came with each, and what each migration does with older ones.

use super::rows::{Row, Rows};
use edge_notes::SCHEMA;
use jiff::Timestamp;
use tablature::Connection;
use tablature::types::Value;

/// One version.
pub(super) struct Stage {
    /// What users write then.
    pub(super) rows: &'static str,
    /// What its migration makes of older rows.
    pub(super) up: fn(&mut Rows),
    /// What its way back makes of all rows.
    pub(super) down: fn(&mut Rows),
}

pub(super) const STAGES: [Stage; 5] = [
    Stage {
        rows: "INSERT INTO users (id, email, created_at) VALUES
               (1, 'ann@example.org', 0), (2, 'B''ob@example.org', 1767225600), (9, '\u{fc}@x', -1);
               WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
               INSERT INTO notes (user_id, title, body, created_at, updated_at)
               SELECT i % 2 + 1, substr('--; \"x\" ''' || i || char(10) || '\u{1f600}', 1, 200), '', i, i * 86400 FROM n;
               INSERT INTO notes VALUES (9007199254740993, 9, 'x', 'NULL', 253402128000, 5)",
        up: |rows| {
            rows.make("users");
            rows.make("notes");
        },
        down: |rows| {
            rows.drop("notes");
            rows.drop("users");
        },
    },
    Stage {
        rows: "INSERT INTO tags VALUES (1, 1, 'home'), (2, 1, '%'), (3, 9, 'home');
               INSERT INTO note_tags SELECT id, id % 3 + 1 FROM notes;
               UPDATE notes SET pinned = true, updated_at = 86400 WHERE id = 7",
        up: |rows| {
            rows.set("notes", "pinned", |_| Value::Integer(0));
            rows.make("tags");
            rows.make("note_tags");
        },
        down: |rows| {
            rows.unset("notes", "pinned");
            rows.drop("tags");
            rows.drop("note_tags");
        },
    },
    Stage {
        rows: "INSERT INTO notes (id, user_id, slug, title, body) VALUES (1000, 2, 'a-slug', 'A', 'b')",
        up: |rows| rows.set("notes", "slug", |row| slug(&row["id"])),
        down: |rows| rows.unset("notes", "slug"),
    },
    Stage {
        rows: "INSERT INTO users (id, email) VALUES (10, 'late@example.org');
               INSERT INTO notes (user_id, slug, title, body) VALUES (10, 'first', 'First', 'of ten')",
        up: |rows| moments(rows, of_seconds),
        down: |rows| moments(rows, seconds_of),
    },
    Stage {
        rows: "INSERT INTO shares (note_id, granted_by, granted_to, role) VALUES
               (2, 1, 2, 'writer'), (2, 1, 9, 'reader'), (9007199254740993, 9, 10, 'reader')",
        up: |rows| rows.make("shares"),
        down: |rows| rows.drop("shares"),
    },
];

/// Runs the migrations as D1 does, each with the rows that come with it.
pub(super) fn up_to(db: &mut Connection, stage: usize) {
    for (migration, stage) in SCHEMA.migrations().iter().zip(&STAGES).take(stage) {
        run(db, migration.up);
        db.execute_batch(stage.rows).unwrap();
    }
}

/// In one transaction, with foreign keys on.
pub(super) fn run(db: &mut Connection, sql: &str) {
    let transaction = db.transaction().unwrap();
    transaction.execute_batch(sql).unwrap();
    transaction.commit().unwrap();
}

fn slug(id: &Value) -> Value {
    match id {
        Value::Integer(id) => Value::Text(format!("note-{id}")),
        other => other.clone(),
    }
}

fn moments(rows: &mut Rows, convert: fn(&Value) -> Value) {
    for (table, column) in [
        ("users", "created_at"),
        ("notes", "created_at"),
        ("notes", "updated_at"),
    ] {
        rows.set(table, column, |row: &Row| convert(&row[column]));
    }
}

fn of_seconds(value: &Value) -> Value {
    match value {
        Value::Integer(seconds) => {
            let moment = Timestamp::from_second(*seconds).unwrap();
            Value::Text(format!("{moment:.9}"))
        }
        other => other.clone(),
    }
}

fn seconds_of(value: &Value) -> Value {
    match value {
        Value::Text(moment) => {
            let moment: Timestamp = moment.parse().unwrap();
            Value::Integer(moment.as_second())
        }
        other => other.clone(),
    }
}
