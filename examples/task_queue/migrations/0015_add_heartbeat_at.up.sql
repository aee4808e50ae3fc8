-- `tasks.heartbeat_at` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks ADD COLUMN heartbeat_at TEXT;
