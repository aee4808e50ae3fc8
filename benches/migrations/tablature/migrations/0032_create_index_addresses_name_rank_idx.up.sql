-- index `addresses_name_rank_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

CREATE INDEX addresses_name_rank_idx ON addresses (name, rank DESC);
