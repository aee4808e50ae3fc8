-- The way back from add_rank_to_suppliers.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE suppliers DROP COLUMN rank;
