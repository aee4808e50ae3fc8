-- The way back from add_heartbeat_at.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks DROP COLUMN heartbeat_at;
