-- The way back from add_email_to_reviews.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX reviews_email_idx;
ALTER TABLE reviews DROP COLUMN email;
