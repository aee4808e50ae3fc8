-- The way back from change_name_of_addresses.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

-- rebuild `addresses`: `name` changes its collation from nocase to none
PRAGMA legacy_alter_table = ON;
ALTER TABLE addresses RENAME TO addresses__old;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE addresses (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  note TEXT
, email TEXT, rank INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO addresses (id, name, note, email, rank) SELECT id, name, note, email, rank FROM addresses__old;
DROP TABLE addresses__old;

CREATE INDEX addresses_email_idx ON addresses (email);
CREATE INDEX addresses_name_rank_idx ON addresses (name, rank DESC);
