-- `reviews.name` changes its collation from none to nocase
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

-- rebuild `reviews`: `name` changes its collation from none to nocase
PRAGMA legacy_alter_table = ON;
ALTER TABLE reviews RENAME TO reviews__old;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE reviews (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO reviews (id, name, note, email, rank) SELECT id, name, note, email, rank FROM reviews__old;
DROP TABLE reviews__old;

CREATE INDEX reviews_email_idx ON reviews (email);
CREATE INDEX reviews_name_rank_idx ON reviews (name, rank DESC);
