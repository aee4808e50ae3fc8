-- The way back from initial.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP TABLE jobs;
DROP TABLE files;
DROP TABLE settings;
DROP TABLE setting_changes;
DROP TABLE days;
