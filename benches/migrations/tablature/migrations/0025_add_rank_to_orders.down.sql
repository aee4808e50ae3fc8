-- The way back from add_rank_to_orders.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE orders DROP COLUMN rank;
