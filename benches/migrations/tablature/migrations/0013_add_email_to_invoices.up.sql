-- `invoices.email` is new
-- index `invoices_email_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE invoices ADD COLUMN email TEXT;
CREATE INDEX invoices_email_idx ON invoices (email);
