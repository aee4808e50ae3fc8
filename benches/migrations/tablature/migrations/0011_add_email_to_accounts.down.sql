-- The way back from add_email_to_accounts.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX accounts_email_idx;
ALTER TABLE accounts DROP COLUMN email;
