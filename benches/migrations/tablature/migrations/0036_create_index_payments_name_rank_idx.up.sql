-- index `payments_name_rank_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

CREATE INDEX payments_name_rank_idx ON payments (name, rank DESC);
