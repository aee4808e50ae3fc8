-- The way back from tags_and_pins.
-- Runs in one transaction, with foreign keys on.

ALTER TABLE notes DROP COLUMN pinned;
DROP TABLE note_tags;
DROP TABLE tags;
