-- The way back from add_email_to_products.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX products_email_idx;
ALTER TABLE products DROP COLUMN email;
