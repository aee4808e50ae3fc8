-- The way back from add_rank_to_items.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE items DROP COLUMN rank;
