//! Values that break careless SQL, and JSON that breaks careless readers.

use super::{claim, get, queue, soon, task};
use jiff::Timestamp;
use serde_json::{Value, json};
use tablature::{WriteError, update};
use task_queue::{NewTask, State, Task};

const TEXTS: [&str; 8] = [
    "",
    "'; DROP TABLE tasks; --",
    "\"queue\"",
    "?1 :name @name $name",
    "nul \0 inside",
    "ünïcode 🦀 \u{202e}",
    "line\r\nline",
    "%_*[a-z]",
];

#[test]
fn texts_come_back_as_they_went_in() {
    let (mut queue, now) = (queue(), soon());
    for text in TEXTS {
        let payload = json!({ text: [text, { "deep": [null, true, -0.5, i64::MIN, u64::MAX] }] });
        let new = NewTask {
            queue: Some(text),
            kind: text,
            payload: payload.clone(),
            dedup_key: Some(text),
            lane: Some(text),
            tags: vec![text.to_owned(), "all".to_owned()],
            ..NewTask::default()
        };
        let id = queue.enqueue(&new, &[]).unwrap();
        assert_eq!(queue.enqueue(&new, &[]).unwrap(), id);
        let job = queue.claim(text, text, super::LEASE, now).unwrap().unwrap();
        assert_eq!(
            (job.id, job.kind.as_str(), &job.payload),
            (id, text, &payload)
        );
        queue.complete(&job, &json!(text), now).unwrap();
        let task = get(&queue, id);
        assert_eq!(
            (task.result, task.queue.as_str()),
            (Some(json!(text)), text)
        );
        assert_eq!(queue.tagged(text).unwrap().len(), 1, "{text:?}");
    }
    assert_eq!(queue.tagged("all").unwrap().len(), TEXTS.len());
    assert_eq!(queue.tagged("al").unwrap().len(), 0);
}

#[test]
fn null_is_a_payload_and_no_result() {
    let (mut queue, now) = (queue(), soon());
    let id = queue.enqueue(&task("null"), &[]).unwrap();
    let job = claim(&mut queue, now).unwrap();
    assert_eq!(job.payload, Value::Null);
    queue.complete(&job, &json!([]), now).unwrap();
    assert_eq!(get(&queue, id).result, Some(json!([])));
}

#[test]
fn what_is_no_value_of_a_column_is_refused_by_name() {
    let mut queue = queue();
    let check = NewTask {
        max_attempts: Some(0),
        ..task("never")
    };
    let error = queue.enqueue(&check, &[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`tasks`: the row breaks the check `max_attempts_check`: max_attempts > 0"
    );
    let id = queue.enqueue(&task("once"), &[]).unwrap();
    let error = update!(queue.db(), Task(id) { progress: 101 }).unwrap_err();
    assert!(matches!(error, WriteError::Check { .. }), "{error}");
    let error = update!(queue.db(), Task(id) { created_at: Timestamp::UNIX_EPOCH }).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`tasks`: refused by a trigger: tasks.created_at is immutable"
    );
    let sql = "UPDATE tasks SET payload = '{' WHERE id = 1";
    assert!(queue.db().execute_batch(sql).is_err());
    assert_eq!(get(&queue, id).state, State::Queued);
}
