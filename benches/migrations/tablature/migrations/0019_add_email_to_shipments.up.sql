-- `shipments.email` is new
-- index `shipments_email_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE shipments ADD COLUMN email TEXT;
CREATE INDEX shipments_email_idx ON shipments (email);
