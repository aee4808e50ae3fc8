-- `notes.slug` is new
-- `notes` has a new CHECK `slug_fits_urls` (slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*')
-- index `notes_user_id_slug_key` is new
-- index `notes_user_id_updated_at_idx` is new
-- index `notes_pinned` is new
-- index `notes_user_id_idx` is gone
-- Runs in one transaction, with foreign keys on.
-- tablature: backfill notes.slug='note-' || id

-- check foreign keys at the end
PRAGMA defer_foreign_keys = ON;

-- triggers of `notes` must not fire, and come back at the end
DROP TRIGGER notes_created_at_immutable;
DROP TRIGGER notes_updated_at_touch;

-- rebuild `notes`: `slug` gets its values before its constraints, which SQLite alters in place since 3.53
PRAGMA legacy_alter_table = ON;
ALTER TABLE notes RENAME TO notes__old;

-- rebuild `note_tags`: it refers to `notes`
ALTER TABLE note_tags RENAME TO note_tags__old;
PRAGMA legacy_alter_table = OFF;

-- rebuild `notes`
CREATE TABLE notes (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL CONSTRAINT user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
  slug TEXT NOT NULL CONSTRAINT slug_fits_urls CHECK (slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'),
  title TEXT NOT NULL CONSTRAINT title_fits CHECK (length(title) BETWEEN 1 AND 200),
  body TEXT NOT NULL,
  pinned INTEGER NOT NULL DEFAULT 0 CONSTRAINT pinned_values CHECK (pinned IN (0, 1)),
  created_at INTEGER NOT NULL DEFAULT (unixepoch()),
  updated_at INTEGER NOT NULL DEFAULT (unixepoch())
) STRICT;

-- rebuild `note_tags`
CREATE TABLE note_tags (
  note_id INTEGER NOT NULL CONSTRAINT note_id_fkey REFERENCES notes (id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL CONSTRAINT tag_id_fkey REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (note_id, tag_id)
) STRICT, WITHOUT ROWID;

-- rebuild `notes`
INSERT INTO notes (id, user_id, slug, title, body, pinned, created_at, updated_at) SELECT id, user_id, 'note-' || id, title, body, pinned, created_at, updated_at FROM notes__old AS notes;

-- rebuild `note_tags`
INSERT INTO note_tags (note_id, tag_id) SELECT note_id, tag_id FROM note_tags__old;
DROP TABLE note_tags__old;

-- rebuild `notes`
DROP TABLE notes__old;

CREATE UNIQUE INDEX notes_user_id_slug_key ON notes (user_id, slug);
CREATE INDEX notes_user_id_updated_at_idx ON notes (user_id, updated_at DESC);
CREATE INDEX notes_pinned ON notes (user_id) WHERE pinned;
CREATE INDEX note_tags_tag_id_idx ON note_tags (tag_id);

CREATE TRIGGER notes_created_at_immutable BEFORE UPDATE OF created_at ON notes
WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'notes.created_at is immutable');
END;

CREATE TRIGGER notes_updated_at_touch AFTER UPDATE ON notes
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE notes SET updated_at = unixepoch() WHERE id = new.id AND updated_at IS NOT (unixepoch());
END;
