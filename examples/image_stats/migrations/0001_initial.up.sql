-- table `files` is new
-- table `jobs` is new
-- table `settings` is new
-- table `setting_changes` is new
-- table `days` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  format TEXT NOT NULL CONSTRAINT format_values CHECK (format IN ('jpeg', 'png', 'webp')),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  CONSTRAINT has_pixels CHECK (width > 0 AND height > 0)
) STRICT;

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL CONSTRAINT file_id_fkey REFERENCES files (id) ON DELETE CASCADE,
  format TEXT NOT NULL CONSTRAINT format_values CHECK (format IN ('jpeg', 'png', 'webp')),
  size_in INTEGER NOT NULL CONSTRAINT size_in_positive CHECK (size_in > 0),
  size_out INTEGER NOT NULL CONSTRAINT size_out_positive CHECK (size_out > 0),
  millis INTEGER NOT NULL,
  encoder TEXT,
  error TEXT,
  finished_at INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  "key" TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE setting_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  "key" TEXT NOT NULL,
  old_value TEXT,
  new_value TEXT,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'))
) STRICT;

CREATE TABLE days (
  day TEXT NOT NULL,
  format TEXT NOT NULL CONSTRAINT format_values CHECK (format IN ('jpeg', 'png', 'webp')),
  jobs INTEGER NOT NULL,
  bytes_in INTEGER NOT NULL,
  bytes_out INTEGER NOT NULL,
  PRIMARY KEY (day, format)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX files_path_key ON files (path);
CREATE INDEX jobs_file_id_finished_at_idx ON jobs (file_id, finished_at DESC);
CREATE INDEX setting_changes_key_id_idx ON setting_changes ("key", id);

CREATE TRIGGER settings_audit_insert AFTER INSERT ON settings BEGIN
  INSERT INTO setting_changes (key, old_value, new_value) VALUES (new.key, NULL, new.value);
END;

CREATE TRIGGER settings_audit_update AFTER UPDATE OF value ON settings
WHEN old.value IS NOT new.value BEGIN
  INSERT INTO setting_changes (key, old_value, new_value) VALUES (new.key, old.value, new.value);
END;

CREATE TRIGGER settings_audit_delete AFTER DELETE ON settings BEGIN
  INSERT INTO setting_changes (key, old_value, new_value) VALUES (old.key, old.value, NULL);
END;

CREATE TRIGGER setting_changes_key_immutable BEFORE UPDATE OF "key" ON setting_changes
WHEN new."key" IS NOT old."key" COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'setting_changes.key is immutable');
END;

CREATE TRIGGER setting_changes_old_value_immutable BEFORE UPDATE OF old_value ON setting_changes
WHEN new.old_value IS NOT old.old_value COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'setting_changes.old_value is immutable');
END;

CREATE TRIGGER setting_changes_new_value_immutable BEFORE UPDATE OF new_value ON setting_changes
WHEN new.new_value IS NOT old.new_value COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'setting_changes.new_value is immutable');
END;

CREATE TRIGGER setting_changes_at_immutable BEFORE UPDATE OF at ON setting_changes
WHEN new.at IS NOT old.at COLLATE BINARY BEGIN
  SELECT RAISE(ABORT, 'setting_changes.at is immutable');
END;
