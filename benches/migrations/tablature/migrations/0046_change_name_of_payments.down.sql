-- The way back from change_name_of_payments.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

-- rebuild `payments`: `name` changes its collation from nocase to none
PRAGMA legacy_alter_table = ON;
ALTER TABLE payments RENAME TO payments__old;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  note TEXT
, email TEXT, rank INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO payments (id, name, note, email, rank) SELECT id, name, note, email, rank FROM payments__old;
DROP TABLE payments__old;

CREATE INDEX payments_email_idx ON payments (email);
CREATE INDEX payments_name_rank_idx ON payments (name, rank DESC);
