-- table `tasks` is new
-- table `dependencies` is new
-- table `runs` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

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
  finished_at TEXT
) STRICT;

CREATE TABLE dependencies (
  task_id INTEGER NOT NULL CONSTRAINT task_id_fkey REFERENCES tasks (id) ON DELETE CASCADE,
  needs_id INTEGER NOT NULL CONSTRAINT needs_id_fkey REFERENCES tasks (id) ON DELETE CASCADE,
  PRIMARY KEY (task_id, needs_id),
  CONSTRAINT not_itself CHECK (task_id <> needs_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  task_id INTEGER NOT NULL CONSTRAINT task_id_fkey REFERENCES tasks (id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  worker TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  outcome TEXT NOT NULL DEFAULT 'running' CONSTRAINT outcome_values CHECK (outcome IN ('running', 'done', 'failed', 'lost', 'cancelled'))
) STRICT;

CREATE INDEX tasks_next ON tasks (queue, priority DESC, ready_at) WHERE state = 'queued';
CREATE INDEX tasks_leases ON tasks (lease_until) WHERE state = 'running';
CREATE INDEX dependencies_needs_id_idx ON dependencies (needs_id);
CREATE UNIQUE INDEX runs_task_id_attempt_key ON runs (task_id, attempt);

CREATE TRIGGER tasks_created_at_immutable BEFORE UPDATE OF created_at ON tasks
WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'tasks.created_at is immutable');
END;

CREATE TRIGGER tasks_updated_at_touch AFTER UPDATE ON tasks
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE tasks SET updated_at = strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now') WHERE id = new.id AND updated_at IS NOT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'));
END;

CREATE TRIGGER runs_task_id_immutable BEFORE UPDATE OF task_id ON runs
WHEN new.task_id IS NOT old.task_id COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'runs.task_id is immutable');
END;

CREATE TRIGGER runs_attempt_immutable BEFORE UPDATE OF attempt ON runs
WHEN new.attempt IS NOT old.attempt COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'runs.attempt is immutable');
END;
