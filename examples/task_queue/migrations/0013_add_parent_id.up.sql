-- `tasks.parent_id` is new
-- `tasks` has a new foreign key (parent_id) to `tasks` ON DELETE SET NULL
-- index `tasks_parent_id_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks ADD COLUMN parent_id INTEGER CONSTRAINT parent_id_fkey REFERENCES tasks (id) ON DELETE SET NULL;
CREATE INDEX tasks_parent_id_idx ON tasks (parent_id);
