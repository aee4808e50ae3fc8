-- The way back from add_email_to_invoices.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX invoices_email_idx;
ALTER TABLE invoices DROP COLUMN email;
