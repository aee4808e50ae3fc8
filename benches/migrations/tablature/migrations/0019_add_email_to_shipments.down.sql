-- The way back from add_email_to_shipments.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX shipments_email_idx;
ALTER TABLE shipments DROP COLUMN email;
