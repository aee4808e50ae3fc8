-- `invoices.name` changes its collation from none to nocase
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

-- rebuild `invoices`: `name` changes its collation from none to nocase
PRAGMA legacy_alter_table = ON;
ALTER TABLE invoices RENAME TO invoices__old;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO invoices (id, name, note, email, rank) SELECT id, name, note, email, rank FROM invoices__old;
DROP TABLE invoices__old;

CREATE INDEX invoices_email_idx ON invoices (email);
CREATE INDEX invoices_name_rank_idx ON invoices (name, rank DESC);
