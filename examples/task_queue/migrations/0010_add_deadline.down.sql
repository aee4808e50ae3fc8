-- The way back from add_deadline.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX tasks_deadlines;
ALTER TABLE tasks DROP COLUMN deadline;
