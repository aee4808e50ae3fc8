-- The way back from add_aged_at.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks DROP COLUMN aged_at;
