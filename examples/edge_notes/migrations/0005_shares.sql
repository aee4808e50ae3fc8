-- table `shares` is new
-- Runs in one transaction, with foreign keys on.

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
