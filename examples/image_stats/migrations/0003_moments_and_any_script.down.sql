-- The way back from moments_and_any_script, by hand: `generate` cannot know how a moment becomes seconds again.
-- Runs in a transaction with foreign keys off, and they are checked before it ends. An AVIF is refused: version 2 has
-- no word for it.

DROP TRIGGER jobs__kept_delete;
DROP INDEX files_folded_idx;
ALTER TABLE files DROP COLUMN folded;

ALTER TABLE files DROP CONSTRAINT format_values;
ALTER TABLE files ADD CONSTRAINT format_values CHECK (format IN ('jpeg', 'png', 'webp'));
ALTER TABLE days DROP CONSTRAINT format_values;
ALTER TABLE days ADD CONSTRAINT format_values CHECK (format IN ('jpeg', 'png', 'webp'));

-- rebuild `jobs`: `finished_at` becomes INTEGER, and `encoder` is what was kept
PRAGMA legacy_alter_table = ON;
ALTER TABLE jobs RENAME TO jobs__old;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL CONSTRAINT file_id_fkey REFERENCES files (id) ON DELETE CASCADE,
  format TEXT NOT NULL CONSTRAINT format_values CHECK (format IN ('jpeg', 'png', 'webp')),
  bytes_before INTEGER NOT NULL CONSTRAINT bytes_before_positive CHECK (bytes_before > 0),
  bytes_after INTEGER NOT NULL CONSTRAINT bytes_after_positive CHECK (bytes_after > 0),
  millis INTEGER NOT NULL,
  encoder TEXT,
  error TEXT,
  finished_at INTEGER NOT NULL,
  status TEXT NOT NULL CONSTRAINT status_values CHECK (status IN ('done', 'failed')),
  CONSTRAINT failed_says_why CHECK ((status = 'failed') = (error IS NOT NULL))
) STRICT;
INSERT INTO jobs (id, file_id, format, bytes_before, bytes_after, millis, encoder, error, finished_at, status)
SELECT id, file_id, format, bytes_before, bytes_after, millis,
  (SELECT encoder FROM jobs__kept WHERE jobs__kept.id = jobs__old.id), error, unixepoch(finished_at), status
FROM jobs__old;
DROP TABLE jobs__old;
DROP TABLE jobs__kept;

CREATE INDEX jobs_file_id_finished_at_idx ON jobs (file_id, finished_at DESC);
CREATE INDEX jobs_format_finished_at_idx ON jobs (format, finished_at);
CREATE INDEX jobs_failed ON jobs (finished_at) WHERE status = 'failed';
CREATE INDEX jobs_by_saving ON jobs (bytes_before - bytes_after);
