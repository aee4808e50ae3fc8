-- `accounts.email` is new
-- index `accounts_email_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE accounts ADD COLUMN email TEXT;
CREATE INDEX accounts_email_idx ON accounts (email);
