-- `payments.email` is new
-- index `payments_email_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE payments ADD COLUMN email TEXT;
CREATE INDEX payments_email_idx ON payments (email);
