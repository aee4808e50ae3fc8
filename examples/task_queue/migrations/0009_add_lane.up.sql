-- `tasks.lane` is new
-- index `tasks_lanes` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks ADD COLUMN lane TEXT;
CREATE UNIQUE INDEX tasks_lanes ON tasks (lane) WHERE state = 'running';
