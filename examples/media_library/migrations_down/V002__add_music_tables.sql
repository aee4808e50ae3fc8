-- The way back from add_music_tables.
-- Runs in one transaction, with foreign keys on.

DROP TABLE albums_fts;
DROP TABLE albums;
DROP TABLE artists;
