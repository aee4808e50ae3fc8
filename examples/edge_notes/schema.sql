-- The schema after the last migration, written by `cargo tablature generate`.
-- tablature schema 1
-- migration 0001_users_and_notes 572b532ca8143d6e
-- migration 0002_tags_and_pins 10799a7572332787
-- migration 0003_slugs a16deb5d7eb9f610
-- migration 0004_moments 38b79f6e1202169e
-- migration 0005_shares 5a70fdc57edf8456

-- table users
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL COLLATE nocase CONSTRAINT email_has_at CHECK (instr(email, '@') > 1),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'))
) STRICT;

CREATE UNIQUE INDEX users_email_key ON users (email);

CREATE TRIGGER users_created_at_immutable BEFORE UPDATE OF created_at ON users
WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'users.created_at is immutable');
END;

-- table notes
CREATE TABLE notes (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL CONSTRAINT user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
  slug TEXT NOT NULL CONSTRAINT slug_fits_urls CHECK (slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'),
  title TEXT NOT NULL CONSTRAINT title_fits CHECK (length(title) BETWEEN 1 AND 200),
  body TEXT NOT NULL,
  pinned INTEGER NOT NULL DEFAULT 0 CONSTRAINT pinned_values CHECK (pinned IN (0, 1)),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'))
) STRICT;

CREATE UNIQUE INDEX notes_user_id_slug_key ON notes (user_id, slug);
CREATE INDEX notes_user_id_updated_at_idx ON notes (user_id, updated_at DESC);
CREATE INDEX notes_pinned ON notes (user_id) WHERE pinned;

CREATE TRIGGER notes_created_at_immutable BEFORE UPDATE OF created_at ON notes
WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'notes.created_at is immutable');
END;

CREATE TRIGGER notes_updated_at_touch AFTER UPDATE ON notes
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE notes SET updated_at = strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now') WHERE id = new.id AND updated_at IS NOT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'));
END;

-- table tags
CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL CONSTRAINT user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE nocase CONSTRAINT name_is_a_word CHECK (name GLOB '?*' AND name NOT GLOB '* *')
) STRICT;

CREATE UNIQUE INDEX tags_user_id_name_key ON tags (user_id, name);

-- table note_tags
CREATE TABLE note_tags (
  note_id INTEGER NOT NULL CONSTRAINT note_id_fkey REFERENCES notes (id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL CONSTRAINT tag_id_fkey REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (note_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX note_tags_tag_id_idx ON note_tags (tag_id);

-- table shares
CREATE TABLE shares (
  note_id INTEGER NOT NULL CONSTRAINT note_id_fkey REFERENCES notes (id) ON DELETE CASCADE,
  granted_by INTEGER NOT NULL CONSTRAINT granted_by_fkey REFERENCES users (id) ON DELETE CASCADE,
  granted_to INTEGER NOT NULL CONSTRAINT granted_to_fkey REFERENCES users (id) ON DELETE CASCADE,
  role TEXT NOT NULL DEFAULT 'reader' CONSTRAINT role_values CHECK (role IN ('reader', 'writer')),
  created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now')),
  PRIMARY KEY (note_id, granted_to),
  CONSTRAINT not_with_oneself CHECK (granted_by <> granted_to)
) STRICT, WITHOUT ROWID;

CREATE INDEX shares_granted_by_idx ON shares (granted_by);
CREATE INDEX shares_granted_to_idx ON shares (granted_to);

CREATE TRIGGER shares_created_at_immutable BEFORE UPDATE OF created_at ON shares
WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'shares.created_at is immutable');
END;
