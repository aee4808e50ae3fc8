-- The way back from add_email_to_items.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX items_email_idx;
ALTER TABLE items DROP COLUMN email;
