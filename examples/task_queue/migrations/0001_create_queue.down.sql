-- The way back from create_queue.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP TABLE dependencies;
DROP TABLE runs;
DROP TABLE tasks;
