-- `products.name` changes its collation from none to nocase
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

-- rebuild `products`: `name` changes its collation from none to nocase
PRAGMA legacy_alter_table = ON;
ALTER TABLE products RENAME TO products__old;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE nocase,
  note TEXT,
  email TEXT,
  rank INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO products (id, name, note, email, rank) SELECT id, name, note, email, rank FROM products__old;
DROP TABLE products__old;

CREATE INDEX products_email_idx ON products (email);
CREATE INDEX products_name_rank_idx ON products (name, rank DESC);
