-- `tasks.result` is new
-- `tasks` has a new CHECK `result_json` (result IS NULL OR json_valid(result))
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks ADD COLUMN result TEXT CONSTRAINT result_json CHECK (result IS NULL OR json_valid(result));
