-- `tasks.dedup_key` is new
-- index `tasks_dedup_key_key` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks ADD COLUMN dedup_key TEXT;
CREATE UNIQUE INDEX tasks_dedup_key_key ON tasks (dedup_key);
