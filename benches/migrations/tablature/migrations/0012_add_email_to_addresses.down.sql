-- The way back from add_email_to_addresses.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX addresses_email_idx;
ALTER TABLE addresses DROP COLUMN email;
