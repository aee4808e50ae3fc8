-- `items.email` is new
-- index `items_email_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE items ADD COLUMN email TEXT;
CREATE INDEX items_email_idx ON items (email);
