-- `tasks.backoff_ms` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks ADD COLUMN backoff_ms INTEGER NOT NULL DEFAULT 1000;
