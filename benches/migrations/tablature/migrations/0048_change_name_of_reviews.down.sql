-- The way back from change_name_of_reviews.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

-- rebuild `reviews`: `name` changes its collation from nocase to none
PRAGMA legacy_alter_table = ON;
ALTER TABLE reviews RENAME TO reviews__old;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE reviews (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  note TEXT
, email TEXT, rank INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO reviews (id, name, note, email, rank) SELECT id, name, note, email, rank FROM reviews__old;
DROP TABLE reviews__old;

CREATE INDEX reviews_email_idx ON reviews (email);
CREATE INDEX reviews_name_rank_idx ON reviews (name, rank DESC);
