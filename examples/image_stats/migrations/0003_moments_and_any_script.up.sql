-- `files.folded` is new
-- `files` loses its CHECK `format_values` (format IN ('jpeg', 'png', 'webp'))
-- `files` has a new CHECK `format_values` (format IN ('jpeg', 'png', 'webp', 'avif'))
-- `jobs.finished_at` changes its type from INTEGER to TEXT
-- `jobs.encoder` is gone
-- `jobs` loses its CHECK `format_values` (format IN ('jpeg', 'png', 'webp'))
-- `jobs` has a new CHECK `format_values` (format IN ('jpeg', 'png', 'webp', 'avif'))
-- `days` loses its CHECK `format_values` (format IN ('jpeg', 'png', 'webp'))
-- `days` has a new CHECK `format_values` (format IN ('jpeg', 'png', 'webp', 'avif'))
-- index `files_folded_idx` is new
-- trigger `jobs__kept_delete` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.
-- tablature: using jobs.finished_at=strftime('%Y-%m-%dT%H:%M:%S.000000000Z', finished_at, 'unixepoch')
-- tablature: allow drop:jobs.encoder

-- keep what `jobs` loses
CREATE TABLE jobs__kept AS SELECT id, encoder FROM jobs;

-- find what was kept of a row of `jobs`
CREATE INDEX jobs__kept_key ON jobs__kept (id);

-- `files`: CHECK (format IN ('jpeg', 'png', 'webp')) is gone
ALTER TABLE files DROP CONSTRAINT format_values;

ALTER TABLE files ADD COLUMN folded TEXT NOT NULL DEFAULT '';

-- `files` gets CHECK (format IN ('jpeg', 'png', 'webp', 'avif'))
ALTER TABLE files ADD CONSTRAINT format_values CHECK (format IN ('jpeg', 'png', 'webp', 'avif'));

-- `days`: CHECK (format IN ('jpeg', 'png', 'webp')) is gone
ALTER TABLE days DROP CONSTRAINT format_values;

-- `days` gets CHECK (format IN ('jpeg', 'png', 'webp', 'avif'))
ALTER TABLE days ADD CONSTRAINT format_values CHECK (format IN ('jpeg', 'png', 'webp', 'avif'));

CREATE INDEX files_folded_idx ON files (folded);

-- rebuild `jobs`: `finished_at` changes its type from INTEGER to TEXT
PRAGMA legacy_alter_table = ON;
ALTER TABLE jobs RENAME TO jobs__old;
PRAGMA legacy_alter_table = OFF;
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
INSERT INTO jobs (id, file_id, status, format, bytes_before, bytes_after, millis, error, finished_at) SELECT id, file_id, status, format, bytes_before, bytes_after, millis, error, strftime('%Y-%m-%dT%H:%M:%S.000000000Z', finished_at, 'unixepoch') FROM jobs__old AS jobs;
DROP TABLE jobs__old;

CREATE INDEX jobs_file_id_finished_at_idx ON jobs (file_id, finished_at DESC);
CREATE INDEX jobs_format_finished_at_idx ON jobs (format, finished_at);
CREATE INDEX jobs_failed ON jobs (finished_at) WHERE status = 'failed';
CREATE INDEX jobs_by_saving ON jobs (bytes_before - bytes_after);

CREATE TRIGGER jobs__kept_delete AFTER DELETE ON jobs BEGIN
  DELETE FROM jobs__kept WHERE id = old.id;
END;
