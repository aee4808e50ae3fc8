-- The way back from add_email_to_orders.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX orders_email_idx;
ALTER TABLE orders DROP COLUMN email;
