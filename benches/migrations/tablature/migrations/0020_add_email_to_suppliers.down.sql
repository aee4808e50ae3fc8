-- The way back from add_email_to_suppliers.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX suppliers_email_idx;
ALTER TABLE suppliers DROP COLUMN email;
