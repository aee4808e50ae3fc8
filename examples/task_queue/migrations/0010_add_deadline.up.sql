-- `tasks.deadline` is new
-- index `tasks_deadlines` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks ADD COLUMN deadline TEXT;
CREATE INDEX tasks_deadlines ON tasks (deadline) WHERE state = 'queued';
