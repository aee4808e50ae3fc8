-- table `accounts` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  note TEXT
) STRICT;
