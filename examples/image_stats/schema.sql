-- The schema after the last migration, written by `cargo tablature generate`.
-- tablature schema 1
-- migration 0001_initial e1179dd919ee0c66
-- migration 0002_jobs_say_how_they_ended 09230709a317b1a6
-- migration 0003_moments_and_any_script 5a633121fe145374

-- table files
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  folded TEXT NOT NULL DEFAULT '',
  format TEXT NOT NULL CONSTRAINT format_values CHECK (format IN ('jpeg', 'png', 'webp', 'avif')),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  CONSTRAINT has_pixels CHECK (width > 0 AND height > 0)
) STRICT;

CREATE UNIQUE INDEX files_path_key ON files (path);
CREATE INDEX files_folded_idx ON files (folded);

-- table jobs
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL CONSTRAINT file_id_fkey REFERENCES files (id) ON DELETE CASCADE,
  status TEXT NOT NULL CONSTRAINT status_values CHECK (status IN ('done', 'failed')),
  format TEXT NOT NULL CONSTRAINT format_values CHECK (format IN ('jpeg', 'png', 'webp', 'avif')),
  bytes_before INTEGER NOT NULL CONSTRAINT bytes_before_positive CHECK (bytes_before > 0),
  bytes_after INTEGER NOT NULL CONSTRAINT bytes_after_positive CHECK (bytes_after > 0),
  millis INTEGER NOT NULL,
  error TEXT,
  finished_at TEXT NOT NULL,
  CONSTRAINT failed_says_why CHECK ((status = 'failed') = (error IS NOT NULL))
) STRICT;

CREATE INDEX jobs_file_id_finished_at_idx ON jobs (file_id, finished_at DESC);
CREATE INDEX jobs_format_finished_at_idx ON jobs (format, finished_at);
CREATE INDEX jobs_failed ON jobs (finished_at) WHERE status = 'failed';
CREATE INDEX jobs_by_saving ON jobs (bytes_before - bytes_after);

-- table settings
CREATE TABLE settings (
  "key" TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

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

-- table setting_changes
CREATE TABLE setting_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  "key" TEXT NOT NULL,
  old_value TEXT,
  new_value TEXT,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000000Z', 'now'))
) STRICT;

CREATE INDEX setting_changes_key_id_idx ON setting_changes ("key", id);

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

-- table days
CREATE TABLE days (
  day TEXT NOT NULL,
  format TEXT NOT NULL CONSTRAINT format_values CHECK (format IN ('jpeg', 'png', 'webp', 'avif')),
  jobs INTEGER NOT NULL,
  bytes_before INTEGER NOT NULL,
  bytes_after INTEGER NOT NULL,
  PRIMARY KEY (day, format)
) STRICT, WITHOUT ROWID;
