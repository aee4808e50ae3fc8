-- `orders.name` changes its collation from none to nocase
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

-- rebuild `orders`: `name` changes its collation from none to nocase
PRAGMA legacy_alter_table = ON;
ALTER TABLE orders RENAME TO orders__old;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO orders (id, name, note, email, rank) SELECT id, name, note, email, rank FROM orders__old;
DROP TABLE orders__old;

CREATE INDEX orders_email_idx ON orders (email);
CREATE INDEX orders_name_rank_idx ON orders (name, rank DESC);
