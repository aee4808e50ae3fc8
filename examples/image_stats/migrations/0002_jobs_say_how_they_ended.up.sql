-- `jobs.size_in` becomes `bytes_before`
-- `jobs.size_out` becomes `bytes_after`
-- `days.bytes_in` becomes `bytes_before`
-- `days.bytes_out` becomes `bytes_after`
-- `jobs.status` is new
-- `jobs` loses its CHECK `size_in_positive` (bytes_before > 0)
-- `jobs` loses its CHECK `size_out_positive` (bytes_after > 0)
-- `jobs` has a new CHECK `status_values` (status IN ('done', 'failed'))
-- `jobs` has a new CHECK `bytes_before_positive` (bytes_before > 0)
-- `jobs` has a new CHECK `bytes_after_positive` (bytes_after > 0)
-- `jobs` has a new CHECK `failed_says_why` ((status = 'failed') = (error IS NOT NULL))
-- index `jobs_format_finished_at_idx` is new
-- index `jobs_failed` is new
-- index `jobs_by_saving` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.
-- tablature: rename jobs.size_in=bytes_before
-- tablature: rename jobs.size_out=bytes_after
-- tablature: rename days.bytes_in=bytes_before
-- tablature: rename days.bytes_out=bytes_after
-- tablature: backfill jobs.status=CASE WHEN error IS NULL THEN 'done' ELSE 'failed' END

ALTER TABLE jobs RENAME COLUMN size_in TO bytes_before;
ALTER TABLE jobs RENAME COLUMN size_out TO bytes_after;
ALTER TABLE days RENAME COLUMN bytes_in TO bytes_before;
ALTER TABLE days RENAME COLUMN bytes_out TO bytes_after;

-- `jobs`: CHECK (bytes_before > 0) is gone
ALTER TABLE jobs DROP CONSTRAINT size_in_positive;

-- `jobs`: CHECK (bytes_after > 0) is gone
ALTER TABLE jobs DROP CONSTRAINT size_out_positive;

ALTER TABLE jobs ADD COLUMN status TEXT CONSTRAINT status_values CHECK (status IN ('done', 'failed'));

-- fill `jobs.status`
UPDATE jobs SET status = (CASE WHEN error IS NULL THEN 'done' ELSE 'failed' END);

-- `jobs.status` becomes NOT NULL
ALTER TABLE jobs ALTER COLUMN status SET NOT NULL;

-- `jobs` gets CHECK (bytes_before > 0)
ALTER TABLE jobs ADD CONSTRAINT bytes_before_positive CHECK (bytes_before > 0);

-- `jobs` gets CHECK (bytes_after > 0)
ALTER TABLE jobs ADD CONSTRAINT bytes_after_positive CHECK (bytes_after > 0);

-- `jobs` gets CHECK ((status = 'failed') = (error IS NOT NULL))
ALTER TABLE jobs ADD CONSTRAINT failed_says_why CHECK ((status = 'failed') = (error IS NOT NULL));

CREATE INDEX jobs_format_finished_at_idx ON jobs (format, finished_at);
CREATE INDEX jobs_failed ON jobs (finished_at) WHERE status = 'failed';
CREATE INDEX jobs_by_saving ON jobs (bytes_before - bytes_after);
