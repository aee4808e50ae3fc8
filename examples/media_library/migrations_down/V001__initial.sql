-- The way back from initial.
-- Runs in one transaction, with foreign keys on.

DROP TABLE movies_fts;
DROP TABLE shows_fts;
DROP TABLE episodes_fts;
DROP TABLE sessions;
DROP TABLE movies;
DROP TABLE episodes;
DROP TABLE shows;
DROP TABLE activity;
DROP TABLE users;
