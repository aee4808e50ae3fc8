-- `tasks.max_attempts` is new
-- `tasks` has a new CHECK `max_attempts_check` (max_attempts > 0)
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks ADD COLUMN max_attempts INTEGER NOT NULL DEFAULT 5 CONSTRAINT max_attempts_check CHECK (max_attempts > 0);
