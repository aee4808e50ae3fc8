-- The schema after the last migration, written by `cargo tablature generate`.
-- tablature schema 1
-- migration 0001_create_queue a01de4190f16ede3
-- migration 0002_add_max_attempts 9f821399d9300501
-- migration 0003_add_backoff_ms 4053b79ffa9668a8
-- migration 0004_add_last_error 445ba14416d63d37
-- migration 0005_add_dedup_key eec2b75fedb45f3f
-- migration 0006_add_checkpoint 28435d04f6411a45
-- migration 0007_add_progress e21e5caa65425d60
-- migration 0008_add_result d163d3f9a15f54d7
-- migration 0009_add_lane a660d21a5d0569dc
-- migration 0010_add_deadline 183baa47c4e1608f
-- migration 0011_add_tags 760f1331615b7afa
-- migration 0012_add_aged_at 0766fd7b87da31b5
-- migration 0013_add_parent_id 1fedc8ed15ce16fd
-- migration 0014_add_cancel_requested e0ea56f9fb5071eb
-- migration 0015_add_heartbeat_at 3861413e492fcfb8

-- table tasks
CREATE TABLE tasks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  queue TEXT NOT NULL DEFAULT 'default',
  kind TEXT NOT NULL,
  payload TEXT NOT NULL CONSTRAINT payload_json CHECK (payload IS NULL OR json_valid(payload)),
  state TEXT NOT NULL DEFAULT 'queued' CONSTRAINT state_values CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  priority INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 0,
  worker TEXT,
  lease_until TEXT,
  attempt INTEGER NOT NULL DEFAULT 0,
  ready_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  started_at TEXT,
  finished_at TEXT,
  max_attempts INTEGER NOT NULL DEFAULT 5 CONSTRAINT max_attempts_check CHECK (max_attempts > 0),
  backoff_ms INTEGER NOT NULL DEFAULT 1000,
  last_error TEXT,
  dedup_key TEXT,
  checkpoint TEXT CONSTRAINT checkpoint_json CHECK (checkpoint IS NULL OR json_valid(checkpoint)),
  progress INTEGER NOT NULL DEFAULT 0 CONSTRAINT progress_check CHECK (progress BETWEEN 0 AND 100),
  result TEXT CONSTRAINT result_json CHECK (result IS NULL OR json_valid(result)),
  lane TEXT,
  deadline TEXT,
  tags TEXT NOT NULL DEFAULT '[]' CONSTRAINT tags_json CHECK (tags IS NULL OR json_valid(tags)),
  aged_at TEXT,
  parent_id INTEGER CONSTRAINT parent_id_fkey REFERENCES tasks (id) ON DELETE SET NULL,
  cancel_requested INTEGER NOT NULL DEFAULT 0 CONSTRAINT cancel_requested_values CHECK (cancel_requested IN (0, 1)),
  heartbeat_at TEXT
) STRICT;

CREATE UNIQUE INDEX tasks_dedup_key_key ON tasks (dedup_key);
CREATE INDEX tasks_next ON tasks (queue, priority DESC, ready_at) WHERE state = 'queued';
CREATE INDEX tasks_leases ON tasks (lease_until) WHERE state = 'running';
CREATE UNIQUE INDEX tasks_lanes ON tasks (lane) WHERE state = 'running';
CREATE INDEX tasks_deadlines ON tasks (deadline) WHERE state = 'queued';
CREATE INDEX tasks_parent_id_idx ON tasks (parent_id);

CREATE TRIGGER tasks_created_at_immutable BEFORE UPDATE OF created_at ON tasks
WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'tasks.created_at is immutable');
END;

CREATE TRIGGER tasks_updated_at_touch AFTER UPDATE ON tasks
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE tasks SET updated_at = strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now') WHERE id = new.id AND updated_at IS NOT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'));
END;

-- table dependencies
CREATE TABLE dependencies (
  task_id INTEGER NOT NULL CONSTRAINT task_id_fkey REFERENCES tasks (id) ON DELETE CASCADE,
  needs_id INTEGER NOT NULL CONSTRAINT needs_id_fkey REFERENCES tasks (id) ON DELETE CASCADE,
  PRIMARY KEY (task_id, needs_id),
  CONSTRAINT not_itself CHECK (task_id <> needs_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX dependencies_needs_id_idx ON dependencies (needs_id);

-- table runs
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  task_id INTEGER NOT NULL CONSTRAINT task_id_fkey REFERENCES tasks (id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  worker TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  outcome TEXT NOT NULL DEFAULT 'running' CONSTRAINT outcome_values CHECK (outcome IN ('running', 'done', 'failed', 'lost', 'cancelled'))
) STRICT;

CREATE UNIQUE INDEX runs_task_id_attempt_key ON runs (task_id, attempt);

CREATE TRIGGER runs_task_id_immutable BEFORE UPDATE OF task_id ON runs
WHEN new.task_id IS NOT old.task_id COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'runs.task_id is immutable');
END;

CREATE TRIGGER runs_attempt_immutable BEFORE UPDATE OF attempt ON runs
WHEN new.attempt IS NOT old.attempt COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'runs.attempt is immutable');
END;
