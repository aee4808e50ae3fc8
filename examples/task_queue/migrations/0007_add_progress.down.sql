-- The way back from add_progress.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks DROP COLUMN progress;
