-- `products.email` is new
-- index `products_email_idx` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

ALTER TABLE products ADD COLUMN email TEXT;
CREATE INDEX products_email_idx ON products (email);
