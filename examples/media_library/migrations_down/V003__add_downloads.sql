-- The way back from add_downloads.
-- Runs in one transaction, with foreign keys on.

DROP TABLE downloads;
