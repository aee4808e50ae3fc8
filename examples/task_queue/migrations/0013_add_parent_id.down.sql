-- The way back from add_parent_id.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX tasks_parent_id_idx;
ALTER TABLE tasks DROP COLUMN parent_id;
