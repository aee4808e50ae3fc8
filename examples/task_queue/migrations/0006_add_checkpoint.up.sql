-- `tasks.checkpoint` is new
-- `tasks` has a new CHECK `checkpoint_json` (checkpoint IS NULL OR json_valid(checkpoint))
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks ADD COLUMN checkpoint TEXT CONSTRAINT checkpoint_json CHECK (checkpoint IS NULL OR json_valid(checkpoint));
