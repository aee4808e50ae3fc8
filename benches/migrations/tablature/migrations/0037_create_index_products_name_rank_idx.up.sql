-- index `products_name_rank_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

CREATE INDEX products_name_rank_idx ON products (name, rank DESC);
