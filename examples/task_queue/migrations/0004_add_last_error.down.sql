-- The way back from add_last_error.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks DROP COLUMN last_error;
