-- The way back from create_reviews.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP TABLE reviews;
