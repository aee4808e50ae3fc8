-- The way back from create_index_addresses_name_rank_idx.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX addresses_name_rank_idx;
