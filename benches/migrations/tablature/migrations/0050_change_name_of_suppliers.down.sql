-- The way back from change_name_of_suppliers.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

-- rebuild `suppliers`: `name` changes its collation from nocase to none
PRAGMA legacy_alter_table = ON;
ALTER TABLE suppliers RENAME TO suppliers__old;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE suppliers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  note TEXT
, email TEXT, rank INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO suppliers (id, name, note, email, rank) SELECT id, name, note, email, rank FROM suppliers__old;
DROP TABLE suppliers__old;

CREATE INDEX suppliers_email_idx ON suppliers (email);
CREATE INDEX suppliers_name_rank_idx ON suppliers (name, rank DESC);
