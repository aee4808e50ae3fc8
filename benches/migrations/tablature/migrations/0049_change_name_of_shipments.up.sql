-- `shipments.name` changes its collation from none to nocase
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

-- rebuild `shipments`: `name` changes its collation from none to nocase
PRAGMA legacy_alter_table = ON;
ALTER TABLE shipments RENAME TO shipments__old;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE shipments (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO shipments (id, name, note, email, rank) SELECT id, name, note, email, rank FROM shipments__old;
DROP TABLE shipments__old;

CREATE INDEX shipments_email_idx ON shipments (email);
CREATE INDEX shipments_name_rank_idx ON shipments (name, rank DESC);
