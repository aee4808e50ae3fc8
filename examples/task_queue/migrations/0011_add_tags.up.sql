-- `tasks.tags` is new
-- `tasks` has a new CHECK `tags_json` (tags IS NULL OR json_valid(tags))
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE tasks ADD COLUMN tags TEXT NOT NULL DEFAULT '[]' CONSTRAINT tags_json CHECK (tags IS NULL OR json_valid(tags));
