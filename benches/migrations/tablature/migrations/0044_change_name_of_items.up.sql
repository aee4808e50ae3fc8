-- `items.name` changes its collation from none to nocase
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

-- rebuild `items`: `name` changes its collation from none to nocase
PRAGMA legacy_alter_table = ON;
ALTER TABLE items RENAME TO items__old;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO items (id, name, note, email, rank) SELECT id, name, note, email, rank FROM items__old;
DROP TABLE items__old;

CREATE INDEX items_email_idx ON items (email);
CREATE INDEX items_name_rank_idx ON items (name, rank DESC);
