-- The way back from slugs.
-- Runs in one transaction, with foreign keys on.

DROP INDEX notes_user_id_slug_key;
DROP INDEX notes_user_id_updated_at_idx;
DROP INDEX notes_pinned;
ALTER TABLE notes DROP COLUMN slug;
CREATE INDEX notes_user_id_idx ON notes (user_id);
