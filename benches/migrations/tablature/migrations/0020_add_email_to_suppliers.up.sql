-- `suppliers.email` is new
-- index `suppliers_email_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE suppliers ADD COLUMN email TEXT;
CREATE INDEX suppliers_email_idx ON suppliers (email);
