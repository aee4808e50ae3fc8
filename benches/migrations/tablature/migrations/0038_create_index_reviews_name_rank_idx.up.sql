-- index `reviews_name_rank_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

CREATE INDEX reviews_name_rank_idx ON reviews (name, rank DESC);
