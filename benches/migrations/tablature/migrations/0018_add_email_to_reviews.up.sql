-- `reviews.email` is new
-- index `reviews_email_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE reviews ADD COLUMN email TEXT;
CREATE INDEX reviews_email_idx ON reviews (email);
