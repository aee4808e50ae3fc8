-- table `users` is new
-- table `notes` is new
-- Runs in one transaction, with foreign keys on.

CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL COLLATE nocase CONSTRAINT email_has_at CHECK (instr(email, '@') > 1),
  created_at INTEGER NOT NULL DEFAULT (unixepoch())
) STRICT;

CREATE TABLE notes (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL CONSTRAINT user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
  title TEXT NOT NULL CONSTRAINT title_fits CHECK (length(title) BETWEEN 1 AND 200),
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL DEFAULT (unixepoch()),
  updated_at INTEGER NOT NULL DEFAULT (unixepoch())
) STRICT;

CREATE UNIQUE INDEX users_email_key ON users (email);
CREATE INDEX notes_user_id_idx ON notes (user_id);

CREATE TRIGGER users_created_at_immutable BEFORE UPDATE OF created_at ON users
WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'users.created_at is immutable');
END;

CREATE TRIGGER notes_created_at_immutable BEFORE UPDATE OF created_at ON notes
WHEN new.created_at IS NOT old.created_at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'notes.created_at is immutable');
END;

CREATE TRIGGER notes_updated_at_touch AFTER UPDATE ON notes
WHEN new.updated_at IS old.updated_at BEGIN
  UPDATE notes SET updated_at = unixepoch() WHERE id = new.id AND updated_at IS NOT (unixepoch());
END;
