use jiff::Timestamp;
use serde_json::Value;
use tablature::{ColumnType, Insert, Table};

/// Where a task stands.
#[derive(ColumnType, Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for a worker, for its time, or for other tasks.
    Queued,
    /// A worker has it, until its lease ends.
    Running,
    /// It has a result.
    Done,
    /// It was tried as often as it may be.
    Failed,
    /// Nobody wants it any more, or a task that it needs has failed.
    Cancelled,
}

/// One task. The first fifteen columns are as old as the queue; each of the others came with a migration of its own, so
/// it is nullable or has a default, and stands at the end, where `ALTER TABLE` puts it.
#[derive(Table, Clone, Debug, PartialEq)]
#[expect(
    clippy::duplicated_attributes,
    reason = "two indexes hold the rows of one state"
)]
#[table(name = "tasks")]
#[table(index(queue, priority desc, ready_at, name = "tasks_next", where = "state = 'queued'"))]
#[table(index(lease_until, name = "tasks_leases", where = "state = 'running'"))]
#[table(index(lane, unique, name = "tasks_lanes", where = "state = 'running'"))]
#[table(index(deadline, name = "tasks_deadlines", where = "state = 'queued'"))]
pub struct Task {
    /// Never given twice, so that a log can name it.
    #[column(primary_key, autoincrement)]
    pub id: i64,
    /// Workers take from one queue.
    #[column(default = "default")]
    pub queue: String,
    /// Which handler it is for.
    pub kind: String,
    /// What the handler is told.
    pub payload: Value,
    /// Where it stands.
    #[column(default = "queued")]
    pub state: State,
    /// The larger, the sooner.
    #[column(default = 0)]
    pub priority: i32,
    /// Counts what has happened to the task: who writes names the version that was read.
    #[column(default = 0)]
    pub version: i64,
    /// Who runs it.
    pub worker: Option<String>,
    /// Until when the worker has it.
    pub lease_until: Option<Timestamp>,
    /// How often a worker has taken it.
    #[column(default = 0)]
    pub attempt: u32,
    /// Not before.
    #[column(default = now)]
    pub ready_at: Timestamp,
    /// When it was enqueued.
    #[column(default = now, immutable)]
    pub created_at: Timestamp,
    /// When it was last written.
    #[column(touch)]
    pub updated_at: Timestamp,
    /// When the last attempt began.
    pub started_at: Option<Timestamp>,
    /// When it was done, failed or cancelled.
    pub finished_at: Option<Timestamp>,
    /// How often it is tried.
    #[column(default = 5, check("max_attempts > 0"))]
    pub max_attempts: u32,
    /// The pause after the first failure; each further one is twice as long.
    #[column(default = 1000)]
    pub backoff_ms: u32,
    /// What the last failed attempt said.
    pub last_error: Option<String>,
    /// No two tasks have the same.
    #[column(unique)]
    pub dedup_key: Option<String>,
    /// Where the next attempt goes on.
    pub checkpoint: Option<Value>,
    /// In percent.
    #[column(default = 0, check("progress BETWEEN 0 AND 100"))]
    pub progress: u8,
    /// What the handler has answered.
    pub result: Option<Value>,
    /// Of the tasks of one lane, one runs at a time: a customer with a thousand tasks holds one worker, not all.
    pub lane: Option<String>,
    /// Not begun by then, it is not begun at all.
    pub deadline: Option<Timestamp>,
    /// To find it by.
    #[column(json, default = "[]")]
    pub tags: Vec<String>,
    /// When waiting has last raised its priority.
    pub aged_at: Option<Timestamp>,
    /// The task that has enqueued this one.
    #[column(references(Task), on_delete = set_null)]
    pub parent_id: Option<i64>,
    /// The worker is asked to stop; it is told so at its next checkpoint.
    #[column(default = false)]
    pub cancel_requested: bool,
    /// When the worker was last heard of.
    pub heartbeat_at: Option<Timestamp>,
}

/// The second task waits for the first one to be done.
#[derive(Table, Clone, Copy, Debug, PartialEq, Eq)]
#[table(name = "dependencies", primary_key(task_id, needs_id), without_rowid)]
#[table(check(not_itself = "task_id <> needs_id"))]
pub struct Dependency {
    /// The task that waits.
    #[column(references(Task), on_delete = cascade)]
    pub task_id: i64,
    /// The task that it waits for.
    #[column(references(Task), on_delete = cascade)]
    pub needs_id: i64,
}

/// How an attempt ended.
#[derive(ColumnType, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Not yet.
    Running,
    /// With a result.
    Done,
    /// With an error.
    Failed,
    /// The worker was not heard of until its lease ended.
    Lost,
    /// The worker was asked to stop, and did.
    Cancelled,
}

/// One attempt of one task: the log of the queue.
#[derive(Table, Clone, Debug, PartialEq, Eq)]
#[table(name = "runs", unique(task_id, attempt))]
pub struct Run {
    /// Its number.
    #[column(primary_key)]
    pub id: i64,
    /// The task.
    #[column(references(Task), on_delete = cascade, immutable)]
    pub task_id: i64,
    /// Which attempt, from 1.
    #[column(immutable)]
    pub attempt: u32,
    /// Who has run it.
    pub worker: String,
    /// From when.
    pub started_at: Timestamp,
    /// Until when.
    pub ended_at: Option<Timestamp>,
    /// How it ended.
    #[column(default = "running")]
    pub outcome: Outcome,
}

tablature::schema! {
    /// Everything the queue stores.
    #[schema(migrations = "migrations")]
    pub static QUEUE = [Task, Dependency, Run];
}

/// What is said of a task when it is enqueued: the columns of [`Task`] that are the caller's. `None` is the column's default.
#[derive(Insert, Clone, Debug, Default)]
#[insert(into = Task)]
#[expect(missing_docs, reason = "the fields are those of `Task`")]
pub struct NewTask<'a> {
    pub queue: Option<&'a str>,
    pub kind: &'a str,
    pub payload: Value,
    pub priority: i32,
    pub ready_at: Option<Timestamp>,
    pub max_attempts: Option<u32>,
    pub backoff_ms: Option<u32>,
    pub dedup_key: Option<&'a str>,
    pub lane: Option<&'a str>,
    pub deadline: Option<Timestamp>,
    pub tags: Vec<String>,
    pub parent_id: Option<i64>,
}
