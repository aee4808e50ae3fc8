-- `tasks.progress` is new
-- `tasks` has a new CHECK `progress_check` (progress BETWEEN 0 AND 100)
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks ADD COLUMN progress INTEGER NOT NULL DEFAULT 0 CONSTRAINT progress_check CHECK (progress BETWEEN 0 AND 100);
