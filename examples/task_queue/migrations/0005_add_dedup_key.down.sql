-- The way back from add_dedup_key.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX tasks_dedup_key_key;
ALTER TABLE tasks DROP COLUMN dedup_key;
