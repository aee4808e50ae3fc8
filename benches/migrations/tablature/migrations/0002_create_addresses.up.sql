-- table `addresses` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

CREATE TABLE addresses (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  note TEXT
) STRICT;
