-- The way back from jobs_say_how_they_ended.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE jobs RENAME COLUMN bytes_before TO size_in;
ALTER TABLE jobs RENAME COLUMN bytes_after TO size_out;
ALTER TABLE days RENAME COLUMN bytes_before TO bytes_in;
ALTER TABLE days RENAME COLUMN bytes_after TO bytes_out;
DROP INDEX jobs_format_finished_at_idx;
DROP INDEX jobs_failed;
DROP INDEX jobs_by_saving;

-- `jobs`: CHECK (size_in > 0) is gone
ALTER TABLE jobs DROP CONSTRAINT bytes_before_positive;

-- `jobs`: CHECK (size_out > 0) is gone
ALTER TABLE jobs DROP CONSTRAINT bytes_after_positive;

-- `jobs`: CHECK ((status = 'failed') = (error IS NOT NULL)) is gone
ALTER TABLE jobs DROP CONSTRAINT failed_says_why;

ALTER TABLE jobs DROP COLUMN status;

-- `jobs` gets CHECK (size_in > 0)
ALTER TABLE jobs ADD CONSTRAINT size_in_positive CHECK (size_in > 0);

-- `jobs` gets CHECK (size_out > 0)
ALTER TABLE jobs ADD CONSTRAINT size_out_positive CHECK (size_out > 0);
