-- `addresses.email` is new
-- index `addresses_email_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE addresses ADD COLUMN email TEXT;
CREATE INDEX addresses_email_idx ON addresses (email);
