-- The way back from add_email_to_payments.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX payments_email_idx;
ALTER TABLE payments DROP COLUMN email;
