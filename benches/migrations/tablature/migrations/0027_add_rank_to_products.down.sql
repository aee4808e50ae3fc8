-- The way back from add_rank_to_products.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE products DROP COLUMN rank;
