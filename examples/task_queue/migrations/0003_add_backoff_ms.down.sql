-- The way back from add_backoff_ms.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks DROP COLUMN backoff_ms;
