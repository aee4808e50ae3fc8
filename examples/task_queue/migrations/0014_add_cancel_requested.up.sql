-- `tasks.cancel_requested` is new
-- `tasks` has a new CHECK `cancel_requested_values` (cancel_requested IN (0, 1))
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks ADD COLUMN cancel_requested INTEGER NOT NULL DEFAULT 0 CONSTRAINT cancel_requested_values CHECK (cancel_requested IN (0, 1));
