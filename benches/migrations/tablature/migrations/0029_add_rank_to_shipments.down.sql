-- The way back from add_rank_to_shipments.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE shipments DROP COLUMN rank;
