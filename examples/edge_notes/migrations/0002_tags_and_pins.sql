-- `notes.pinned` is new
-- `notes` has a new CHECK `pinned_values` (pinned IN (0, 1))
-- table `tags` is new
-- table `note_tags` is new
-- Runs in one transaction, with foreign keys on.

CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL CONSTRAINT user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE nocase CONSTRAINT name_is_a_word CHECK (name GLOB '?*' AND name NOT GLOB '* *')
) STRICT;

CREATE TABLE note_tags (
  note_id INTEGER NOT NULL CONSTRAINT note_id_fkey REFERENCES notes (id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL CONSTRAINT tag_id_fkey REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (note_id, tag_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE notes ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CONSTRAINT pinned_values CHECK (pinned IN (0, 1));
CREATE UNIQUE INDEX tags_user_id_name_key ON tags (user_id, name);
CREATE INDEX note_tags_tag_id_idx ON note_tags (tag_id);
