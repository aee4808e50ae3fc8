-- index `suppliers_name_rank_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

CREATE INDEX suppliers_name_rank_idx ON suppliers (name, rank DESC);
