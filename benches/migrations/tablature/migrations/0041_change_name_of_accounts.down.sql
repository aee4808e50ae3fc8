-- The way back from change_name_of_accounts.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

-- rebuild `accounts`: `name` changes its collation from nocase to none
PRAGMA legacy_alter_table = ON;
ALTER TABLE accounts RENAME TO accounts__old;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  note TEXT
, email TEXT, rank INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO accounts (id, name, note, email, rank) SELECT id, name, note, email, rank FROM accounts__old;
DROP TABLE accounts__old;

CREATE INDEX accounts_email_idx ON accounts (email);
CREATE INDEX accounts_name_rank_idx ON accounts (name, rank DESC);
